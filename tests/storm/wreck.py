"""The database as others see it: while the bot works with it, and as a kill left it; a file, or on a server."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from tests.support.databases import address, committed
from tests.support.postgres import sql

Row = tuple[Any, ...]


def look(folder: Path, query: str) -> list[Row]:
    """What the query finds in the folder's database, as another program sees it that may not change the file."""
    if _is_on_a_server(folder):
        return committed(folder, query)
    with closing(sqlite3.connect(_read_only(folder), uri=True, timeout=30)) as database:
        return database.execute(query).fetchall()


def look_at_wreck(folder: Path, query: str) -> list[Row]:
    """The same after a crash: in a copy, as SQLite would mend the file that the bot is to find as it was left.

    A server ends what the bot had begun; until it has, a commit that was on its way may still be made.
    """
    if _is_on_a_server(folder):
        while has_been_opened(folder):
            pass
        return committed(folder, query)
    with TemporaryDirectory() as place:
        for file in folder.glob("kring.db*"):
            shutil.copy(file, place)
        with closing(sqlite3.connect(Path(place) / "kring.db")) as database:
            return database.execute(query).fetchall()


def has_schema(folder: Path) -> bool:
    """Did the bot come to make its tables, before it was killed?"""
    if _is_on_a_server(folder):
        return bool(look_at_wreck(folder, "SELECT 1 FROM pg_tables WHERE tablename = 'outbox'"))
    return bool(look_at_wreck(folder, "SELECT 1 FROM sqlite_master WHERE name = 'outbox'"))


def has_been_opened(folder: Path) -> bool:
    """Is the file there; does the server have a connection of the bot's?"""
    if not _is_on_a_server(folder):
        return (folder / "kring.db").exists()
    connected = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kring'"
    return bool(sql(address(folder), connected))


def begin_anew(folder: Path) -> None:
    """Take away all that there is: the next start finds no tables."""
    if _is_on_a_server(folder):
        for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
            sql(address(folder), statement)
    for ending in ("", "-journal", "-wal", "-shm"):
        (folder / f"kring.db{ending}").unlink(missing_ok=True)


@asynccontextmanager
async def looking_on(folder: Path) -> AsyncIterator[Callable[[str], Awaitable[Row]]]:
    """To ask the same again and again, what is committed: the first row that the query finds."""
    if _is_on_a_server(folder):
        connection = await asyncpg.connect(address(folder))

        async def ask_server(query: str) -> Row:
            return tuple(await connection.fetchrow(query) or ())

        try:
            yield ask_server
        finally:
            await connection.close()
        return
    with closing(sqlite3.connect(_read_only(folder), uri=True)) as database:

        async def ask_file(query: str) -> Row:
            return tuple(database.execute(query).fetchone())

        yield ask_file


def _is_on_a_server(folder: Path) -> bool:
    return (folder / "address").exists()


def _read_only(folder: Path) -> str:
    return f"{(folder / 'kring.db').as_uri()}?mode=ro"
