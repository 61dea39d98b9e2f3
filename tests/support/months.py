"""Recipes of members' months, for tests that are about pictures."""

from collections.abc import Sequence
from typing import Any

from bot.services.month import WEEKS

FOOT = (
    {"figure": "12", "words": ["given in all"]},
    {"figure": "9", "words": ["received in all"]},
    {"figure": "5", "words": ["times thanked"]},
)
KINDS = ("further on, through them", "thanks for business that came of it")


def tie(name: str, given: int = 1, received: int = 0, *further: tuple[str, str]) -> dict[str, Any]:
    """A member of the circle, with what is further on: its words, and given, received or business."""
    items = [{"words": words, "kind": kind} for words, kind in further]
    return {"name": name, "given": given, "received": received, "further": items}


def weeks(*counts: tuple[int, int]) -> list[dict[str, Any]]:
    """The last weeks: what was given in each, and received."""
    days = [f"{7 * number + 1} Nov" for number in range(WEEKS)]
    return [
        {"began": began, "given": [given, str(given)], "received": [received, str(received)]}
        for began, (given, received) in zip(days[-len(counts) :], counts, strict=True)
    ]


def month(
    *ties: dict[str, Any],
    shown: Sequence[dict[str, Any]] = (),
    name: str = "Anna",
    more: str = "",
    key: Sequence[str] = ("7 given", "4 received"),
    kinds: Sequence[str] = KINDS,
) -> dict[str, Any]:
    """The recipe of a month with these ties."""
    return {
        **{"picture": "month", "title": name, "name": name, "about": "Kring <Gent> & co, the last 8 weeks"},
        **{"key": list(key), "weeks": list(shown) or weeks((1, 0), (0, 0), (2, 1)), "circle": "Your circle"},
        **{"ties": list(ties), "kinds": list(kinds), "more": more, "foot": list(FOOT)},
    }
