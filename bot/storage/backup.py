"""Back-ups of a database's file: made while Kring works with it, each a whole database in one file."""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.storage.contents import Contents, examine, reading
from bot.storage.sole_use import Unusable
from bot.storage.trouble import advice, passes

SPARE_BYTES = 32 << 20
"""So much room is left on the disk: a back-up must not take that of the database itself."""
PAGES_PER_STEP = 256
_CUT_OFF_AFTER = timedelta(days=1)
INSTANT = "%Y%m%dT%H%M%SZ"
"""How names of files tell an instant, in UTC."""
_UNFINISHED = ".partial"

Progress = Callable[[int, int], None]
"""Is told how many pages are copied, and of how many; an error that it raises gives up."""


@dataclass(frozen=True)
class Backup:
    """A back-up in the folder; its name says when it was made."""

    made_at: datetime
    file: Path


class Backups:
    """The back-ups of the database in this file. The folder is theirs alone; a relative one is beside the file."""

    def __init__(self, database: Path, folder: str) -> None:
        self.database = database
        self.folder = database.parent / folder
        self._name = re.compile(rf"{re.escape(database.stem)}-([0-9]{{8}}T[0-9]{{6}}Z)\.db({re.escape(_UNFINISHED)})?")

    def made(self) -> list[Backup]:
        """Those that there are, the latest first. Raises Unusable when the folder cannot be looked into."""
        return [backup for backup in self._files() if backup.file.suffix != _UNFINISHED]

    def place(self, now: datetime) -> Path:
        """Where one that is made now is put."""
        return self.folder / f"{self.database.stem}-{now.astimezone(UTC):{INSTANT}}.db"

    def forget(self, days: int, now: datetime) -> None:
        """Keep those of the last `days` days on which any was made, and none that was cut off. Raises Unusable."""
        kept = sorted({backup.made_at.date() for backup in self.made()}, reverse=True)[:days]
        for backup in self._files():
            cut_off = backup.file.suffix == _UNFINISHED and now - backup.made_at > _CUT_OFF_AFTER
            old = backup.file.suffix != _UNFINISHED and backup.made_at.date() not in kept
            if cut_off or old:
                with told(self.folder):
                    backup.file.unlink(missing_ok=True)

    def _files(self) -> list[Backup]:
        with told(self.folder):
            names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        found = [match for match in map(self._name.fullmatch, names) if match]
        backups = [
            Backup(datetime.strptime(match[1], INSTANT).replace(tzinfo=UTC), self.folder / match[0]) for match in found
        ]
        return sorted(backups, key=lambda backup: backup.made_at, reverse=True)


def back_up(database: Path, to: Path, progress: Progress, *, at_rest: bool = False) -> Contents:
    """Copy the database as it is at one instant into the new file `to`, see that the copy is sound, and return what
    is in it. Raises Unusable, and then leaves nothing.

    `to` appears when all is done, and is for this user alone. Kring works on meanwhile, unless the database is
    `at_rest`: see `reading`.
    """
    if not database.is_file():
        raise Unusable(f"There is no file {database}.")
    partial = Path(f"{to}{_UNFINISHED}")
    if to.exists():
        raise Unusable(f"{to} is there already.")
    with told(to.parent):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _begin(partial)
        try:
            _copy(database, partial, progress, at_rest)
            contents = examine(partial, lambda: progress(1, 1), at_rest=True, called=database)
            partial.rename(to)
        finally:
            for ending in ("", "-wal", "-shm", "-journal"):
                Path(f"{partial}{ending}").unlink(missing_ok=True)
        _keep_name(to.parent)
    return contents


def _begin(partial: Path) -> None:
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError as error:
        words = f"{partial} is there: another back-up is being made, or one was cut off, then remove it."
        raise Unusable(words, passes=True) from error


def _copy(database: Path, partial: Path, progress: Progress, at_rest: bool) -> None:
    # While a transaction of the source's own is open, the copy is of its state, whoever writes meanwhile. Without
    # one each step would see a new state, and SQLite would begin anew for as long as anybody writes.
    with reading(database, at_rest=at_rest) as source:
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        (page_size,) = source.execute("PRAGMA page_size").fetchone()
        free = shutil.disk_usage(partial.parent).free
        if free < pages * page_size + SPARE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(partial))
        try:
            with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                source.backup(copy, pages=PAGES_PER_STEP, progress=lambda _, left, all_: progress(all_ - left, all_))
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        except sqlite3.Error as error:
            raise Unusable(advice(error, partial.parent), passes=passes(error)) from error


@contextmanager
def told(place: Path) -> Iterator[None]:
    """What the operating system refuses in that folder, in words for the operator. Raises Unusable."""
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        reason = "the disk has no room for it, make some" if full else error.strerror
        words = f"In {place} nothing can be written: {reason}."
        raise Unusable(words, passes=full) from error


def _keep_name(folder: Path) -> None:
    """Have the disk know the folder's new name, too, before it is said to be there. Not every kind of disk can."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
