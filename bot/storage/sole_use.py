"""The database's file: one process at a time works with it, and it is its owner's alone. A server sees to itself."""

import errno
import fcntl
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.storage.address import is_postgres, path_of, place_of
from bot.storage.trouble import advice, damaged, passes

log = logging.getLogger(__name__)


class Unusable(Exception):  # noqa: N818  it reads as what is so, like a refusal
    """What Kring needs cannot be used; the words are one line for the operator.

    It is the database, or the address to listen at. `passes`: another start may help.
    """

    def __init__(self, words: str, *, passes: bool = False) -> None:
        super().__init__(words)
        self.passes = passes


@contextmanager
def sole_use(url: str, *, to_replace: bool = False) -> Iterator[None]:
    """Meanwhile no other process may run Kring on this file. Raises Unusable, also when the database fails.

    It may be a damaged one where it is about to be replaced. A PostgreSQL server may be used by several.
    """
    try:
        with nullcontext() if is_postgres(url) else _file_alone(path_of(url), to_replace):
            yield
    except SQLAlchemyError as error:
        raise Unusable(advice(error, place_of(url)), passes=passes(error)) from error


@contextmanager
def _file_alone(file: Path, to_replace: bool) -> Iterator[None]:
    """The lock is on a file of its own, so that a back-up can be made meanwhile.

    The kernel lets go of it when the process ends in whatever way; the file stays, as taking it away would leave a
    moment for two.
    """
    lock = _opened(Path(f"{file}-lock"))
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"Another Kring works with {file}: stop it first, only one may at a time.") from None
        for ending in ("", "-wal", "-shm", "-lock"):
            _keep_private(Path(f"{file}{ending}"), like=file)
        if not to_replace and _size(file) == 0 and _size(Path(f"{file}-wal")) > 0:
            # SQLite would take it for a new database, and throw away the changes that wait to be put into it.
            raise Unusable(damaged(file))
        yield
    finally:
        os.close(lock)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unusable(
            f"{path} cannot be written ({error.strerror}). See DATABASE_URL: is the folder there, "
            "may this user write in it, and has the disk room?",
            passes=error.errno == errno.ENOSPC,
        ) from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _keep_private(path: Path, like: Path) -> None:
    """Take away what others may do with the file, if it is there; its owner may do what is allowed with `like`.

    SQLite gives what it makes beside a database that database's mode. Once it was read-only, its neighbours stay so
    when the operator has mended it, and SQLite would refuse to write for no visible reason.
    """
    try:
        mode = path.stat().st_mode
        wanted = (mode | like.stat().st_mode) & 0o700
        if stat.S_IMODE(mode) != wanted:
            path.chmod(wanted)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("Others than its owner may read %s, and that cannot be changed: %s", path, error.strerror)
