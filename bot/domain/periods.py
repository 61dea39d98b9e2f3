"""The periods over which a club counts, and those of which it wants its records."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import BackwardPeriod, UnknownWord
from bot.domain.graphemes import cut
from bot.domain.names import strip_invisible
from bot.domain.slots import instant_of

_MAX_WORD = 40
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NOW = timedelta(microseconds=1)
"""What is recorded at this very instant counts: a period up to now ends so much later."""

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_HAS_YEAR = re.compile(_YEAR)
_QUARTER = r"(?:(?:q|quarter) ?(?P<quarter>[1-4])|(?P<nth>[1-4])[a-z]{0,3}\.? ?(?:q|quarter))"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_APART = r"[ /-]?"
_DAY = re.compile(rf"{_YEAR}-(?P<number>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})")
_LONGER = [
    re.compile(pattern)
    for pattern in (
        _YEAR,
        rf"{_YEAR}[-/](?P<number>[0-9]{{1,2}})",
        rf"(?P<number>[0-9]{{1,2}})[-/.]{_YEAR}",
        *(form for part in (_QUARTER, _MONTH) for form in (part, rf"{part}{_APART}{_YEAR}", rf"{_YEAR}{_APART}{part}")),
    )
]
_TO = re.compile(r" ?(?:\.{2,3}|–|—| - | to ) ?|(?<=[a-z])-(?=[a-z])")


class Period(StrEnum):
    """A period up to now. The week is the club's own, since its last slot; the others follow the calendar."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


def read_period(word: str, unsaid: Period = Period.WEEK) -> Period:
    """The period that a command names, letter case ignored; no word means `unsaid`. Raises UnknownWord."""
    plain = strip_invisible(word).strip()
    if not plain:
        return unsaid
    try:
        return Period(plain.lower())
    except ValueError:
        raise UnknownWord(cut(plain, _MAX_WORD)) from None


def start_of(period: Period, now: datetime, zone: ZoneInfo, week_began: datetime) -> datetime | None:
    """When the `period` with `now` in it began in `zone`, as an instant (UTC); None for all of it."""
    today = now.astimezone(zone).date()
    match period:
        case Period.WEEK:
            return week_began.astimezone(UTC)
        case Period.MONTH:
            first_day = today.replace(day=1)
        case Period.QUARTER:
            first_day = today.replace(month=today.month - (today.month - 1) % 3, day=1)
        case Period.YEAR:
            first_day = today.replace(month=1, day=1)
        case Period.ALL:
            return None
    return instant_of(first_day, time(0), zone)


@dataclass(frozen=True)
class Days:
    """A period from its first local day to its last, both in it."""

    first: date
    last: date

    def __str__(self) -> str:
        """The period as `read_stretch` reads it at any time."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


Stretch = Period | Days
"""A period up to now, or one between two days."""


def read_stretch(typed: str, today: date) -> Stretch:
    """The period that these English words name: a Period, 2026, q3, q3 2026, may, 2026-05, 2026-01-15; or two, a..b.

    Words are in small letters and without accents, with one space between. A quarter or month without its year is the
    latest that has begun `today`; before one that has its year it is the latest before that, and after one the next
    after it. Raises UnknownWord, and
    BackwardPeriod for one that ends before it begins.
    """
    if typed in list(Period):
        return Period(typed)
    first, *last = _TO.split(typed, maxsplit=1)
    until = _days(last[0] if last else first, today)
    since = _days(first, until.last) if last else until
    if last and _HAS_YEAR.search(first) and not _HAS_YEAR.search(last[0]):
        in_time = (_days(last[0], date(since.last.year + later, 12, 31)) for later in (0, 1))
        until = next((each for each in in_time if since.last <= each.last and each.first <= today), until)
    if since.first > until.last:
        raise BackwardPeriod(cut(typed, _MAX_WORD))
    return Days(since.first, until.last)


def bounds(stretch: Stretch, now: datetime, zone: ZoneInfo, week_began: datetime) -> tuple[datetime | None, datetime]:
    """The instants (UTC) from which on and before which something is in the period; None: since ever."""
    if isinstance(stretch, Period):
        return start_of(stretch, now, zone, week_began), now + NOW
    midnight = time(0)
    return instant_of(stretch.first, midnight, zone), instant_of(stretch.last + timedelta(days=1), midnight, zone)


def _days(typed: str, latest: date) -> Days:
    """One day, month, quarter or year; without its year, the latest that begins on `latest` or before."""
    try:
        if found := _DAY.fullmatch(typed):
            day = date(int(found["year"]), int(found["number"]), int(found["day"]))
            return Days(day, day)
        for pattern in _LONGER:
            if found := pattern.fullmatch(typed):
                return _longer(found.groupdict(), latest)
    except ValueError:  # there is no such day or month
        pass
    raise UnknownWord(cut(typed, _MAX_WORD))


def _longer(said: dict[str, str | None], latest: date) -> Days:
    quarter, name, number = said.get("quarter") or said.get("nth"), said.get("month"), said.get("number")
    if quarter:
        month, months = 3 * int(quarter) - 2, 3
    elif name:
        month, months = MONTHS.index(name) + 1, 1
    else:
        month, months = (int(number), 1) if number else (1, 12)
    year = int(said.get("year") or latest.year)
    first = date(year, month, 1)
    if not said.get("year") and first > latest:
        first = first.replace(year=year - 1)
    last_month = month + months - 1
    return Days(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))
