"""What a period is called."""

from datetime import date, datetime

from bot.domain.periods import Period
from bot.texts.language import Language


def called(lang: Language, period: Period, since: datetime | None, last_day: date) -> str:
    """The period that began then (local; None: ever) and goes up to this day."""
    if since is None or period is Period.ALL:
        return lang.plain("all time")
    match period:
        case Period.MONTH:
            return lang.month(since)
        case Period.QUARTER:
            quarter = (since.month - 1) // 3 + 1
            return lang.plain("quarter {quarter} of {year}", quarter=quarter, year=since.year)
        case Period.YEAR:
            return str(since.year)
        case _:
            return lang.days(since.date(), last_day)
