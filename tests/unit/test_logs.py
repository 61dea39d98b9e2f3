"""The log never shows the token."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up

TOKEN = "7412345678:AAHk3_x-Zz0123456789abcdefghijklmno"  # noqa: S105  nobody's


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    names = [root.name, *(name for name in root.manager.loggerDict)]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers = list(root.handlers)
    yield
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_token_in_the_message_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    logging.getLogger("x").info(f"POST https://api.telegram.org/bot{TOKEN}/getMe took 3 s")
    assert capsys.readouterr().err.endswith("INFO x: POST https://api.telegram.org/bot<token>/getMe took 3 s\n")


def test_a_token_among_the_values_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    logging.getLogger("x").warning("%s failed %d times: %r", f"bot{TOKEN}", 3, {"url": TOKEN})
    assert capsys.readouterr().err.endswith("bot<token> failed 3 times: {'url': '<token>'}\n")


def test_what_is_no_token_stays(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("x").info("Update %d at %s in chat %d, 100%%", 500000001, "10:20:30", -1001234567890)
    assert capsys.readouterr().err.endswith("Update 500000001 at 10:20:30 in chat -1001234567890, 100%\n")


def test_the_libraries_that_log_whole_requests_do_not_log_them(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "telegram.ext.ExtBot", "aiosqlite", "sqlalchemy.engine"):
        logging.getLogger(name).info("Piet, 0470 12 34 56")
        logging.getLogger(name).debug("Piet, 0470 12 34 56")
    assert capsys.readouterr().err == ""


def test_a_token_in_a_traceback_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    try:
        raise ValueError(f"the token `{TOKEN}` was rejected")
    except ValueError:
        logging.getLogger("x").exception("It failed")
    said = capsys.readouterr().err
    assert "the token `<token>` was rejected" in said
    assert TOKEN not in said
