"""The operator's settings: where they come from, and what is said of those that make no sense."""

from contextlib import suppress
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setting_values import MOST, HostAndPort, Secret, number, whole
from bot.settings import Settings, WrongSettings


def test_the_environment_goes_before_the_file_and_both_before_what_is_unset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text('DAILY_LIMIT=7\nexport default_post_time="8u30"  # early\nOTHER=x\nOPERATOR_NAME\n', "utf-8")
    monkeypatch.setenv("DAILY_LIMIT", "9")
    monkeypatch.setenv("listen", "[::1]:8080")
    settings = Settings.read(file, backups_kept=3)
    assert (settings.daily_limit, settings.backups_kept) == (9, 3)
    assert (settings.default_post_time, settings.listen) == (time(8, 30), HostAndPort("::1", 8080))
    assert settings.operator_name is None


def test_all_that_is_wrong_is_told_at_once_a_line_for_each_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "BOT_TOKEN": "hush",
        "BOT_API_URL": "telegram",
        "BACKUP_FOLDER": "",
        "DEFAULT_CURRENCY": "XYZZ",
        "DEFAULT_LANGUAGE": "it",
        "DEFAULT_POST_DAY": "someday",
        "SEND_PER_SECOND": "nan",
        "DAILY_LIMIT": "",
        "LOG_LEVEL": "loud",
        "WEBHOOK_URL": "https://kring.example/telegram",
    }
    for name, words in wrong.items():
        monkeypatch.setenv(name, words)
    with pytest.raises(WrongSettings) as told:
        Settings.read(None)
    assert {line.partition(":")[0] for line in told.value.problems} == {*wrong, "WEBHOOK_SECRET"} - {"WEBHOOK_URL"}
    assert "hush" not in str(told.value)
    assert all(len(line) < 200 for line in told.value.problems)


def test_a_secret_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", " 123:hush ")
    settings = Settings.read(None)
    assert settings.bot_token == Secret("123:hush")
    assert "hush" not in f"{settings} {settings!r}"


@given(st.integers(0, MOST))
def test_a_limit_is_read_as_it_is_written(limit: int) -> None:
    assert whole(f" {limit} ") == number(str(limit)) == limit


@given(st.text() | st.floats().map(str))
def test_nothing_is_read_as_a_limit_beyond_what_there_may_be(text: str) -> None:
    for read in (whole, number):
        with suppress(ValueError):
            assert 0 <= read(text) <= MOST
