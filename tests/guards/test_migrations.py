"""The migrations lead to the schema that the code declares, and back, and cost nothing when there is nothing to do."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.storage import migrate
from bot.storage.engine import Database
from bot.storage.schema import metadata
from tests.guards.source import ROOT
from tests.support.databases import address
from tests.support.postgres import drop_database, make_database

Shape = dict[str, Any]
pytestmark = pytest.mark.every_database


@pytest.fixture
def addresses(tmp_path: Path, database_kind: str, request: pytest.FixtureRequest) -> Iterator[Iterator[str]]:
    """Where databases without tables are."""
    if database_kind == "sqlite":
        yield (f"sqlite:///{tmp_path / f'{number}.db'}" for number in count())
        return
    server, made = request.getfixturevalue("postgres_server"), f"kring_test_{uuid4().hex[:8]}"
    names = [f"{made}_{number}" for number in range(2)]
    yield (make_database(server, name) for name in names)
    for name in names:
        drop_database(server, name)


@pytest.fixture
async def empty(addresses: Iterator[str]) -> AsyncIterator[Database]:
    """A database without tables."""
    database = Database(next(addresses))
    yield database
    await database.close()


def shape(connection: Connection) -> Shape:
    """All that the database tells about its tables, in a steady order; Alembic's own is left out."""
    inspector = inspect(connection)

    def told(value: Any) -> str:
        # The condition of a partial index is an object that shows its address in a dictionary.
        return str({key: str(inner) for key, inner in value.items()} if isinstance(value, dict) else value)

    def steady(things: Sequence[Any]) -> list[str]:
        return sorted(", ".join(f"{key}={told(thing[key])}" for key in sorted(thing)) for thing in things)

    return {
        name: {
            "columns": steady(inspector.get_columns(name)),
            "primary key": inspector.get_pk_constraint(name),
            # SQLite tells no name of a reference that was added together with its column.
            "foreign keys": steady([key | {"name": ""} for key in inspector.get_foreign_keys(name)]),
            "unique": steady(inspector.get_unique_constraints(name)),
            "checks": steady(inspector.get_check_constraints(name)),
            "indexes": steady(inspector.get_indexes(name)),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def stairs(connection: Connection) -> list[str]:
    """Go every migration up, down and up again; return what a second way up made otherwise than the first."""
    config = migrate.config(connection)
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    assert revisions
    differing = []
    for revision in revisions:
        before = shape(connection)
        command.upgrade(config, revision)
        up = shape(connection)
        assert up != before, f"{revision} changes nothing"
        command.downgrade(config, "-1")
        if shape(connection) != before:
            differing.append(f"{revision} down")
        command.upgrade(config, revision)
        if shape(connection) != up:
            differing.append(f"{revision} up again")
    return differing


async def test_every_migration_goes_up_and_down_and_up_again(empty: Database) -> None:
    async with empty.write() as connection:
        assert await connection.run_sync(stairs) == []


async def test_the_migrations_make_what_the_schema_declares(empty: Database) -> None:
    def drift(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    await migrate.migrate(empty)
    async with empty.read() as connection:
        assert await connection.run_sync(drift) == []


async def test_they_make_the_same_checks_and_partial_indexes_too(empty: Database, addresses: Iterator[str]) -> None:
    # Alembic compares neither.
    await migrate.migrate(empty)
    declared = Database(next(addresses))
    try:
        async with declared.write() as connection:
            await connection.run_sync(metadata.create_all)
            wanted = await connection.run_sync(shape)
    finally:
        await declared.close()
    async with empty.read() as connection:
        found = await connection.run_sync(shape)
    assert found == wanted


async def test_the_latest_migration_is_the_one_that_alembic_means(empty: Database) -> None:
    def heads(connection: Connection) -> list[str]:
        return list(ScriptDirectory.from_config(migrate.config(connection)).get_heads())

    async with empty.read() as connection:
        assert await connection.run_sync(heads) == [migrate.head()]


async def test_the_second_time_there_is_nothing_to_do(empty: Database) -> None:
    assert await migrate.migrate(empty) is True
    assert await migrate.migrate(empty) is False


def test_when_there_is_nothing_to_do_alembic_is_not_even_imported(folder: Path) -> None:
    # It takes longer than all the rest of the start.
    code = """
import asyncio, sys
from bot.storage.engine import Database
from bot.storage.migrate import migrate

async def main():
    database = Database(sys.argv[1])
    print(await migrate(database), "alembic" in sys.modules)
    await database.close()

asyncio.run(main())
"""
    result = subprocess.run(  # noqa: S603  our own interpreter and our own code
        [sys.executable, "-c", code, address(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.split() == ["False", "False"]


def test_what_leads_to_an_entry_is_found_by_an_index_when_that_goes() -> None:
    # Without one an import of 50,000 lines took minutes to be undone: the table was read anew for each line.
    entries = {"referrals", "thanks", "meetings", "visitors"}
    missing = [
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name in entries for key in column.foreign_keys)
        and not any(next(iter(index.columns)) is column for index in table.indexes)
    ]
    assert missing == []
