"""What is said about the club's circle, and what its picture shows."""

from math import inf
from typing import Any

from markupsafe import Markup

from bot.domain.directions import isolated
from bot.domain.names import shown_length
from bot.services.circles import Circle
from bot.texts.language import Language
from bot.texts.periods import called, none_given


def caption(lang: Language, shown: Circle, room: float = inf) -> Markup:
    """What the picture shows, in words. Who has no link yet is counted in them, and named by the picture alone.

    Where they would be longer than `room`, in UTF-16 units, they name fewer pairs if that makes them fit.
    """
    captions = [_caption(lang, shown, pairs) for pairs in range(len(shown.strongest), -1, -1)]
    return next((each for each in captions if shown_length(each) <= room), captions[0])


def recipe(lang: Language, club: str, shown: Circle) -> dict[str, Any]:
    """The recipe of the picture: see bot/pictures/circle.py."""
    given = lang.n(
        "referral, given by {givers}, received by {takers}",
        "referrals, given by {givers}, received by {takers}",
        shown.given,
        givers=lang.number(shown.givers),
        takers=lang.number(shown.takers),
    )
    foot = (
        (shown.given, given.unescape()),
        (shown.second, lang.plain("second degree: people you know")),
        (shown.third, lang.plain("third and further: people they know")),
    )
    return {
        "picture": "circle",
        "title": club,
        "about": lang.plain("The circle, {period}", period=_period(lang, shown)),
        "members": [
            {"name": seat.name, "given": seat.given, "linked": seat.linked, "second": seat.second, "third": seat.third}
            for seat in shown.seats
        ],
        "arrows": [list(arrow) for arrow in shown.arrows],
        "foot": [{"figure": lang.number(figure), "words": [words]} for figure, words in foot],
        "note": "".join(part.unescape() for part in _not_all(lang, shown)),
    }


def _caption(lang: Language, shown: Circle, pairs: int) -> Markup:
    title = lang.t("⭕ <b>The circle, {period}</b>", period=_period(lang, shown))
    said = _figures(lang, shown, pairs) if shown.given else [none_given(lang, is_over=shown.is_over)]
    how = lang.t("Someone you know needs a hand? <code>/refer @name contact: need</code>")
    return Markup("\n").join([title, *said, how])


def _figures(lang: Language, shown: Circle, pairs: int) -> list[Markup]:
    said = [
        lang.n(
            "<b>{given}</b> referral, given by {givers} and received by {takers}.",
            "<b>{given}</b> referrals, given by {givers} and received by {takers}.",
            shown.given,
            given=lang.number(shown.given),
            givers=lang.number(shown.givers),
            takers=lang.number(shown.takers),
        )
    ]
    if pairs:
        strongest = [_pair(lang, *pair) for pair in shown.strongest[:pairs]]
        said.append(lang.t("Strongest: {pairs}.", pairs=lang.names(strongest)))
    said.append(
        lang.t(
            "Outside the club: <b>{second}</b> in the second degree, the people you know, and <b>{third}</b> in the"
            " third and further, the people they know.",
            second=lang.number(shown.second),
            third=lang.number(shown.third),
        )
    )
    if shown.waiting:
        said.append(
            lang.n(
                "{count} member still waits for an arrow: who could be the first to draw it?",
                "{count} members still wait for an arrow: who could be the first to draw one?",
                shown.waiting,
            )
        )
    if shown.left:
        said.append(lang.t("Who left the club counts, and is not in the picture."))
    return [*said, *_not_all(lang, shown)]


def _not_all(lang: Language, shown: Circle) -> list[Markup]:
    if len(shown.seats) >= shown.members:
        return []
    return [
        lang.t(
            "In the picture: {shown} of {members} members, those with the most links.",
            shown=lang.number(len(shown.seats)),
            members=lang.number(shown.members),
        )
    ]


def _pair(lang: Language, giver: str, taker: str, count: int) -> Markup:
    gave, took = (Markup("<b>{}</b>").format(isolated(name)) for name in (giver, taker))
    return lang.t("{giver} → {recipient} ({count})", giver=gave, recipient=took, count=lang.number(count))


def _period(lang: Language, shown: Circle) -> str:
    return called(lang, shown.period, shown.since, shown.last_day)
