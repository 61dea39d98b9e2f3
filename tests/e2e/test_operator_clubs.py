"""`python -m bot clubs`: the clubs at a glance, for the operator's eyes or for a program."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, Terminal
from tests.support.scene import Scene

HEADINGS = ["id", "title", "chat", "members", "referrals", "last activity", "next post", "language", "bot"]


@pytest.mark.every_database
async def test_each_club_is_a_line_with_tabs_for_a_program(scene: Scene, kring: CommandLine) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @bert Jan: a roof")
    await scene.says(scene.anna, "/undo")
    other = scene.world.group("Kring Brugge", scene.bert)
    scene.world.add_bot(other, scene.bert)
    await scene.kring.settle()
    scene.world.remove_bot(other, scene.bert)
    await scene.kring.settle()
    answer = await kring.later("clubs")
    assert (answer.code, answer.err) == (0, "")
    # The clock of the scene runs, and a slow machine takes a few seconds.
    headings, gent, brugge = [re.sub(r"T10:00:\d\d", "T10:00", line).split("\t") for line in answer.out.splitlines()]
    assert headings == HEADINGS
    assert gent == [
        *("1", "Kring Gent", str(scene.group.id), "3", "1"),
        *("2026-03-10T10:00+01:00", "2026-03-16T09:00:00+01:00", "en", "in"),
    ]
    assert brugge[:5] == ["2", "Kring Brugge", str(other.id), "1", "0"]
    assert brugge[5:] == ["", "", "en", "removed 2026-03-10T10:00+01:00"]


async def test_a_title_can_do_nothing_to_the_table_or_the_terminal(scene: Scene, kring: CommandLine) -> None:
    async with scene.kring.workplace.work() as work:
        await work.clubs.retitle(1, "Kring\t\x1b[2J\nGent [red]\u202e")
    title = (await kring.later("clubs")).out.splitlines()[1].split("\t")[1]
    assert title == "Kring [2J Gent [red]"


@pytest.mark.parametrize("columns", [120, 80])
async def test_on_a_terminal_it_is_a_table_as_wide_as_that(
    scene: Scene, kring: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    terminal = Terminal()
    kring.set(TERM="xterm-256color", COLUMNS=str(columns))
    monkeypatch.setattr("sys.stdout", terminal)
    assert (await kring.later("clubs")).code == 0
    drawn = terminal.getvalue()
    assert "Mon 09:00" in drawn
    assert "Kring Gent" in drawn
    assert (str(scene.group.id) in drawn) is (columns > 100)
    assert "\x1b[1m" in drawn
    assert "\t" not in drawn


def test_without_clubs_it_says_how_to_begin(kring: CommandLine) -> None:
    answer = kring("clubs")
    assert answer.out.split("\n")[0].split("\t") == HEADINGS
    assert answer.err == "There are no clubs yet: add the bot to a group.\n"


@pytest.mark.sqlite
def test_without_a_database_none_is_made(kring: CommandLine, folder: Path) -> None:
    (folder / "kring.db").unlink()
    answer = kring("clubs")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"There is no {folder / 'kring.db'}")
    assert not list(folder.iterdir())


@pytest.mark.sqlite
def test_a_database_of_another_version_is_told(kring: CommandLine, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kring.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    answer = kring("clubs")
    assert answer.code == 2
    assert "python -m bot migrate" in answer.err
