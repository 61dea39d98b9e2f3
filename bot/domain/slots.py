"""A club's weekly moment: local weekday and time, and the instants it falls on."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_A_DAY = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTEST_WEEK = timedelta(days=1)
LONGEST_WEEK = timedelta(days=10)

_HOURS = r"(?:u|h|uur|uhr|heures?)"
_CLOCK = re.compile(
    rf"(?!\d+\Z)(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))?(?: ?(?:{_HOURS}\.?|(?P<half>[ap])\.?m\.?))?"
)
_HOURS_BETWEEN = re.compile(rf"(?P<hour>[0-9]{{1,2}}) ?{_HOURS} ?(?P<minute>[0-9]{{2}})")


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


def slot_after(slot: Slot, began: datetime) -> datetime:
    """Where a week ends that began then: the first instant of `slot` that makes it longer than SHORTEST_WEEK.

    A week that begins at the slot ends at the next. After a move of the slot it is not so regular; see `moved`.
    """
    return next_slot(slot, began + SHORTEST_WEEK)


def moved(slot: Slot, began: datetime, planned: datetime, now: datetime) -> datetime:
    """Where the week that began at `began` and was to end at `planned` ends, as the slot is `slot` from `now` on.

    It ends at the first instant of the new slot that is yet to come. But a post that is due is not skipped: a planned
    end that has come already stays. No two posts come close together: that instant is more than SHORTEST_WEEK after
    `began`. And no club goes without for long, however often it moves: if the week became longer than LONGEST_WEEK,
    it ends as planned, and the new slot holds from the week after.

    The beginning never moves, so weeks follow each other without a gap: each referral is in exactly one of them.
    They are longer than SHORTEST_WEEK and not longer than LONGEST_WEEK; only a club's first may be shorter.
    """
    if planned <= now:
        return planned
    end = next_slot(slot, max(now, began + SHORTEST_WEEK))
    return end if end - began <= LONGEST_WEEK else planned


def is_at(slot: Slot, instant: datetime) -> bool:
    """Is this an instant of the slot?"""
    return next_slot(slot, instant - timedelta(microseconds=1)) == instant


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
    """The time of day of "09:00", "9.30", "8u30", "8 h", "20 uur", "8:30 Uhr", "8:30 pm". ValueError on anything else.

    A number alone is no time: who types 830 or 9 may mean something else.
    """
    typed = " ".join(text.split()).lower()
    found = _CLOCK.fullmatch(typed) or _HOURS_BETWEEN.fullmatch(typed)
    if not found:
        raise ValueError("a time is written as 09:00")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half := found.groupdict().get("half"):
        if not 1 <= hour <= HALF_A_DAY:
            raise ValueError("before am and pm stands an hour from 1 to 12")
        hour = hour % HALF_A_DAY + (HALF_A_DAY if half == "p" else 0)
    return time(hour, minute)
