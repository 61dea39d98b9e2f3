"""What is in a database's file, read without changing it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bot.storage.sole_use import Unusable
from bot.storage.trouble import advice, damaged, passes

STEPS_BETWEEN_PULSES = 1_000_000
"""Of SQLite's virtual machine: some hundredths of a second."""

PATIENCE_S = 2.0
"""Kring itself never keeps others from writing for so long."""


@dataclass(frozen=True)
class Contents:
    """What is in a database of Kring: its schema's revision, how much of what, and when the last referral was given."""

    revision: str
    clubs: int
    referrals: int
    last_given_at: datetime | None


def examine(
    file: Path, pulse: Callable[[], object] = lambda: None, *, at_rest: bool = False, called: Path | None = None
) -> Contents:
    """Read the whole file, and see that it is sound. Raises Unusable with what is wrong with it.

    `pulse` is called now and then meanwhile; an error that it raises gives up. A copy is `called` what it is one of.
    For `at_rest` see `reading`.
    """
    name = called or file
    with reading(file, at_rest=at_rest) as database:
        database.set_progress_handler(lambda: bool(pulse()), STEPS_BETWEEN_PULSES)
        if database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise Unusable(damaged(name))
        if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Unusable(damaged(name))
        if not _has_table(database, "alembic_version") or not _has_table(database, "referrals"):
            raise Unusable(f"{name} is a database, but none of Kring's.")
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        (clubs,) = database.execute("SELECT count(*) FROM clubs").fetchone()
        referrals, last = database.execute("SELECT count(*), max(given_at) FROM referrals").fetchone()
        return Contents(revision, clubs, referrals, datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None)


@contextmanager
def reading(file: Path, *, at_rest: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that sees one state of the file throughout, and changes nothing. Raises Unusable.

    `at_rest`: nobody works with it, and nothing is made beside it, as may be forbidden there.
    """
    # To read along with others SQLite needs two files beside it, and who may write takes them away at the end.
    how = "mode=ro&immutable=1" if at_rest and not Path(f"{file}-wal").exists() else "mode=rw"
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True, isolation_level=None)) as database:
            database.execute("PRAGMA query_only=ON")
            database.execute("BEGIN")
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is this state
            yield database
    except sqlite3.Error as error:
        raise Unusable(advice(error, file), passes=passes(error)) from error


def try_to_write(file: Path) -> None:
    """Take the right to write for a moment, and change nothing. Raises Unusable."""
    address = f"file:{quote(str(file))}?mode=rw"
    try:
        with closing(sqlite3.connect(address, PATIENCE_S, uri=True, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise Unusable(advice(error, file), passes=passes(error)) from error


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(query, (name,)).fetchone() is not None
