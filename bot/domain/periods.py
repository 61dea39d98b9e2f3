"""The periods over which a club counts, and those of which it wants its records."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal, UnknownWord
from bot.domain.graphemes import cut
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
_NUMBER, _DAY = "(?P<number>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_DATED = [
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-{_NUMBER}-{_DAY}",
        rf"{_DAY}[-/.]{_NUMBER}[-/.]{_YEAR}",
        rf"{_DAY}(?:[a-z]{{1,2}}|\.)? {_MONTH}(?: {_YEAR})?",
        rf"{_MONTH} {_DAY}(?:[a-z]{{2}})?(?:,? {_YEAR})?",
        # What is longer than a day:
        _YEAR,
        rf"{_YEAR}[-/]{_NUMBER}",
        rf"{_NUMBER}[-/.]{_YEAR}",
        *(form for part in (_QUARTER, _MONTH) for form in (part, rf"{part}{_APART}{_YEAR}", rf"{_YEAR}{_APART}{part}")),
    )
]
_TO = re.compile(
    r" ?(?:\.{2,3}|–|—| - | (?:to|until|till|through) ) ?|(?<=[a-z])-(?=[a-z])|(?<=[0-9]{4})-(?=[0-9]{4}$)"
)
_IDLE = re.compile(r"^from |\bthe\b['’]? ?")
_SINCE = re.compile(r"since (.+)")
_UNIT = "(?P<unit>week|month|quarter|year)"
_PAST = "last|previous|past"
_CALLED = re.compile(rf"(?:(?P<before>this|{_PAST}) )?{_UNIT}(?:[ -](?P<after>this|{_PAST}))?")


class UnknownPeriod(UnknownWord):
    """What was typed is no period."""


@dataclass(eq=False)
class BackwardPeriod(Refusal):
    """A period that ends before it begins, as it was typed."""

    word: str


@dataclass(eq=False)
class FuturePeriod(Refusal):
    """A period that has not begun, as it was typed."""

    word: str


class Period(StrEnum):
    """A period up to now. The week is the club's own, since its last slot; the others follow the calendar."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


def start_of(period: Period, now: datetime, zone: ZoneInfo, week_began: datetime) -> datetime | None:
    """When the `period` with `now` in it began in `zone`, as an instant (UTC); None for all of it."""
    if period is Period.ALL:
        return None
    if period is Period.WEEK:
        return week_began.astimezone(UTC)
    return instant_of(_first_day(period, now.astimezone(zone).date()), time(0), zone)


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
    """The period that these English words name.

    It is a Period, this or last month, 2026, q3, q3 2026, may, 2026-05, 2026-01-15, 15 january; two of these, a..b; or
    one that goes on, since a.

    Words are in small letters and without accents, with one space between. A quarter, month or day without its year is
    the latest that has begun `today`; before one that has its year it is the latest before that, and after one the next
    after it. Raises UnknownPeriod, and BackwardPeriod for one that ends before it begins.
    """
    typed = _IDLE.sub("", typed)
    if typed == Period.ALL:
        return Period.ALL
    if called := _CALLED.fullmatch(typed):
        unit = Period(called["unit"])
        return unit if {called["before"], called["after"]} <= {None, "this"} else _before(unit, today)
    if since_then := _SINCE.fullmatch(typed):
        first_day = _days(since_then[1], today).first
        return Days(first_day, max(first_day, today))
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


def _first_day(period: Period, day: date) -> date:
    """The first day of the week (a Monday), month, quarter or year that has `day` in it."""
    match period:
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case _:
            return day.replace(month=1, day=1)


def _before(period: Period, day: date) -> Days:
    """The whole week, month, quarter or year before the one that has `day` in it."""
    last = _first_day(period, day) - timedelta(days=1)
    return Days(_first_day(period, last), last)


def _days(typed: str, latest: date) -> Days:
    """One day, month, quarter or year; without its year, the latest that begins on `latest` or before."""
    try:
        for pattern in _DATED:
            if found := pattern.fullmatch(typed):
                return _dated(found.groupdict(), latest)
    except ValueError:  # there is no such day or month
        pass
    raise UnknownPeriod(cut(typed, _MAX_WORD))


def _dated(said: dict[str, str | None], latest: date) -> Days:
    quarter, name, number = said.get("quarter") or said.get("nth"), said.get("month"), said.get("number")
    if quarter:
        month, months = 3 * int(quarter) - 2, 3
    elif name:
        month, months = MONTHS.index(name) + 1, 1
    else:
        month, months = (int(number), 1) if number else (1, 12)
    year = int(said.get("year") or latest.year)
    first = date(year, month, int(said.get("day") or 1))
    if not said.get("year") and first > latest:
        first = first.replace(year=year - 1)
    if said.get("day"):
        return Days(first, first)
    last_month = month + months - 1
    return Days(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))
