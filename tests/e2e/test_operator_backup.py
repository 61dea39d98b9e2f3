"""`python -m bot backup`: a whole copy for the operator alone, or none."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import backup
from bot.storage.backup import Backups, back_up
from bot.storage.contents import examine
from bot.storage.sole_use import Unusable
from tests.support.command_line import CommandLine
from tests.support.scene import Scene

pytestmark = pytest.mark.sqlite


def quietly(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


def test_it_lies_beside_the_database_named_by_its_instant_and_is_for_the_operator_alone(
    kring: CommandLine, folder: Path
) -> None:
    answer = kring("backup")
    assert answer.code == 0
    made = Path(answer.out.strip())
    assert made.parent == folder / "backups"
    instant = datetime.strptime(made.name, "kring-%Y%m%dT%H%M%SZ.db").replace(tzinfo=UTC)
    assert abs((datetime.fromtimestamp(made.stat().st_mtime, UTC) - instant).total_seconds()) < 60
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert "It holds contact details" in answer.err


async def test_it_has_what_was_recorded_a_moment_ago_while_kring_works(scene: Scene, kring: CommandLine) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    answer = await kring.later("backup")
    assert answer.err.startswith("1 club, 1 referral, the last given on ")
    await scene.says(scene.anna, "/refer @bert Jan: a roof")
    assert examine(Path(answer.out.strip()), at_rest=True).referrals == 1


@pytest.mark.parametrize("place", ["elsewhere/", "made", "made/copy.db"])
def test_it_is_put_where_the_operator_says(kring: CommandLine, folder: Path, place: str) -> None:
    (folder / "made").mkdir()
    answer = kring("backup", "--to", place)
    assert answer.code == 0
    made = folder / answer.out.strip()
    assert made == folder / place if place.endswith(".db") else made.parent == folder / place
    examine(made, at_rest=True)


def test_it_is_not_put_in_the_place_of_another_file(kring: CommandLine, folder: Path) -> None:
    (folder / "taken.db").write_text("of somebody else")
    answer = kring("backup", "--to", "taken.db")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "taken.db is there already.\n"
    assert (folder / "taken.db").read_text() == "of somebody else"


def test_without_a_database_it_says_so_and_makes_none(kring: CommandLine, folder: Path) -> None:
    (folder / "kring.db").unlink()
    assert kring("backup").err == f"There is no file {folder / 'kring.db'}.\n"
    assert not list(folder.iterdir())


def test_no_copy_is_left_of_a_damaged_database(kring: CommandLine, folder: Path) -> None:
    whole = (folder / "kring.db").read_bytes()
    (folder / "kring.db").write_bytes(whole[:8192] + b"\xa5" * 8192 + whole[16384:])
    answer = kring("backup")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{folder / 'kring.db'} is damaged, or no database: ")
    assert list((folder / "backups").iterdir()) == []


def test_the_database_keeps_its_own_room_on_a_disk_that_is_nearly_full(
    kring: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "SPARE_BYTES", shutil.disk_usage(folder).free)
    answer = kring("backup")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == f"In {folder / 'backups'} nothing can be written: the disk has no room for it, make some.\n"
    assert list((folder / "backups").iterdir()) == []


def test_a_disk_that_fills_up_meanwhile_leaves_nothing_behind(folder: Path) -> None:
    def fill(_done: int, _all: int) -> None:
        raise OSError(28, os.strerror(28))

    with pytest.raises(Unusable, match="the disk has no room") as told:
        back_up(folder / "kring.db", folder / "copy.db", fill)
    assert told.value.passes
    assert [path.name for path in folder.iterdir()] == ["kring.db"]


def test_whoever_writes_meanwhile_is_neither_held_up_nor_half_in_it(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kring.db", isolation_level=None, timeout=0)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.executescript("CREATE TABLE filling (words TEXT)")
        writer.executemany("INSERT INTO filling VALUES (?)", [("x" * 4000,)] * 1000)
        steps: list[int] = []

        def write(done: int, all_: int) -> None:
            steps.append(all_)
            writer.execute("INSERT INTO filling VALUES ('during')")
            writer.execute("INSERT INTO settled VALUES (?, '')", (f"{done}",))

        back_up(folder / "kring.db", folder / "copy.db", write)
    assert len(steps) > 3
    assert len(set(steps[:-1])) == 1
    with closing(sqlite3.connect(folder / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM filling").fetchone() == (1000,)
        assert copy.execute("SELECT count(*) FROM settled").fetchone() == (0,)


def test_two_at_once_do_not_spoil_each_other(folder: Path) -> None:
    def again(_done: int, _all: int) -> None:
        with pytest.raises(Unusable, match=r"copy\.db\.partial is there: another back-up is being made"):
            back_up(folder / "kring.db", folder / "copy.db", quietly)

    back_up(folder / "kring.db", folder / "copy.db", again)
    assert examine(folder / "copy.db", at_rest=True).clubs == 0


def test_back_ups_of_the_last_days_are_kept_and_files_of_others_let_alone(folder: Path) -> None:
    backups = Backups(folder / "kring.db", "kept")
    backups.folder.mkdir()
    now = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    mine = ["20260301T030000Z", "20260308T030000Z", "20260309T030000Z", "20260310T030000Z", "20260310T110000Z"]
    for instant in mine:
        (backups.folder / f"kring-{instant}.db").touch()
    others = ["kring.db", "kring-2025.db", "other-20260101T030000Z.db", "kring-20260310T115900Z.db.partial"]
    for name in (*others, "kring-20260308T030100Z.db.partial"):
        (backups.folder / name).touch()
    backups.forget(3, now)
    kept = {path.name for path in backups.folder.iterdir()}
    assert kept == {*others, *(f"kring-{instant}.db" for instant in mine[1:])}
    backups.forget(1, now)
    assert [backup.file.name for backup in backups.made()] == [f"kring-{mine[4]}.db", f"kring-{mine[3]}.db"]
