"""Who sits beside whom in the circle."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.seating import seated

MEMBERS = st.integers(0, 23)
TIES = st.dictionaries(st.tuples(MEMBERS, MEMBERS).filter(lambda pair: pair[0] != pair[1]), st.integers(1, 9))


def way(order: list[int], ties: dict[tuple[int, int], int]) -> int:
    """How far all arrows go around the table."""
    at = {each: place for place, each in enumerate(order)}
    return sum(strength * distance(at[one], at[other], len(order)) for (one, other), strength in ties.items())


def distance(one: int, other: int, size: int) -> int:
    return min((one - other) % size, (other - one) % size)


@given(TIES)
def test_everyone_has_one_place_and_it_is_the_same_each_time(ties: dict[tuple[int, int], int]) -> None:
    order = seated(24, ties)
    assert sorted(order) == list(range(24))
    assert order == seated(24, dict(reversed(ties.items())))


@given(TIES)
@settings(max_examples=40)
def test_no_two_of_the_linked_could_change_places_and_be_nearer_to_theirs(ties: dict[tuple[int, int], int]) -> None:
    linked = {each for pair in ties for each in pair}
    order = [each for each in seated(24, ties) if each in linked]
    best = way(order, ties)
    for here in range(len(order)):
        for there in range(here):
            other = list(order)
            other[here], other[there] = other[there], other[here]
            assert way(other, ties) >= best


def test_who_exchanges_much_sits_together() -> None:
    groups = [(0, 5, 10), (1, 6, 11), (2, 7, 12), (3, 8, 13), (4, 9, 14)]
    ties = {(one, other): 3 for group in groups for one in group for other in group if one != other}
    order = seated(15, ties)
    for group in groups:
        places = [order.index(each) for each in group]
        assert max(distance(one, other, 15) for one in places for other in places) == 2


def test_those_without_a_link_are_spread_among_the_others() -> None:
    order = seated(12, {(0, 1): 1, (1, 2): 1, (2, 3): 1, (3, 4): 1, (4, 5): 1, (5, 6): 1, (6, 7): 1, (7, 0): 1})
    places = [place for place, each in enumerate(order) if each > 7]
    assert [later - before for before, later in pairwise(places)] == [3, 3, 3]


def test_a_club_of_nobody_linked_and_of_nobody_has_an_order() -> None:
    assert seated(3, {}) == [0, 1, 2]
    assert seated(0, {}) == []
