"""`python -m bot move`: all that a club has in SQLite's file is on a PostgreSQL server then, and the file as it was."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.storage import move
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from bot.storage.schema import metadata
from bot.storage.sole_use import sole_use
from tests.conftest import A_TUESDAY
from tests.support.command_line import CommandLine
from tests.support.databases import SqliteStock, committed, database_on
from tests.support.postgres import sql
from tests.support.scene import playing

pytestmark = pytest.mark.postgres
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a club's file: three referrals, of which the first came out of the last, thanks, and a meeting."""
    SqliteStock.migrated(tmp_path)

    async def live() -> None:
        async with playing(tmp_path, A_TUESDAY) as scene:
            await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56")
            await scene.says(scene.bert, "/refer @anna Mia «ß» 🌟: a logo")
            await scene.says(scene.bert, "/refer @dirk An: a garden via #2")
            await scene.says(scene.bert, "/thanks @anna €1.500,50 #1")
            await scene.says(scene.anna, "/thanks @bert $20")
            async with scene.kring.workplace.work() as work:
                await work.referrals.correct(1, via_id=3)

    asyncio.run(live())
    return tmp_path


@pytest.fixture
def target(postgres_server: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    name = f"kring_test_{tmp_path.name}"[:60]
    with database_on(postgres_server, name) as address:
        yield address


@pytest.fixture
def kring(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(folder, monkeypatch, capsys)


def all_rows(url: str) -> Rows:
    """All that is kept there."""

    async def read() -> Rows:
        database = Database(url)
        try:
            async with database.read() as connection:
                return {
                    table.name: [
                        dict(row._mapping)
                        for row in await connection.execute(select(table).order_by(*table.primary_key))
                    ]
                    for table in metadata.sorted_tables
                }
        finally:
            await database.close()

    return asyncio.run(read())


def source(folder: Path) -> str:
    return f"sqlite:///{folder / 'kring.db'}"


def test_all_of_it_is_there_and_the_file_is_as_it_was(kring: CommandLine, folder: Path, target: str) -> None:
    before = (folder / "kring.db").read_bytes()
    answer = kring("move", "--from", source(folder), "--to", target)
    assert (answer.code, answer.err) == (0, "")
    assert "has it all now, checked club by club: 1 club, 4 members, 3 referrals, 2 thanks." in answer.out
    assert target.split(":")[2].split("@")[0] not in answer.out  # the password
    assert all_rows(target) == all_rows(source(folder))
    assert (folder / "kring.db").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["kring.db", "kring.db-lock"]


async def test_the_club_goes_on_there_with_all_that_waits(kring: CommandLine, folder: Path, target: str) -> None:
    place = folder / "other"
    place.mkdir()
    await asyncio.to_thread(SqliteStock.migrated, place)
    async with playing(place, A_TUESDAY) as scene:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        scene.world.say(scene.bert, scene.group, "/refer @anna Mia: a logo")
        await scene.kring.intake.once()
        await scene.kring.close()
        assert (await kring.later("move", "--from", source(place), "--to", target)).code == 0
        scene.settings = scene.settings.model_copy(update={"database_url": target})
        await scene.restart()
        assert "Mia" in scene.texts()[-1]
        assert "#3" in (await scene.says(scene.carla, "/refer @bert Jan: a car"))[-1]
        assert "#1" in (await scene.says(scene.anna, "/undo"))[-1]


def test_a_second_time_it_says_that_all_is_there_already(kring: CommandLine, folder: Path, target: str) -> None:
    kring("move", "--from", source(folder), "--to", target)
    before = all_rows(target)
    answer = kring("move", "--from", source(folder), "--to", target)
    assert answer.code == 0
    assert "had it all already, checked club by club: 1 club," in answer.out
    assert all_rows(target) == before


def test_what_holds_something_else_is_left_alone(kring: CommandLine, folder: Path, target: str) -> None:
    kring("move", "--from", source(folder), "--to", target)
    sql(target, "UPDATE thanks SET amount_minor = amount_minor + 1 WHERE id = 1")
    before = all_rows(target)
    answer = kring("move", "--from", source(folder), "--to", target)
    assert answer.code == 2
    assert answer.err.endswith("holds something else already: move to a database that is empty.\n")
    assert all_rows(target) == before


def test_interrupted_it_leaves_nothing_behind_and_can_be_begun_anew(
    kring: CommandLine, folder: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(move, "_count_on", interrupt)
        assert kring("move", "--from", source(folder), "--to", target).err == "Stopped.\n"
    assert sql(target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert sorted(path.name for path in folder.iterdir()) == ["kring.db", "kring.db-lock"]
    assert kring("move", "--from", source(folder), "--to", target).code == 0
    assert all_rows(target) == all_rows(source(folder))


def test_what_does_not_arrive_whole_is_not_kept(kring: CommandLine, folder: Path, target: str) -> None:
    async def make() -> None:
        database = Database(target)
        await migrate(database)
        await database.close()

    asyncio.run(make())
    sql(target, "CREATE RULE lost AS ON INSERT TO thanks WHERE NEW.number = 5 DO INSTEAD NOTHING")
    answer = kring("move", "--from", source(folder), "--to", target)
    assert answer.code == 2
    assert answer.err.endswith("is not what was sent, so nothing was kept of it.\n")
    assert sql(target, "SELECT count(*) FROM clubs") == [(0,)]


def test_while_kring_runs_on_the_file_it_is_refused(kring: CommandLine, folder: Path, target: str) -> None:
    with sole_use(source(folder)):
        answer = kring("move", "--from", source(folder), "--to", target)
    assert answer.code == 2
    assert answer.err == f"Another Kring works with {folder / 'kring.db'}: stop it first, only one may at a time.\n"
    assert sql(target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.parametrize(
    ("from_", "to", "says"),
    [
        ("sqlite:///none.db", "postgresql://kring@localhost/kring", "There is no database "),
        ("postgresql://kring@localhost/kring", "sqlite:///kring.db", "Say it as in: move --from sqlite:///kring.db"),
        ("sqlite:///kring.db", "sqlite:///other.db", "Say it as in: move --from sqlite:///kring.db"),
        ("sqlite:///kring.db", "postgresql://kring@127.0.0.1:1/kring", "does not answer"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(kring: CommandLine, folder: Path, from_: str, to: str, says: str) -> None:
    answer = kring("move", "--from", from_, "--to", to)
    assert answer.code in (1, 2)
    (line,) = answer.err.splitlines()
    assert says in line
    assert len(committed(folder, "SELECT id FROM referrals")) == 3
    assert not (folder / "none.db").exists()
