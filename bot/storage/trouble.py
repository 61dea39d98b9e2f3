"""When the database fails: what is wrong, in one line that says what to do, told once; and when it is over."""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError, SQLAlchemyError

log = logging.getLogger(__name__)

QUIET_S = 5.0
"""A failure is over when something could be written, and for so long after it nothing failed.

On a full disk a small change may find room between two that do not. Whoever failed tries again sooner than this.
"""

# SQLite's result codes: https://sqlite.org/rescode.html. What passes by itself is worth another start.
_FULL = "The disk is full: make room where {file} is."
_HELD = "Another program holds {file}: end it. Perhaps an sqlite3 was left open."
_FAILS = "The disk of {file} fails ({reason}): see whether it is full, or broken."
_READ_ONLY = (
    "{file} may not be written: see that this user owns it and its folder, and that the disk is not mounted read-only."
)
_UNOPENED = "{file} cannot be opened. See DATABASE_URL: is the folder there, and may this user write in it?"
_DAMAGED = "{file} is damaged, or no database: keep it aside, and go back to a back-up that is sound (see README.md)."
_OTHER = "The database {file} cannot be used: {reason}"
_PASSING = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_PROTOCOL: _HELD,
    sqlite3.SQLITE_IOERR: _FAILS,
}
_LASTING = {
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def is_of_the_machine(error: BaseException) -> bool:
    """Has the machine failed, so that the same can be done later? Not so for a statement that SQLite refuses."""
    codes = set(_codes(error))
    return isinstance(error, OperationalError) and codes != {sqlite3.SQLITE_ERROR}


def passes(error: BaseException) -> bool:
    """May it work at the next start, though nobody changes a setting?"""
    return any(code in _PASSING for code in _codes(error))


def advice(error: BaseException, file: object) -> str:
    """What the operator is to do about this failure of the database in `file`, in one line."""
    known = _PASSING | _LASTING
    words = next((known[code] for code in _codes(error) if code in known), _OTHER)
    return words.format(file=file, reason=error.__cause__ or error)


def damaged(file: object) -> str:
    """What the operator is to do about a file whose content is not what SQLite wrote."""
    return _DAMAGED.format(file=file)


def _codes(error: BaseException) -> Iterator[int]:
    """SQLite's result codes, from what failed last to what it followed from.

    A full disk may undo the whole transaction; then what is seen first is that a savepoint is not there any more.
    """
    link: BaseException | None = error
    while link is not None:
        code = getattr(link, "sqlite_errorcode", None)
        if isinstance(code, int):
            yield code & 0xFF  # the rest is detail
        link = link.__cause__ or link.__context__


class Trouble:
    """Tells the log of each kind of failure once, and once that all is well again, whoever is at work."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._told: set[str] = set()
        self._over: asyncio.TimerHandle | None = None

    @contextmanager
    def watched(self, *, writes: bool) -> Iterator[None]:
        """A transaction, commit included. Its failure is told, and raised."""
        try:
            yield
        except SQLAlchemyError as error:
            self._failed(error)
            raise
        if writes and self._told and self._over is None:
            self._over = asyncio.get_running_loop().call_later(QUIET_S, self._well)

    def _failed(self, error: SQLAlchemyError) -> None:
        if self._over is not None:
            self._over.cancel()
            self._over = None
        line = advice(error, self._file)
        if line not in self._told:
            self._told.add(line)
            log.error("%s Nothing is lost: Kring tries again until it works.", line)

    def _well(self) -> None:
        self._over = None
        self._told.clear()
        log.warning("The database works again; what waited goes on")
