"""`python -m bot export`: what /export does, for the operator and for scripts."""

import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from tests.support.command_line import CommandLine, Terminal
from tests.support.files import rows
from tests.support.scene import Scene

CARE = "They hold contact details: keep them as safe as the database.\n"


@pytest.fixture
async def club(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Kring Gent with a referral, and Kring Brugge."""
    await scene.says(scene.anna, "/refer @bert Piet: a roof, 0470 12 34 56")
    other = scene.world.group("Kring Brugge", scene.bert)
    scene.world.add_bot(other, scene.bert)
    await scene.kring.settle()
    monkeypatch.setattr("bot.cli.export.SystemClock", lambda: SimpleNamespace(now=scene.clock.now))
    return scene


@pytest.mark.every_database
async def test_three_files_of_csv_while_kring_works(club: Scene, kring: CommandLine, folder: Path) -> None:
    answer = await kring.later("export", "--club", "1", "--out", "files")
    assert (answer.code, answer.err) == (0, CARE)
    names = ("files/referrals.csv", "files/thanks.csv", "files/members.csv")
    assert answer.out.split() == list(names)
    assert [row["contact"] for row in rows((folder / "files/referrals.csv").read_text("utf-8"))] == ["Piet"]
    assert sorted(path.name for path in (folder / "files").iterdir()) == ["members.csv", "referrals.csv", "thanks.csv"]


async def test_a_spreadsheet_under_the_name_that_is_wished(club: Scene, kring: CommandLine, folder: Path) -> None:
    (folder / "gent.xlsx").write_text("last week's")
    answer = await kring.later("export", "--club", "kring gent", "--format", "xlsx", "--out", "gent.xlsx")
    assert (answer.code, answer.out) == (0, "gent.xlsx\n")
    assert load_workbook(io.BytesIO((folder / "gent.xlsx").read_bytes()))["Referrals"]["G2"].value == "Piet"


async def test_a_period_as_people_say_it(club: Scene, kring: CommandLine, folder: Path) -> None:
    for typed, found in ((["2026-01..2026-02"], 0), (["maart", "2026"], 1), (["q1"], 1), (["2025"], 0)):
        answer = await kring.later("export", "--club", "1", "--format", "json", "--out", "x.json", "--period", *typed)
        assert answer.code == 0
        assert len(json.loads((folder / "x.json").read_text("utf-8"))["referrals"]) == found


async def test_a_club_that_is_not_there_is_answered_with_those_that_are(club: Scene, kring: CommandLine) -> None:
    answer = await kring.later("export", "--club", "Kring Luik")
    assert answer.code == 2
    assert answer.err == "There is no such club. These are the clubs:\n  1  Kring Gent\n  2  Kring Brugge\n"
    async with club.kring.workplace.work() as work:
        await work.clubs.retitle(2, "Kring Gent")
    answer = await kring.later("export", "--club", "Kring Gent")
    assert answer.err.startswith("There is more than one club of that title; name its id.")


async def test_what_cannot_be_done_is_told_in_a_line_and_leaves_nothing(
    club: Scene, kring: CommandLine, folder: Path
) -> None:
    answer = await kring.later("export", "--club", "1", "--period", "decade")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("“decade” is no period. These are:")
    (folder / "full").write_text("a file")
    answer = await kring.later("export", "--club", "1", "--out", "full")
    assert answer.code == 2
    assert answer.err.startswith("The file cannot be made: ")
    assert not [name for name in os.listdir(folder) if name.endswith((".csv", ".part"))]


def test_without_clubs_it_says_how_to_begin(kring: CommandLine) -> None:
    answer = kring("export", "--club", "1")
    assert (answer.code, answer.err) == (2, "There are no clubs yet: add the bot to a group.\n")


@pytest.mark.sqlite
def test_without_a_database_none_is_made(kring: CommandLine, folder: Path) -> None:
    (folder / "kring.db").unlink()
    assert kring("export", "--club", "1").err.startswith(f"There is no {folder / 'kring.db'}")
    assert not list(folder.iterdir())


async def test_a_spreadsheet_that_would_be_too_long_comes_in_parts(
    club: Scene, kring: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(1, 7):
        await club.at(club.clock.now().replace(minute=minute))
        await club.says(club.anna, f"/refer @bert Mia {minute}: a roof")
    monkeypatch.setattr("bot.documents.SHEET", 4)
    answer = await kring.later("export", "--club", "1", "--format", "xlsx", "--out", "gent.xlsx")
    names = answer.out.split()
    assert names == [f"gent-{number}-of-{len(names)}.xlsx" for number in range(1, len(names) + 1)]
    assert len(names) > 1


async def test_on_a_terminal_it_shows_how_far_it_is(
    club: Scene, kring: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    kring.set(TERM="xterm-256color")
    monkeypatch.setattr("sys.stderr", terminal)
    assert (await kring.later("export", "--club", "1", "--format", "json")).code == 0
    assert "Writing json" in terminal.getvalue()
