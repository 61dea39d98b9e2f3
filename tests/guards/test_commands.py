"""A command is declared once, and what derives from it is right: Telegram's menu, /help, the README, the examples."""

import ast
import re
from collections import Counter
from typing import Any

import pytest

from bot.app import COMMANDS, ROUTERS
from bot.cli import COMMANDS as COMMAND_LINE
from bot.commands import Command, table
from bot.texts import language, refusals
from bot.texts.catalogues import SPOKEN
from handlers import undo
from tests.guards.source import ROOT, calls, place, python_files
from tests.support.scene import Scene

EXAMPLES = [(command, example) for command in COMMANDS for example in command.examples]
MAX_DATA = 64
"""Bytes of a button's data (Telegram)."""
MAX_DIGITS = 19
"""Of the largest id that the database can give."""


def test_no_two_commands_share_a_name() -> None:
    names = Counter(name for command in COMMANDS for name in command.names)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_what_telegrams_menu_takes(command: Command) -> None:
    for name in command.names:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
    assert 3 <= len(command.summary) <= 256
    assert command.usage.split()[0] == f"/{command.name}"
    assert command.examples


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_is_of_the_command_it_stands_with(command: Command, example: str) -> None:
    assert example.split()[0] in {f"/{name}" for name in command.names}


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("example", [example for _, example in EXAMPLES])
async def test_every_example_works_as_it_stands(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, example: str, code: str
) -> None:
    async with scene.kring.workplace.work() as work:
        club = await work.clubs.by_chat(scene.group.id)
        assert club is not None
        while await work.clubs.next_number(club.id) < 11:
            pass
    assert "#12" in (await scene.says(scene.anna, "/refer @bert Piet Peeters: a website"))[0]  # the examples name it
    refused: list[Exception] = []

    def refuse(_lang: Any, error: Exception, *_: Any) -> str:
        refused.append(error)
        return "refused"

    monkeypatch.setattr(refusals, "refusal", refuse)
    # Anna is an admin and gave #12 to Bert; only thanking her is somebody else's to do.
    who = scene.bert if "@anna" in example else scene.anna
    said = await scene.says(who, language(code).plain(example))
    assert refused == []
    assert said
    async with scene.kring.workplace.look() as work:
        assert await work.inbox.failures() == []


def test_the_readme_shows_the_commands_as_they_are_declared() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"<!-- commands -->\n(.*)<!-- /commands -->", readme, re.DOTALL)
    assert shown is not None
    assert shown[1].strip() == table(COMMANDS).strip()  # `python -m bot commands` prints it


def test_no_two_buttons_share_a_word() -> None:
    words = Counter(word for router in ROUTERS for word in router.buttons)
    assert [word for word, times in words.items() if times > 1] == []


def buttons_data() -> list[tuple[str, ast.expr]]:
    """What the handlers put behind their buttons, with the place where they do."""
    return [
        (place(path, call), data)
        for path in python_files("handlers")
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "Button"
        for data in [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "data")]
    ]


def longest(data: ast.expr) -> str:
    """The f-string with the longest that can be filled in."""
    assert isinstance(data, ast.JoinedStr), ast.unparse(data)
    parts = [part.value if isinstance(part, ast.Constant) else "9" * MAX_DIGITS for part in data.values]
    return "".join(str(part) for part in parts)


def test_what_is_behind_a_button_fits_for_the_largest_ids() -> None:
    too_long = [where for where, data in buttons_data() if len(longest(data).encode()) > MAX_DATA]
    assert too_long == []


def test_every_button_that_is_shown_is_answered_and_the_other_way_round() -> None:
    shown = {longest(data).partition(":")[0] for _, data in buttons_data()}
    assert shown == {word for router in ROUTERS for word in router.buttons}
    assert "undo" in undo.router.buttons


def test_the_readme_names_every_command_of_the_command_line() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMAND_LINE if f"`{name}`" not in readme and f"-m bot {name}" not in readme] == []
