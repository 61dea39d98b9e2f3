"""What a period is called."""

from datetime import date, datetime, time, timedelta

from markupsafe import Markup

from bot.domain.periods import BackwardPeriod, Days, FuturePeriod, Period, Stretch, UnknownPeriod, read_stretch
from bot.texts.language import Language
from bot.texts.vocabulary import in_english, plain


def none_given(lang: Language, *, is_over: bool) -> Markup:
    """Nobody gave a referral in a period, which is over or goes on."""
    if is_over:
        return lang.t("None in that time.")
    return lang.t("None yet. Who did you meet that one of us could help?")


def read(typed: str, today: date, unsaid: Period) -> Stretch:
    """The period that was typed, in any language; `unsaid` where nothing was.

    Raises UnknownPeriod, BackwardPeriod and FuturePeriod.
    """
    if not plain(typed):
        return unsaid
    try:
        stretch = read_stretch(in_english("period", typed), today)
    except (UnknownPeriod, BackwardPeriod) as refused:
        raise type(refused)(typed) from None  # as it was typed, not in English
    if isinstance(stretch, Days) and stretch.first > today:
        raise FuturePeriod(typed)
    return stretch


def called(lang: Language, period: Stretch, since: datetime | None, last_day: date) -> str:
    """The period that began then (local; None: ever) and goes up to this day."""
    if since is None or period is Period.ALL:
        return lang.plain("all time")
    if isinstance(period, Days):
        return between(lang, period.first, period.last, last_day)
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


def between(lang: Language, first: date | None, last: date, today: date) -> str:
    """The days from the first (None: since ever) to the last, both in it, as exactly as a file's reader needs it."""
    if first is None:
        return lang.plain("all time") if last >= today else lang.plain("up to {date}", date=lang.dated(last))
    month, months = first.month, 12 * (last.year - first.year) + last.month - first.month + 1
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (month - 1) % months == 0:
        match months:
            case 1:
                return lang.month(datetime.combine(first, time()))
            case 3:
                return lang.plain("quarter {quarter} of {year}", quarter=(month + 2) // 3, year=first.year)
            case 12:
                return str(first.year)
    return lang.dated(first) if first >= last else f"{lang.dated(first)} – {lang.dated(last)}"
