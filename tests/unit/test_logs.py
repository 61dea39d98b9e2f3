"""The log never shows the token; it is for a person to read on a terminal, and for programs anywhere else."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from _pytest.capture import CaptureIO

from bot.clock import SystemClock
from bot.logs import also_about, dealing_with, set_up

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


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error is a terminal."""
    monkeypatch.setattr(CaptureIO, "isatty", lambda _: True)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.usefixtures("terminal")
def test_a_token_in_the_message_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    logging.getLogger("x").info(f"POST https://api.telegram.org/bot{TOKEN}/getMe took 3 s")
    assert capsys.readouterr().err.endswith("INFO x: POST https://api.telegram.org/bot<token>/getMe took 3 s\n")


@pytest.mark.usefixtures("terminal")
def test_a_token_among_the_values_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    logging.getLogger("x").warning("%s failed %d times: %r", f"bot{TOKEN}", 3, {"url": TOKEN})
    assert capsys.readouterr().err.endswith("bot<token> failed 3 times: {'url': '<token>'}\n")


@pytest.mark.usefixtures("terminal")
def test_what_is_no_token_stays(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("x").info("Update %d at %s in chat %d, 100%%", 500000001, "10:20:30", -1001234567890)
    assert capsys.readouterr().err.endswith("Update 500000001 at 10:20:30 in chat -1001234567890, 100%\n")


def test_the_libraries_that_log_whole_requests_do_not_log_them(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("DEBUG")
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "telegram.ext.ExtBot", "sqlalchemy.engine"):
        logging.getLogger(name).info("Piet, 0470 12 34 56")
        logging.getLogger(name).debug("Piet, 0470 12 34 56")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("where", ["terminal", "file"])
def test_a_token_in_a_traceback_is_taken_out(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest, where: str
) -> None:
    if where == "terminal":
        request.getfixturevalue("terminal")
    set_up("INFO")
    try:
        raise ValueError(f"the token `{TOKEN}` was rejected")
    except ValueError:
        logging.getLogger("x").exception("It failed")
    said = capsys.readouterr().err
    assert "the token `<token>` was rejected" in said
    assert TOKEN not in said


def test_where_there_is_no_terminal_each_line_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("bot.x").warning("Tried %d times,\nand %s", 3, 'once more in "Łódź"')
    (line,) = lines(capsys)
    at = datetime.fromisoformat(line.pop("time"))
    assert at.utcoffset() == timedelta(0)
    assert abs(SystemClock().now().astimezone(UTC) - at) < timedelta(minutes=1)
    assert line == {"level": "WARNING", "message": 'Tried 3 times,\nand once more in "Łódź"', "logger": "bot.x"}


def test_a_line_tells_what_was_being_dealt_with_and_only_then(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    with dealing_with(update=12):
        logging.info("one")
        also_about(club=7)
        logging.info("two")
    with dealing_with(update=13):
        logging.info("three")
    logging.info("four")
    known = [{name: line[name] for name in ("update", "club") if name in line} for line in lines(capsys)]
    assert known == [{"update": 12}, {"update": 12, "club": 7}, {"update": 13}, {}]


def test_a_token_is_in_no_object_either(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("x").info("%r", {"url": f"bot{TOKEN}/"})
    (line,) = lines(capsys)
    assert line["message"] == "{'url': 'bot<token>/'}"
