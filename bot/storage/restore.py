"""Going back to a back-up: prepared beside the database, then put in its place at once."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import Clock
from bot.storage.backup import INSTANT, Progress, back_up, told
from bot.storage.contents import Contents
from bot.storage.engine import Database
from bot.storage.migrate import check_known, migrate
from bot.storage.recovery import Recovery
from bot.storage.sole_use import Unusable

BESIDE = ("-wal", "-shm", "-journal")
"""The endings of the files that belong to a database while it is used, or was not closed."""


class Restore:
    """A back-up on its way to the place of the database. No Kring may run meanwhile (`sole_use`).

    Nothing is changed before `finish`; `abandon` leaves no trace.
    """

    def __init__(self, backup: Path, database: Path) -> None:
        self._backup = backup
        self._database = database
        self._fresh = Path(f"{database}-restored")

    def prepare(self, progress: Progress) -> Contents:
        """Copy the back-up beside the database; returns what is in it. Raises Unusable where it is not to be used."""
        if self._database.exists() and self._backup.exists() and self._backup.samefile(self._database):
            raise Unusable(f"{self._backup} is the database itself, and no back-up of it.")
        self.abandon()  # what an earlier try left, which the machine cut off
        contents = back_up(self._backup, self._fresh, progress, at_rest=True)
        try:
            check_known(contents.revision, self._backup)
        except Unusable:
            self.abandon()
            raise
        return contents

    async def finish(self, clock: Clock) -> Path | None:
        """Bring the copy up to this version and put it in place; returns where the database that was there is now."""
        database = Database(f"sqlite:///{self._fresh}")
        try:
            await migrate(database)
            async with database.write() as connection:
                await Recovery(connection, clock.now()).leave("restored from a back-up")
        finally:
            await database.close()
        return self._put_in_place(clock.now())

    def abandon(self) -> None:
        """Forget the copy."""
        for ending in ("", *BESIDE):
            Path(f"{self._fresh}{ending}").unlink(missing_ok=True)

    def _put_in_place(self, now: datetime) -> Path | None:
        with told(self._database.parent):
            aside = self._put_aside(now) if self._database.exists() else None
            for ending in BESIDE:  # they are no part of what comes, and SQLite would take them for it
                Path(f"{self._database}{ending}").unlink(missing_ok=True)
            self._fresh.replace(self._database)
        return aside

    def _put_aside(self, now: datetime) -> Path:
        """Keep the database under another name as well, with what belongs to it. It is never without one."""
        name = f"{self._database.stem}-{now.astimezone(UTC):{INSTANT}}-before-restore.db"
        aside = self._database.with_name(name)
        for ending in ("", *BESIDE):
            source, target = Path(f"{self._database}{ending}"), Path(f"{aside}{ending}")
            if source.exists():
                try:
                    os.link(source, target)
                except OSError:  # not every kind of disk can
                    shutil.copy2(source, target)
        return aside
