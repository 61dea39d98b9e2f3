"""The ranking, the week, and one's own figures."""

from collections.abc import Sequence
from math import inf
from typing import Any

from markupsafe import Markup

from bot.domain.directions import isolated
from bot.domain.models import MemberFigures
from bot.domain.names import shown_length
from bot.domain.ranking import Standing
from bot.services.leaderboards import News, Ranking
from bot.services.value import SoFar
from bot.texts.language import Language
from bot.texts.periods import called, none_given

FIGURE_SPACE = "\u2007"
PHONE_WIDTH = 36
"""Characters that fit on a line of a narrow phone."""
MAX_NAMES = 10


def board(lang: Language, shown: Ranking, news: Sequence[Markup] = ()) -> Markup:
    """The leaderboard: who gave referrals."""
    title = lang.t("🏆 <b>Referrals given, {period}</b>", period=_period(lang, shown))
    if not shown.total:
        return Markup("\n").join([title, none_given(lang, is_over=shown.is_over), _how(lang)])
    width = len(str(max((standing.rank for standing in shown.standings), default=0)))
    rows = [*(_row(lang, standing, shown, width) for standing in shown.standings), Markup("")]
    totals = [_totals(lang, shown), *_indirect(lang, shown.indirect)]
    return Markup("\n").join([title, *(rows if shown.standings else ()), *totals, *news, _how(lang)])


def week(lang: Language, shown: Ranking, room: float = inf) -> Markup:
    """The weekly post; one encouraging line when nobody gave.

    Where it would be longer than `room`, in UTF-16 units, fewer names are in its news if that makes it fit; all ranks
    stay.
    """
    whole = _week(lang, shown, MAX_NAMES, MAX_NAMES)
    if shown_length(whole) <= room:
        return whole
    fewer = [(MAX_NAMES, thanked) for thanked in range(MAX_NAMES - 1, -1, -1)]
    fewer += [(beginners, 0) for beginners in range(MAX_NAMES - 1, 0, -1)]
    posts = (_week(lang, shown, *limits) for limits in fewer)
    return next((post for post in posts if shown_length(post) <= room), whole)


def card(lang: Language, club: str, shown: Ranking) -> dict[str, Any]:
    """The recipe of the ranking's picture, which says what the post does: see bot/pictures/leaderboard.py."""
    given = [lang.n("referral given", "referrals given", shown.total).unescape()]
    if shown.before is not None:
        given.append(lang.plain("{before} the week before", before=lang.number(shown.before)))
    thanked = lang.n("time thanked", "times thanked", shown.thanked).unescape()
    foot = [
        {"figure": lang.number(shown.total), "words": given},
        {"figure": lang.number(shown.thanked), "words": [thanked]},
    ]
    if shown.indirect is not None:
        percent, came = lang.percent(shown.indirect.percent), _came(lang, shown.indirect)
        foot.append({"figure": percent, "words": [came]})
    return {
        "picture": "leaderboard",
        "title": club,
        "about": lang.plain("Referrals given, {period}", period=_period(lang, shown)),
        "rows": [_card_row(lang, standing, shown) for standing in shown.standings],
        "none": none_given(lang, is_over=shown.is_over).unescape(),
        "foot": foot if shown.total else [],
    }


def _card_row(lang: Language, standing: Standing, shown: Ranking) -> dict[str, Any]:
    weeks = shown.news.streaks.get(standing.member_id)
    note = lang.plain("first time!") if standing.first_time else _streak(lang, weeks).unescape() if weeks else ""
    return {
        "rank": standing.rank,
        "name": shown.names[standing.member_id],
        "given": standing.given,
        "count": lang.number(standing.given),
        "change": None if standing.first_time else standing.change,
        "note": note,
        "new": standing.first_time,
    }


def _week(lang: Language, shown: Ranking, beginners: int, thanked: int) -> Markup:
    """The weekly post with so many names at most of who gave for the first time, and of who was thanked."""
    news = _news(lang, shown.news, beginners, thanked)
    if shown.total == 0:
        quiet = lang.t("A quiet week in the club ({days}): no referrals written down.", days=_period(lang, shown))
        ask = lang.t("Who did you meet that one of us could help?")
        said = [lang.n("{count} was thanked.", "{count} were thanked.", shown.thanked)] if shown.thanked else []
        first = Markup(" ").join([quiet, *said, ask])
        return Markup("\n").join([first, *news, _how(lang)])
    return board(lang, shown, news)


def _row(lang: Language, standing: Standing, shown: Ranking, width: int) -> Markup:
    rank = str(standing.rank).rjust(width, FIGURE_SPACE)
    name, given = isolated(shown.names[standing.member_id]), lang.number(standing.given)
    row = Markup("{}  <b>{}</b>  {}").format(rank, name, given)
    if standing.first_time:
        return row + "  " + lang.t("first time!")
    if standing.change:
        row += Markup("  {}{}").format("▲" if standing.change > 0 else "▼", abs(standing.change))
    weeks = shown.news.streaks.get(standing.member_id)
    if weeks is None:
        return row
    streak = _streak(lang, weeks)
    fits = shown_length(f"{row}  {streak}") <= PHONE_WIDTH
    return row + ("  " if fits else f"\n{FIGURE_SPACE * width}  ") + streak


def _streak(lang: Language, weeks: int) -> Markup:
    return lang.n("{count} week in a row", "{count} weeks in a row", weeks)


def _news(lang: Language, news: News, beginners: int, thanked: int) -> list[Markup]:
    said = []
    if news.first_timers:
        said.append(lang.t("First time, too: {names}!", names=few(lang, news.first_timers, beginners)))
    if news.thanked and thanked:
        said.append(lang.t("Thanked: {names}.", names=few(lang, news.thanked, thanked)))
    return said


def few(lang: Language, names: Sequence[str], limit: int) -> Markup:
    """The first of these names as a list, and how many more there are."""
    shown = [Markup("{}").format(name) for name in names[:limit]]
    if len(names) > limit:
        shown.append(lang.n("{count} more", "{count} more", len(names) - limit))
    return lang.names(shown)


def _totals(lang: Language, shown: Ranking) -> Markup:
    given, thanked = lang.number(shown.total), lang.number(shown.thanked)
    if shown.before is None:
        return lang.t("{given} in all, {thanked} thanked.", given=given, thanked=thanked)
    return lang.t(
        "{given} in all ({before} the week before), {thanked} thanked.",
        given=given,
        before=lang.number(shown.before),
        thanked=thanked,
    )


def _indirect(lang: Language, share: SoFar | None) -> list[Markup]:
    if share is None:
        return []
    percent = lang.percent(share.percent)
    if share.thanks is None:
        sentence = lang.t(
            "In {year} so far, <b>{percent}</b> of the business came through people you know.",
            year=share.year,
            percent=percent,
        )
    else:
        sentence = lang.n(
            "In {year} so far, <b>{percent}</b> of {count} thanks came through people you know.",
            "In {year} so far, <b>{percent}</b> of {count} thanks came through people you know.",
            share.thanks,
            year=share.year,
            percent=percent,
        )
    return [sentence]


def _came(lang: Language, share: SoFar) -> str:
    """What the share is of, to stand under its percents."""
    if share.thanks is None:
        return lang.plain("of the business in {year} so far came through people you know", year=share.year)
    return lang.n(
        "of {count} thanks in {year} so far came through people you know",
        "of {count} thanks in {year} so far came through people you know",
        share.thanks,
        year=share.year,
    ).unescape()


def _how(lang: Language) -> Markup:
    return lang.t("Someone you know needs a hand? <code>/refer @name contact: need</code>")


def _period(lang: Language, shown: Ranking) -> str:
    return called(lang, shown.period, shown.since, shown.last_day)


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
