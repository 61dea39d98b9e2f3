"""Recipes of leaderboard cards, for tests that are about pictures."""

from collections.abc import Sequence
from typing import Any

FIRST_TIME = "first time!"
FOOT = (
    {"figure": "23", "words": ["referrals given", "19 the week before"]},
    {"figure": "6", "words": ["times thanked"]},
    {"figure": "67%", "words": ["of the business in 2026 so far came through people you know"]},
)


def row(
    rank: int, name: str, given: int, change: int | None = None, note: str = "", *, new: bool = False
) -> dict[str, Any]:
    """Someone's place in the ranking."""
    return {
        **{"rank": rank, "name": name, "given": given, "count": f"{given:,}", "change": change},
        **{"note": FIRST_TIME if new else note, "new": new},
    }


def card(
    *rows: dict[str, Any], foot: Sequence[dict[str, Any]] = FOOT, title: str = "Kring <Gent> & co"
) -> dict[str, Any]:
    """The recipe of a card with these rows."""
    return {
        **{"picture": "leaderboard", "title": title, "about": "Referrals given, 16–22 November"},
        **{"rows": list(rows), "foot": list(foot), "none": "None yet. Who did you meet that one of us could help?"},
    }
