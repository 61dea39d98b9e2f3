"""A club's weekly moment: local weekday and time, and the instants it falls on."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Slot:
    """`weekday` (0 is Monday) at the local time `at` in `zone`."""

    weekday: int
    at: time
    zone: ZoneInfo


def next_slot(slot: Slot, after: datetime) -> datetime:
    """The first instant (UTC) of `slot` strictly after `after`; for clock changes see `instant_of`."""
    # From two days back: a zone that skips a whole day (Samoa in 2011) moves that day's slot into the next.
    day = after.astimezone(slot.zone).date() - timedelta(days=2)
    day += timedelta(days=(slot.weekday - day.weekday()) % 7)
    while (instant := instant_of(day, slot.at, slot.zone)) <= after:
        day += timedelta(days=7)
    return instant


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a local time: the first when the clock shows it twice (autumn), the first after
    the gap when the clock never shows it (spring)."""
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None))
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return instant
    # In a gap fold=1 reads the wall time by the offset after it, which is an instant before it (PEP 495).
    return _change_between(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant, zone)


def _change_between(before: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The second at which `zone` changes its offset, after `before` and at or before `later` (both UTC)."""
    start = before.replace(microsecond=0)
    old_offset = start.astimezone(zone).utcoffset()
    low, high = 0, int((later - start).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (start + timedelta(seconds=middle)).astimezone(zone).utcoffset() == old_offset:
            low = middle
        else:
            high = middle
    return start + timedelta(seconds=high)


def parse_weekday(text: str) -> int:
    """0 for "mon" to 6 for "sun", letter case ignored. ValueError on anything else."""
    word = text.strip().lower()
    if word not in WEEKDAYS:
        raise ValueError(f"a weekday is one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(word)


def parse_time(text: str) -> time:
    """The time of day of "09:00" or "9:00", 24 hours. ValueError on anything else."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text.strip())
    if not found:
        raise ValueError("a time is written as 09:00")
    return time(int(found[1]), int(found[2]))
