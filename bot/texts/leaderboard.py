"""The ranking, the week, and one's own figures."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.directions import isolated
from bot.domain.models import MemberFigures
from bot.domain.names import utf16_length
from bot.domain.periods import Period
from bot.domain.ranking import Standing
from bot.services.leaderboards import News, Ranking
from bot.texts.language import Language

FIGURE_SPACE = "\u2007"
PHONE_WIDTH = 36
"""Characters that fit on a line of a narrow phone."""
MAX_NAMES = 10


def board(lang: Language, shown: Ranking) -> Markup:
    """The leaderboard: who gave referrals."""
    title = lang.t("🏆 <b>Referrals given, {period}</b>", period=_period(lang, shown))
    if not shown.standings:
        return Markup("\n").join([title, lang.t("None yet. Who did you meet that one of us could help?"), _how(lang)])
    width = len(str(shown.standings[-1].rank))
    rows = [_row(lang, standing, shown, width) for standing in shown.standings]
    return Markup("\n").join([title, *rows, Markup(""), _totals(lang, shown), *_news(lang, shown.news), _how(lang)])


def week(lang: Language, shown: Ranking) -> Markup:
    """The weekly post; one encouraging line when nobody gave."""
    if shown.total == 0:
        quiet = lang.t("A quiet week in the club ({days}): no referrals written down.", days=_period(lang, shown))
        ask = lang.t("Who did you meet that one of us could help?")
        thanked = [lang.n("{count} was thanked.", "{count} were thanked.", shown.thanked)] if shown.thanked else []
        first = Markup(" ").join([quiet, *thanked, ask])
        return Markup("\n").join([first, *_news(lang, shown.news), _how(lang)])
    return board(lang, shown)


def _row(lang: Language, standing: Standing, shown: Ranking, width: int) -> Markup:
    rank = str(standing.rank).rjust(width, FIGURE_SPACE)
    row = Markup("{}  <b>{}</b>  {}").format(rank, isolated(shown.names[standing.member_id]), standing.given)
    if standing.first_time:
        return row + "  " + lang.t("first time!")
    if standing.change:
        row += Markup("  {}{}").format("▲" if standing.change > 0 else "▼", abs(standing.change))
    weeks = shown.news.streaks.get(standing.member_id)
    if weeks is None:
        return row
    streak = lang.n("{count} week in a row", "{count} weeks in a row", weeks)
    fits = utf16_length(f"{row.striptags()}  {streak}") <= PHONE_WIDTH
    return row + ("  " if fits else f"\n{FIGURE_SPACE * width}  ") + streak


def _news(lang: Language, news: News) -> list[Markup]:
    said = []
    if news.first_timers:
        said.append(lang.t("First time, too: {names}!", names=few(lang, news.first_timers, MAX_NAMES)))
    if news.thanked:
        said.append(lang.t("Thanked this week: {names}.", names=few(lang, news.thanked, MAX_NAMES)))
    return said


def few(lang: Language, names: Sequence[str], limit: int) -> Markup:
    """The first of these names as a list, and how many more there are."""
    shown = [Markup("{}").format(name) for name in names[:limit]]
    if len(names) > limit:
        shown.append(lang.n("{count} more", "{count} more", len(names) - limit))
    return lang.names(shown)


def _totals(lang: Language, shown: Ranking) -> Markup:
    if shown.before is None:
        return lang.t("{given} in all, {thanked} thanked.", given=shown.total, thanked=shown.thanked)
    return lang.t(
        "{given} in all ({before} the week before), {thanked} thanked.",
        given=shown.total,
        before=shown.before,
        thanked=shown.thanked,
    )


def _how(lang: Language) -> Markup:
    return lang.t("Someone you know needs a hand? <code>/refer @name contact: need</code>")


def _period(lang: Language, shown: Ranking) -> str:
    if shown.since is None or shown.period is Period.ALL:
        return lang.plain("all time")
    match shown.period:
        case Period.MONTH:
            return lang.month(shown.since)
        case Period.QUARTER:
            quarter = (shown.since.month - 1) // 3 + 1
            return lang.plain("quarter {quarter} of {year}", quarter=quarter, year=shown.since.year)
        case Period.YEAR:
            return str(shown.since.year)
        case _:
            return lang.days(shown.since.date(), shown.last_day)


def my_stats(lang: Language, club: str, figures: MemberFigures) -> Markup:
    """One's own figures in a club."""
    return Markup("\n").join(
        [
            lang.t("Your figures in <b>{club}</b>", club=club),
            lang.t("Given: <b>{count}</b>", count=figures.given),
            lang.t("Received: <b>{count}</b>", count=figures.received),
            lang.t("Not thanked for yet: <b>{count}</b>", count=figures.open),
            lang.t(
                "Thanks said: <b>{said}</b>, thanks received: <b>{received}</b>",
                said=figures.thanks_given,
                received=figures.thanks_received,
            ),
            lang.t(
                "One-to-ones: <b>{met}</b>, visitors brought: <b>{visitors}</b>",
                met=figures.met,
                visitors=figures.visitors,
            ),
        ]
    )
