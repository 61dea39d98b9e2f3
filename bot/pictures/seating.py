"""Who sits beside whom: an order around a table in which those who exchange much are near each other."""

from collections.abc import Collection, Mapping, Sequence

Ties = Mapping[tuple[int, int], int]
"""How strong the tie between two is, of whichever sides there is one."""
_ROUNDS = 20
"""How often the table is gone over at most; it is still long before that."""


def seated(size: int, ties: Ties) -> list[int]:
    """The numbers below `size` in their order around the table, the same for the same ties.

    Those without a tie are spread evenly among the others: nobody sits in a corner of the left-over.
    """
    near = _neighbours(size, ties)
    linked = [each for each in range(size) if near[each]]
    alone = [each for each in range(size) if not near[each]]
    among, beside = iter(_settled(_begun(linked, near), near)), iter(alone)
    places = range(size)
    return [next(beside if _falls(place, len(alone), size) else among) for place in places]


def _falls(place: int, count: int, size: int) -> bool:
    """Is it one of `count` places spread evenly over `size`?"""
    return (place + 1) * count // size > place * count // size


def _neighbours(size: int, ties: Ties) -> list[dict[int, int]]:
    near: list[dict[int, int]] = [{} for _ in range(size)]
    for (one, other), strength in ties.items():
        near[one][other] = near[one].get(other, 0) + strength
        near[other][one] = near[other].get(one, 0) + strength
    return near


def _begun(linked: Collection[int], near: Sequence[Mapping[int, int]]) -> list[int]:
    """A first order: always next who has most to do with those who sit already, at the side where that is more."""
    left = set(linked)
    row: list[int] = []
    pull = dict.fromkeys(linked, 0)
    while left:
        chosen = min(left, key=lambda each: (-pull[each], -sum(near[each].values()), each))
        left.remove(chosen)
        half = len(row) // 2
        to_start = sum(near[chosen].get(each, 0) for each in row[:half])
        to_end = sum(near[chosen].get(each, 0) for each in row[-half:] if half)
        row.insert(0 if to_start > to_end else len(row), chosen)
        for other, strength in near[chosen].items():
            pull[other] += strength
    return row


def _settled(row: list[int], near: Sequence[Mapping[int, int]]) -> list[int]:
    """The order after two at a time changed places as long as that brings people nearer to each other."""
    size = len(row)
    at = {each: place for place, each in enumerate(row)}

    def apart(one: int, other: int) -> int:
        distance = abs(one - other)
        return min(distance, size - distance)

    def gain(one: int, other: int) -> int:
        """How much nearer they and theirs come when the two change places; their own distance stays."""
        here, there = at[one], at[other]
        won = sum(
            w * (apart(here, at[of]) - apart(there, at[of])) for of, w in near[one].items() if of not in (one, other)
        )
        return won + sum(
            w * (apart(there, at[of]) - apart(here, at[of])) for of, w in near[other].items() if of not in (one, other)
        )

    for _ in range(_ROUNDS):
        moved = False
        for here in range(size):
            for there in range(here + 1, size):
                one, other = row[here], row[there]
                if gain(one, other) > 0:
                    row[here], row[there] = other, one
                    at[one], at[other] = there, here
                    moved = True
        if not moved:
            break
    return _turned(row)


def _turned(row: list[int]) -> list[int]:
    """The same circle, from its lowest number on and towards the lower of that one's neighbours."""
    if not row:
        return row
    first = row.index(min(row))
    turned = row[first:] + row[:first]
    return turned if turned[1:2] <= turned[-1:] else turned[:1] + turned[:0:-1]
