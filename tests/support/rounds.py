"""Recipes of circles, for tests that are about pictures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

FOOT = (
    {"figure": "31", "words": ["referrals, given by 12, received by 14"]},
    {"figure": "24", "words": ["second degree: people you know"]},
    {"figure": "7", "words": ["third and further: people they know"]},
)


def club(
    names: Sequence[str],
    arrows: Mapping[tuple[int, int], int],
    third: Mapping[int, int] | None = None,
    *,
    title: str = "Kring <Gent> & co",
    note: str = "",
) -> dict[str, Any]:
    """The circle of a club with these members, arrows between them and people reached in the third degree."""
    given = Counter[int]()
    for (giver, _), strength in arrows.items():
        given[giver] += strength
    tied = {each for pair in arrows for each in pair}
    members = [
        {
            **{"name": name, "given": given[at], "linked": at in tied},
            **{"second": given[at], "third": (third or {}).get(at, 0)},
        }
        for at, name in enumerate(names)
    ]
    return {
        **{"picture": "circle", "title": title, "about": "The circle, quarter 4 of 2026", "members": members},
        **{"arrows": [[*pair, strength] for pair, strength in arrows.items()], "foot": list(FOOT), "note": note},
    }
