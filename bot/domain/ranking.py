"""Who gave most: the one thing Kring ranks."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.domain.sorting import SortKey


@dataclass(frozen=True)
class Standing:
    """A member's place among those who gave.

    `given`: referrals given, at least one. `change`: places climbed since the time before (negative: lost);
    None for someone who had no place then. `first_time`: never gave before.
    """

    rank: int
    member_id: int
    given: int
    change: int | None
    first_time: bool


def rank(
    given: Mapping[int, int],
    before: Mapping[int, int] | None = None,
    ever_before: Collection[int] = (),
    top: int = 10,
    order: Callable[[int], str | SortKey] = lambda member_id: "",
) -> list[Standing]:
    """The standings by referrals given, at most `top` people; equals share a rank: 1, 2, 2, 4.

    `given` and `before` are referrals by member id, now and the time before. The ranks of the time before are
    taken among the same people, the keys of `given`: pass members with zero too if their places then should
    count. Who gave nothing has no place. Equals stand in the order of `order(member_id)`, then of the ids.
    """
    ranks = _ranks(given)
    ranks_before = _ranks({member: count for member, count in (before or {}).items() if member in given})
    first_to_last = sorted(ranks, key=lambda member: (ranks[member], order(member), member))
    return [
        Standing(
            rank=ranks[member],
            member_id=member,
            given=given[member],
            change=ranks_before[member] - ranks[member] if member in ranks_before else None,
            first_time=member not in ever_before,
        )
        for member in first_to_last[: max(top, 0)]
    ]


def _ranks(given: Mapping[int, int]) -> dict[int, int]:
    """One more than the number of people who gave more, for everyone who gave."""
    counts = sorted(-count for count in given.values())
    return {member: 1 + bisect_left(counts, -count) for member, count in given.items() if count > 0}
