"""When the database fails: what is wrong, in one line that says what to do, told once; and when it is over."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

log = logging.getLogger(__name__)

QUIET_S = 5.0
"""A failure is over when something could be written, and for so long after it nothing failed.

On a full disk a small change may find room between two that do not. Whoever failed tries again sooner than this.
"""

# SQLite's result codes: https://sqlite.org/rescode.html. PostgreSQL's states, or the classes that are their first two
# letters: https://www.postgresql.org/docs/current/errcodes-appendix.html.
Code = int | str
_NO_ANSWER = "08"  # also for what the driver tells without a state

# What passes by itself is worth another start.
_FULL = "The disk is full: make room where {place} is."
_HELD = "Another program holds {place}: end it. Perhaps an sqlite3 was left open."
_FAILS = "The disk of {place} fails ({reason}): see whether it is full, or broken."
_AWAY = "{place} does not answer ({reason}): see that it runs, and whether DATABASE_URL names its host and port."
_LOCKED = "Another program holds what {place} is to change: see pg_stat_activity for a transaction left open."
_CROWDED = "{place} has no connection or memory left ({reason}): raise max_connections, or run fewer replicas."
_STANDBY = "{place} may only be read: see that DATABASE_URL names the primary, and not a standby."
_PASSING: dict[Code, str] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_PROTOCOL: _HELD,
    sqlite3.SQLITE_IOERR: _FAILS,
    _NO_ANSWER: _AWAY,
    "57": _AWAY,
    "25006": _STANDBY,
    "25P03": _AWAY,
    "40": _LOCKED,
    "53": _CROWDED,
    "53100": _FULL,
    "55": _LOCKED,
    "58": _FAILS,
}

_READ_ONLY = (
    "{place} may not be written: see that this user owns it and its folder, and that the disk is not mounted read-only."
)
_UNOPENED = "{place} cannot be opened. See DATABASE_URL: is the folder there, and may this user write in it?"
_DAMAGED = "{place} is damaged, or no database: keep it aside, and go back to a back-up that is sound (see README.md)."
_REFUSED = "{place} refuses this user: see the name and the password in DATABASE_URL ({reason})."
_ABSENT = "{place} is not there: make it (createdb), or see the name at the end of DATABASE_URL."
_FORBIDDEN = "{place} forbids this user what Kring needs: make it the owner of the database ({reason})."
_LASTING: dict[Code, str] = {
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    "28": _REFUSED,
    "3D": _ABSENT,
    "42501": _FORBIDDEN,
    "XX": _DAMAGED,
}
_OTHER = "The database {place} cannot be used: {reason}"
_KNOWN = _PASSING | _LASTING

_COLLISIONS = ("40001", "40P01", "55P03", "0A000")
"""Serialization failure, deadlock, a lock not had in time; a plan that another replica's migration made invalid."""
_QUOTING = ("22", "23")
"""PostgreSQL's words about these quote what was to be stored, which is what people wrote."""


def is_of_the_machine(error: BaseException) -> bool:
    """Has the machine failed, so that the same can be done later? Not so for a statement that is refused."""
    codes = set(_codes(error))
    if any(isinstance(code, str) for code in codes):
        return any(code in _KNOWN for code in codes) or collides(error)
    return isinstance(error, OperationalError | PoolTimeoutError) and codes != {sqlite3.SQLITE_ERROR}


def collides(error: BaseException) -> bool:
    """Was a transaction undone because of another one's, so that it is to be done again, and at once?"""
    return any(getattr(link, "sqlstate", None) in _COLLISIONS for link in _links(error))


def passes(error: BaseException) -> bool:
    """May it work at the next start, though nobody changes a setting?"""
    return any(code in _PASSING for code in _codes(error))


def advice(error: BaseException, place: object) -> str:
    """What the operator is to do about this failure of the database that is called `place`, in one line."""
    words = next((_KNOWN[code] for code in _codes(error) if code in _KNOWN), _OTHER)
    return words.format(place=place, reason=_reason(error))


def damaged(place: object) -> str:
    """What the operator is to do about a file whose content is not what SQLite wrote."""
    return _DAMAGED.format(place=place)


def _reason(error: BaseException) -> str:
    of_the_machine = (each for each in _links(error) if getattr(each, "sqlite_errorcode", 0) & 0xFF in _PASSING)
    cause = next(of_the_machine, None) or error.__cause__ or error
    if str(getattr(cause, "sqlstate", None) or "").startswith(_QUOTING):
        return type(cause.__cause__ or cause).__name__
    first_line, *_ = str(cause).splitlines() or [""]
    return re.sub(r"^<class '[^']*'>: ", "", first_line)  # SQLAlchemy puts the driver's class before its words


def _codes(error: BaseException) -> Iterator[Code]:
    """SQLite's result codes or PostgreSQL's states, from what failed last to what it followed from.

    A full disk may undo the whole transaction; then what is seen first is that a savepoint is not there any more.
    Each state is followed by its class.
    """
    for link in _links(error):
        code, state = getattr(link, "sqlite_errorcode", None), getattr(link, "sqlstate", None)
        if isinstance(code, int):
            yield code & 0xFF  # the rest is detail
        if isinstance(state, str):
            yield state
            yield state[:2]
        elif _has_no_answer(link):
            yield _NO_ANSWER


def _has_no_answer(link: BaseException) -> bool:
    """No answer in time, or a connection that broke. The driver says the same of a value that it cannot send."""
    if not isinstance(link, DBAPIError) or link.orig is None:
        return False
    cause = link.orig.__cause__
    broken = isinstance(link, InterfaceError) and not isinstance(cause, ValueError | TypeError)
    return broken or isinstance(link.orig, OSError)


def _links(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


class Trouble:
    """Tells the log of each kind of failure once, and once that all is well again, whoever is at work."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.failures = 0
        """How many transactions failed."""
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
        self.failures += 1
        if self._over is not None:
            self._over.cancel()
            self._over = None
        line = advice(error, self._place)
        if line not in self._told:
            self._told.add(line)
            log.error("%s Nothing is lost: Kring tries again until it works.", line)

    def _well(self) -> None:
        self._over = None
        self._told.clear()
        log.warning("The database works again; what waited goes on")
