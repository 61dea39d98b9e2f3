"""The page's hand on the clock: to an instant, or to the next such hour of such a weekday. Only forward."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from bot.clock import MovableClock
from bot.playground.people import Json
from bot.playground.world import World

TIMEZONE = "Europe/Brussels"


class PageClock:
    """Moves the world's clock, then lets the bot know that time has passed."""

    def __init__(self, world: World, on_clock: Callable[[], Awaitable[None]] | None) -> None:
        self._world = world
        self._on_clock = on_clock

    async def move(self, order: Json) -> datetime:
        """Move the clock as ordered ({"to": …} or {"next": …}); returns the instant it is then."""
        clock = self._world.clock
        if not isinstance(clock, MovableClock):
            raise HTTPException(409, "this clock cannot be moved")
        try:
            target = datetime.fromisoformat(order["to"]) if "to" in order else _next(order["next"], clock.now())
            if target < clock.now():
                raise HTTPException(400, "the clock goes forward only")
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            words = 'give "to", an ISO instant with its offset, or "next": weekday (0: Monday), time, timezone'
            raise HTTPException(400, words) from error
        clock.set(target)
        self._world.announce("clock", None, {"now": clock.now().isoformat()})
        if self._on_clock is not None:
            await self._on_clock()
        return clock.now()


def _next(wanted: Json, now: datetime) -> datetime:
    """The next instant, after `now`, that is this weekday and time in this zone."""
    zone = ZoneInfo(wanted["timezone"])
    at = time.fromisoformat(wanted["time"])
    if wanted["weekday"] not in range(7) or at.tzinfo is not None:
        raise ValueError("no such weekday or time")
    today = now.astimezone(zone).date()
    day = today + timedelta(days=(wanted["weekday"] - today.weekday()) % 7)
    instant = datetime.combine(day, at, zone)
    return instant if instant > now else datetime.combine(day + timedelta(days=7), at, zone)
