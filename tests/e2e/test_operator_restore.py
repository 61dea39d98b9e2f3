"""`python -m bot restore`: back to a back-up, and never by accident."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.storage.contents import examine
from bot.storage.migrate import head, upgrade
from bot.storage.sole_use import sole_use
from tests.support.command_line import CommandLine, Terminal
from tests.support.databases import committed
from tests.support.scene import Scene

pytestmark = pytest.mark.sqlite

FIRST_REVISION = "0001"


@pytest.fixture
async def made(scene: Scene, kring: CommandLine) -> Path:
    """A back-up of a club with one referral, which has two by now; Kring does not run any more."""
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    made = Path((await kring.later("backup")).out.strip())
    await scene.says(scene.anna, "/refer @bert Jan: a roof")
    await scene.kring.close()
    return made


def contacts(folder: Path) -> list[str]:
    """Of whom the ledger tells, in its order."""
    return [name for (name,) in committed(folder, "SELECT contact FROM referrals ORDER BY id")]


def leftovers(folder: Path) -> list[Path]:
    """What restoring left there, but for the database itself."""
    return [path for path in folder.iterdir() if "restore" in path.name]


def aside(folder: Path) -> list[Path]:
    """What restoring kept."""
    return sorted(folder.glob("kring-*-before-restore.db*"))


async def test_it_goes_back_and_keeps_what_was_there(
    made: Path, kring: CommandLine, folder: Path, scene: Scene
) -> None:
    answer = await kring.later("restore", made, "--yes")
    assert answer.code == 0
    assert contacts(folder) == ["Piet"]
    (kept,) = aside(folder)
    assert examine(kept, at_rest=True).referrals == 2
    assert str(kept) in answer.out
    assert stat.S_IMODE((folder / "kring.db").stat().st_mode) == 0o600
    assert examine(made, at_rest=True).referrals == 1
    await scene.restart()
    await scene.says(scene.anna, "/refer @bert Els: a roof")
    assert contacts(folder) == ["Piet", "Els"]


async def test_without_a_word_it_changes_nothing(made: Path, kring: CommandLine, folder: Path) -> None:
    answer = await kring.later("restore", made)
    assert answer.code == 2
    assert "in it now:      1 club, 2 referrals" in answer.err
    assert "in the back-up: 1 club, 1 referral, " in answer.err
    assert "--yes" in answer.err
    assert contacts(folder) == ["Piet", "Jan"]
    assert leftovers(folder) == []


@pytest.mark.parametrize(("typed", "left"), [("kring.db", ["Piet"]), ("yes", ["Piet", "Jan"]), ("", ["Piet", "Jan"])])
async def test_on_a_terminal_the_name_of_the_database_is_the_word(
    made: Path, kring: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, left: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    answer = await kring.later("restore", made)
    assert contacts(folder) == left
    assert answer.code == (0 if left == ["Piet"] else 2)


async def test_ctrl_c_changes_nothing_and_leaves_nothing(
    made: Path, kring: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", pressed)
    answer = await kring.later("restore", made)
    assert answer.code == 130
    assert answer.err.endswith("Stopped.\n")
    assert contacts(folder) == ["Piet", "Jan"]
    assert leftovers(folder) == []


async def test_while_kring_runs_it_is_refused(made: Path, kring: CommandLine, folder: Path) -> None:
    with sole_use(f"sqlite:///{folder / 'kring.db'}"):
        answer = await kring.later("restore", made, "--yes")
    assert answer.code == 2
    assert answer.err.startswith("Another Kring works with ")
    assert contacts(folder) == ["Piet", "Jan"]


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE notes (words TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9001'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "There is no file "),
        (cut_off, "is damaged, or no database"),
        (lambda path: path.write_text("dear diary"), "is damaged, or no database"),
        (of_another_program, "is a database, but none of Kring's."),
        (newer, f"was made by a newer Kring: its schema is 9001, and this one knows those up to {head()}."),
    ],
    ids=["gone", "cut off", "no database", "of another program", "of a newer Kring"],
)
async def test_what_is_no_sound_back_up_is_refused_in_one_line(
    made: Path, kring: CommandLine, folder: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(made)
    answer = await kring.later("restore", made, "--yes")
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert said in line
    assert str(made) in line
    assert contacts(folder) == ["Piet", "Jan"]
    assert leftovers(folder) == []


async def test_the_database_itself_is_no_back_up(made: Path, kring: CommandLine, folder: Path) -> None:
    answer = await kring.later("restore", folder / "kring.db", "--yes")
    assert (answer.code, contacts(folder)) == (2, ["Piet", "Jan"])
    assert "is the database itself" in answer.err


@pytest.mark.parametrize("damage", ["overwritten", "emptied", "gone"])
async def test_a_damaged_database_is_replaced_and_its_remains_are_kept(
    made: Path, kring: CommandLine, folder: Path, damage: str
) -> None:
    database = folder / "kring.db"
    if damage == "gone":
        database.unlink()
    else:
        database.write_bytes(b"garbage!" * 4096 if damage == "overwritten" else b"")
        (folder / "kring.db-wal").write_bytes(b"what waited")
    answer = await kring.later("restore", made, *(["--yes"] if damage != "gone" else []))
    assert answer.code == 0
    assert contacts(folder) == ["Piet"]
    kept = aside(folder)
    assert bool(kept) is (damage != "gone")
    if kept:
        assert kept[0].read_bytes() == (b"garbage!" * 4096 if damage == "overwritten" else b"")
        assert kept[1].read_bytes() == b"what waited"


async def test_changes_that_wait_beside_the_old_database_do_not_get_into_the_new_one(
    made: Path, kring: CommandLine, folder: Path, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(folder / "kring.db")) as database:  # as kill -9 leaves it: both files are copied
        database.execute("PRAGMA journal_mode=WAL")
        with database:
            database.execute("UPDATE referrals SET contact = 'Wal'")
        for ending in ("", "-wal", "-shm"):
            shutil.copy(f"{folder}/kring.db{ending}", killed)
    kring.set(DATABASE_URL=f"sqlite:///{killed / 'kring.db'}")
    assert (killed / "kring.db-wal").stat().st_size > 0
    assert (await kring.later("restore", made, "--yes")).code == 0
    assert contacts(killed) == ["Piet"]
    with closing(sqlite3.connect(aside(killed)[0])) as kept:
        assert kept.execute("SELECT DISTINCT contact FROM referrals").fetchall() == [("Wal",)]


async def test_a_copy_of_the_three_files_as_they_lay_there_can_be_restored_too(
    scene: Scene, kring: CommandLine, folder: Path, tmp_path: Path
) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    taken = tmp_path / "taken"
    taken.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{folder}/kring.db{ending}", taken)
    await scene.kring.close()
    (folder / "kring.db").unlink()
    assert (await kring.later("restore", taken / "kring.db")).code == 0
    assert contacts(folder) == ["Piet"]


def test_one_of_an_older_kring_is_brought_up_to_this_version(
    kring: CommandLine, folder: Path, an_old_database: Path
) -> None:
    assert examine(an_old_database, at_rest=True).revision == FIRST_REVISION
    assert kring("restore", an_old_database, "--yes").code == 0
    assert examine(folder / "kring.db").revision == head()
    assert examine(an_old_database, at_rest=True).revision == FIRST_REVISION


@pytest.fixture
def an_old_database(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection, FIRST_REVISION)
    engine.dispose()
    return path


async def test_what_was_not_said_yet_at_the_back_up_is_not_said_again(
    scene: Scene, kring: CommandLine, folder: Path
) -> None:
    scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
    await scene.kring.intake.once()
    await scene.kring.processor.drain()
    made = Path((await kring.later("backup")).out.strip())
    await scene.kring.settle()
    said = scene.texts()
    await scene.kring.close()
    assert (await kring.later("restore", made, "--yes")).code == 0
    await scene.restart()
    assert scene.texts() == said
    states = committed(folder, "SELECT DISTINCT state, error FROM outbox WHERE error IS NOT NULL")
    assert states == [("unknown", "restored from a back-up")]
