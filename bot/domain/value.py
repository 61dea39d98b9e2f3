"""How much of what a club earned came through people its members know, told without giving anyone's amount away."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

GOOD_NETWORK = 90
"""Percent of the return that is indirect, for a good networker."""
FEWEST = 3
"""With fewer people behind them, amounts are not shown, nor what is counted from them."""
INDIRECT = 2
"""Business of this degree and further came through people the members know."""


@dataclass(frozen=True)
class Business:
    """Business that `from_id` thanked `to_id` for; None where nobody told the degree, or an amount.

    `minor` is the amount in the smallest unit of the club's currency; `foreign`: it was in another one.
    """

    from_id: int
    to_id: int
    degree: int | None
    minor: int | None = None
    foreign: bool = False


@dataclass(frozen=True)
class Share:
    """How much of the whole was indirect: entries, or amounts."""

    indirect: int
    whole: int

    @property
    def percent(self) -> int:
        """In whole percents: 0 only for none of it and 100 only for all."""
        if self.indirect in (0, self.whole):
            return 100 if self.indirect else 0
        return min(99, max(1, round(100 * self.indirect / self.whole)))


def by_count(entries: Sequence[Business]) -> Share | None:
    """The share of the entries whose degree is known; None without any."""
    known = [entry for entry in entries if entry.degree is not None]
    return Share(sum(_is_indirect(entry) for entry in known), len(known)) if known else None


def by_amount(entries: Sequence[Business]) -> Share | None:
    """The share of the amounts whose degree is known; None without any. For the thanker's own eyes."""
    known = [entry for entry in entries if entry.degree is not None and entry.minor is not None]
    whole = sum(entry.minor or 0 for entry in known)
    return Share(sum(entry.minor or 0 for entry in known if _is_indirect(entry)), whole) if known else None


def by_amount_for_all(entries: Sequence[Business]) -> Share | None:
    """The same for everyone's eyes: None where it could give away the amounts of one person."""
    known = [entry for entry in entries if entry.degree is not None and entry.minor is not None]
    return by_amount(known) if enough_people({(entry.from_id, entry.to_id) for entry in known}) else None


def enough_people(pairs: Collection[tuple[int, int]]) -> bool:
    """Are amounts of these (thanker, thanked) safe to be added up before everyone?

    At least three on each side; and whoever takes away the amounts that they know, as one of the two concerned, is
    left with those of more than one other person on each side, or with none.
    """
    takers_of: dict[int, set[int]] = defaultdict(set)
    givers_of: dict[int, set[int]] = defaultdict(set)
    for giver, taker in pairs:
        takers_of[giver].add(taker)
        givers_of[taker].add(giver)
    if min(len(takers_of), len(givers_of)) < FEWEST:
        return False
    only_with_taker, only_with_giver = _only_with(takers_of), _only_with(givers_of)
    for person in takers_of.keys() | givers_of.keys():
        givers = len(takers_of) - (person in takers_of) - only_with_taker[person]
        takers = len(givers_of) - (person in givers_of) - only_with_giver[person]
        if givers and min(givers, takers) < FEWEST - 1:
            return False
    return True


def _only_with(others_of: Mapping[int, Collection[int]]) -> Counter[int]:
    """How many have to do with nobody but this one."""
    return Counter(
        next(iter(others)) for person, others in others_of.items() if len(others) == 1 and person not in others
    )


def _is_indirect(entry: Business) -> bool:
    return entry.degree is not None and entry.degree >= INDIRECT
