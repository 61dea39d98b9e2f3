"""The periods over which a club counts."""

from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import UnknownWord
from bot.domain.graphemes import cut
from bot.domain.names import strip_invisible
from bot.domain.slots import instant_of

_MAX_WORD = 40


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
