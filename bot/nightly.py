"""The back-up of each night. The folder of the back-ups, not the scheduler, knows whether tonight's was made."""

import asyncio
import logging
import threading
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.slots import instant_of
from bot.storage.backup import Backups, back_up
from bot.storage.sole_use import Unusable

log = logging.getLogger(__name__)

AT = time(4)
"""When the night's back-up is made, local time: no zone changes its clock then, and clubs sleep."""
PATIENCE = timedelta(hours=1)
"""How long after a failure it is tried again."""


class Nightly:
    """Makes a back-up each night, or as soon as it can when the night was missed, and keeps those of `kept` nights."""

    def __init__(self, backups: Backups, kept: int, zone: ZoneInfo, clock: Clock) -> None:
        self._backups = backups
        self._kept = kept
        self._zone = zone
        self._clock = clock
        self._told: str | None = None
        self._not_before: datetime | None = None

    async def look(self) -> None:
        """Make the back-up if it is due. What keeps it from being made is told to the log, once, and harms nobody."""
        give_up = threading.Event()
        try:
            await asyncio.to_thread(self._look, give_up)
        except asyncio.CancelledError:  # Kring stops, and its end waits for the thread; the scheduler would log it
            give_up.set()

    def _look(self, give_up: threading.Event) -> None:
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return
        try:
            made = self._backups.made()
            if made and made[0].made_at >= _last_night(now, self._zone):
                return
            self._make(now, give_up)
        except _GivenUpError:
            log.debug("The back-up is made at the next start")
        except Unusable as problem:
            if not give_up.is_set():
                self._failed(problem, now)

    def _failed(self, problem: Unusable, now: datetime) -> None:
        self._not_before = now + PATIENCE
        if str(problem) != self._told:
            self._told = str(problem)
            log.error("The night's back-up could not be made, and is tried again each hour. %s", problem)

    def _make(self, now: datetime, give_up: threading.Event) -> None:
        def progress(_done: int, _all: int) -> None:
            if give_up.is_set():
                raise _GivenUpError

        place = self._backups.place(now)
        back_up(self._backups.database, place, progress)
        self._backups.forget(self._kept, now)
        self._told = None
        log.info("The night's back-up is made: %s", place)


class _GivenUpError(Exception):
    """Kring stops, so the back-up is not finished."""


def _last_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The last instant at which a back-up was due."""
    today = now.astimezone(zone).date()
    due = instant_of(today, AT, zone)
    return (due if due <= now else instant_of(today - timedelta(days=1), AT, zone)).astimezone(UTC)
