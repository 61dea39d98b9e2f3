"""A member's month: as a picture, and in the words under it."""

from typing import Any

from markupsafe import Markup

from bot.domain.models import MemberFigures
from bot.domain.names import shown_length
from bot.services.month import Month, Tie
from bot.texts.language import Language
from bot.texts.leaderboard import MAX_NAMES, few

SHOWN_TIES = 10
"""So many members at most are around the one in the middle of the picture."""
SHOWN_FURTHER = 2
"""So many beyond each of them; where there are more, one name stands for as many as there are."""


def told(lang: Language, shown: Month, room: float) -> Markup:
    """What the picture shows, in words; fewer names where it would be longer than `room`, in UTF-16 units.

    Nothing for who has neither given nor received.
    """
    said = (_told(lang, shown, names) for names in range(MAX_NAMES, 1, -1))
    return next((words for words in said if shown_length(words) <= room), _told(lang, shown, 1))


def _told(lang: Language, shown: Month, names: int) -> Markup:
    said = []
    if any(week.given or week.received for week in shown.weeks):
        given, received = (
            ", ".join(lang.number(number) for number in numbers)
            for numbers in ([week.given for week in shown.weeks], [week.received for week in shown.weeks])
        )
        said.append(
            lang.n(
                "This week: given <b>{given}</b>, received <b>{received}</b>",
                "Week by week, for {count} weeks up to now: given <b>{given}</b>; received <b>{received}</b>",
                len(shown.weeks),
                given=given,
                received=received,
            )
        )
    if shown.ties:
        circle = few(lang, [tie.name for tie in shown.ties], names)
        said.append(lang.t("Your circle: <b>{names}</b>", names=circle))
    if further := list(dict.fromkeys(name for tie in shown.ties for name in (*tie.went_on, *tie.came_from))):
        said.append(lang.t("Further on, through them: {names}", names=few(lang, further, names)))
    if business := sum(tie.business for tie in shown.ties):
        said.append(lang.t("Thanks for business that came of it: <b>{count}</b>", count=business))
    return Markup("\n").join(said)


def recipe(lang: Language, club: str, shown: Month, figures: MemberFigures) -> dict[str, Any]:
    """The recipe of the picture: see bot/pictures/month.py and ties.py."""
    weeks, more = shown.weeks, len(shown.ties) - SHOWN_TIES
    given, received = sum(week.given for week in weeks), sum(week.received for week in weeks)
    return {
        "picture": "month",
        "title": shown.name,
        "about": lang.n("{club}, this week", "{club}, the last {count} weeks", len(weeks), club=club).unescape(),
        "key": [
            lang.n("{count} given", "{count} given", given).unescape(),
            lang.n("{count} received", "{count} received", received).unescape(),
        ],
        "weeks": [
            {
                "began": lang.date(week.began, short=True),
                "given": [week.given, lang.number(week.given)],
                "received": [week.received, lang.number(week.received)],
            }
            for week in weeks
        ],
        "circle": lang.plain("Your circle"),
        "name": shown.name,
        "ties": [_tie(lang, tie) for tie in shown.ties[:SHOWN_TIES]],
        "kinds": [lang.plain("further on, through them"), lang.plain("thanks for business that came of it")],
        "more": lang.n("and {count} more member", "and {count} more members", more).unescape() if more > 0 else "",
        "foot": [
            _figure(lang, figures.given, lang.n("given in all", "given in all", figures.given)),
            _figure(lang, figures.received, lang.n("received in all", "received in all", figures.received)),
            _figure(lang, figures.thanks_received, lang.n("time thanked", "times thanked", figures.thanks_received)),
        ],
    }


def _tie(lang: Language, tie: Tie) -> dict[str, Any]:
    further = [{"words": lang.known(name), "kind": "given"} for name in tie.went_on]
    further += [{"words": lang.known(name), "kind": "received"} for name in tie.came_from]
    if len(further) > SHOWN_FURTHER:
        rest = f"+{lang.number(len(further) - SHOWN_FURTHER + 1)}"
        further = [*further[: SHOWN_FURTHER - 1], {"words": rest, "kind": further[SHOWN_FURTHER - 1]["kind"]}]
    if tie.business:
        further.append({"words": lang.number(tie.business), "kind": "business"})
    return {"name": lang.known(tie.name), "given": tie.given, "received": tie.received, "further": further}


def _figure(lang: Language, number: int, words: Markup) -> dict[str, Any]:
    return {"figure": lang.number(number), "words": [words.unescape()]}
