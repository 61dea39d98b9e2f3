"""The databases of the tests. A test has a folder; `address` tells where the database of that folder is."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from bot.storage.engine import Database
from bot.storage.migrate import migrate
from tests.support import postgres

KINDS = ("sqlite", "postgres")


def address(folder: Path) -> str:
    """What DATABASE_URL says of this folder's database."""
    elsewhere = folder / "address"
    return elsewhere.read_text() if elsewhere.exists() else f"sqlite:///{folder / 'kring.db'}"


def committed(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What the query finds in the folder's database, as another program sees it: what is committed."""
    if (folder / "address").exists():
        return postgres.sql(address(folder), query)
    with closing(sqlite3.connect(folder / "kring.db")) as database:
        return database.execute(query).fetchall()


def change(folder: Path, statement: str) -> None:
    """Do this to the folder's database, as another program. Instants are written without a zone, and in UTC."""
    if (folder / "address").exists():
        postgres.sql(address(folder), statement)
        return
    with closing(sqlite3.connect(folder / "kring.db", timeout=30)) as database:
        database.execute(statement)
        database.commit()


def is_whole(folder: Path) -> bool:
    """Is the file as SQLite wrote it? A server answers for its files itself."""
    if (folder / "address").exists():
        return True
    found = committed(folder, "PRAGMA integrity_check"), committed(folder, "PRAGMA foreign_key_check")
    return found == ([("ok",)], [])


@contextmanager
def database_on(server: str, name: str) -> Iterator[str]:
    """A database of this name, without tables, on the server at this address; within, its own address."""
    try:
        yield postgres.make_database(server, name)
    finally:
        postgres.drop_database(server, name)


class Stock(Protocol):
    """A database that tests begin with, to be copied: making it anew for each would take most of their time."""

    def put(self, folder: Path) -> None:
        """Give the folder a copy, instead of the database that it had."""

    def of(self, folder: Path) -> "Stock":
        """A stock of copies of this folder's database, which nobody works with any more."""

    def clear(self) -> None:
        """Take away what is not in a folder that goes away."""


class SqliteStock:
    """A file to be copied."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def migrated(cls, folder: Path) -> "SqliteStock":
        """Empty databases with the schema."""
        _migrate(f"sqlite:///{folder / 'kring.db'}")
        return cls(folder / "kring.db")

    def put(self, folder: Path) -> None:
        """Copy the file."""
        shutil.copy(self._file, folder / "kring.db")

    def of(self, folder: Path) -> "SqliteStock":
        """Its file."""
        return SqliteStock(folder / "kring.db")

    def clear(self) -> None:
        """The folders are the tests'."""


class PostgresStock:
    """A template, to be copied by the server. `prefix` is of this worker of this run alone."""

    def __init__(self, server: str, prefix: str, template: str, numbers: "count[int]") -> None:
        self._server = server
        self._prefix = prefix
        self._template = template
        self._numbers = numbers

    @classmethod
    def migrated(cls, server: str, prefix: str) -> "PostgresStock":
        """Empty databases with the schema."""
        _migrate(postgres.make_database(server, f"{prefix}_0"))
        return cls(server, prefix, f"{prefix}_0", count(1))

    def put(self, folder: Path) -> None:
        """Copy the template, and write down where the copy is."""
        name = f"{self._prefix}_{next(self._numbers)}"
        (folder / "address").write_text(postgres.make_database(self._server, name, self._template))

    def of(self, folder: Path) -> "PostgresStock":
        """The folder's database as template."""
        return PostgresStock(self._server, self._prefix, address(folder).rpartition("/")[2], self._numbers)

    def clear(self) -> None:
        """Drop all that this worker made."""
        made = "SELECT datname FROM pg_database WHERE datname LIKE $1"
        for (name,) in postgres.sql(self._server, made, f"{self._prefix}\\_%"):
            postgres.drop_database(self._server, name)


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await migrate(database)
        await database.close()

    asyncio.run(run())
