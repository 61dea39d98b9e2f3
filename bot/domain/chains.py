"""Chains: one referral comes out of another. A link leads from the later to the one before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.alike import Introduced, words
from bot.domain.models import Referral

Links = Mapping[int, int | None]
"""The referral before each; None for the first of a chain. Ids or numbers, as long as they are of one kind."""


@dataclass(frozen=True)
class Branch:
    """One referral's place in the drawing of its chain; `stem` is what stands before it on its line."""

    id: int
    stem: str


def ancestors(of: int, links: Links) -> list[int]:
    """Those that it came out of, the nearest first. Links that lead nowhere end it, and so would a loop."""
    found: list[int] = []
    seen = {of}
    before = links.get(of)
    while before is not None and before not in seen:
        found.append(before)
        seen.add(before)
        before = links.get(before)
    return found


def first_of(of: int, links: Links) -> int | None:
    """The first of the chain that it came out of; None when it is that itself."""
    before = ancestors(of, links)
    return before[-1] if before else None


def makes_loop(later: int, before: int, links: Links) -> bool:
    """Would a link from `later` to `before` close a loop?"""
    return later == before or later in ancestors(before, links)


def tree(first: int, links: Links) -> list[Branch]:
    """The chain that begins with `first`, each after the one it came out of, in the order of their ids."""
    after: dict[int, list[int]] = {}
    for later, before in sorted(links.items(), reverse=True):
        if before is not None:
            after.setdefault(before, []).append(later)
    drawn: list[Branch] = []
    waiting = [(first, "", "")]
    while waiting:
        id_, stem, below = waiting.pop()
        drawn.append(Branch(id_, stem))
        # The last to come is the first in the list, and is drawn last.
        for place, later in enumerate(after.pop(id_, [])):
            waiting.append((later, below + ("└ " if place == 0 else "├ "), below + ("  " if place == 0 else "│ ")))
    return drawn


def same_contact(one: Introduced | Referral, other: Introduced | Referral) -> bool:
    """Are the two probably about the same person? By a phone number or address, else by the name, loosely."""
    if _parts(one.phone) & _parts(other.phone) or _parts(one.email) & _parts(other.email):
        return True
    mine, theirs = set(words(one.contact)), set(words(other.contact))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _parts(details: str) -> set[str]:
    return {re.sub(r"\s", "", part).casefold() for part in details.split(",") if part.strip()}
