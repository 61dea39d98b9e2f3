"""A club's weekly moment: local weekday and time, and the instants it falls on."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_A_DAY = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
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


def read_weekday(text: str, names: Mapping[str, int]) -> int:
    """The day (0 is Monday) that `text` names, by what the days are called in `names`.

    Letter case, accents and a dot at the end do not matter, in neither. ValueError where no name fits, or names of
    several days do (in one language "ma" is Monday, in another Tuesday).
    """
    wanted = _plain(text)
    found = {day for name, day in names.items() if _plain(name) == wanted}
    if len(found) != 1:
        raise ValueError("not the name of one day" if found else "no name of a day")
    return found.pop()


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


def _plain(name: str) -> str:
    """`name` in small letters without accents and without a dot at the end."""
    letters = unicodedata.normalize("NFD", name.strip().rstrip(".").casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
