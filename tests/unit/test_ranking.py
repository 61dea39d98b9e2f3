"""Who gave most."""

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking import Standing, rank

ANNA, BERT, CARLA, DIRK, EVA = 1, 2, 3, 4, 5
NAMES = {ANNA: "anna", BERT: "bert", CARLA: "carla", DIRK: "dirk", EVA: "eva"}


def places(standings: list[Standing]) -> list[tuple[int, int]]:
    return [(standing.rank, standing.member_id) for standing in standings]


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    standings = rank({DIRK: 1, BERT: 3, CARLA: 3, ANNA: 5})
    assert places(standings) == [(1, ANNA), (2, BERT), (2, CARLA), (4, DIRK)]


def test_who_gave_nothing_has_no_place() -> None:
    assert places(rank({ANNA: 0, BERT: 1})) == [(1, BERT)]
    assert rank({}) == []


def test_equals_stand_in_the_order_of_their_names() -> None:
    by_name = {1: "zoë", 2: "an", 3: "an"}
    assert places(rank({1: 2, 3: 2, 2: 2}, order=by_name.__getitem__)) == [(1, 2), (1, 3), (1, 1)]


def test_a_tie_at_the_edge_is_cut_at_the_number_of_people() -> None:
    standings = rank(dict.fromkeys(NAMES, 1), top=3, order=NAMES.__getitem__)
    assert places(standings) == [(1, ANNA), (1, BERT), (1, CARLA)]


def test_climbing_is_positive_and_losing_places_negative() -> None:
    standings = rank({ANNA: 5, BERT: 3, CARLA: 1}, before={BERT: 4, CARLA: 2, ANNA: 1, DIRK: 0})
    assert {s.member_id: s.change for s in standings} == {ANNA: 2, BERT: -1, CARLA: -1}


def test_who_had_no_place_before_has_no_change() -> None:
    assert [s.change for s in rank({ANNA: 5, BERT: 3}, before={BERT: 4, ANNA: 0})] == [None, -1]
    assert [s.change for s in rank({ANNA: 5})] == [None]


def test_someone_who_left_the_club_pushed_nobody_down() -> None:
    assert [s.change for s in rank({ANNA: 1}, before={BERT: 9, ANNA: 1})] == [0]


def test_a_member_with_nothing_now_still_had_a_place_before() -> None:
    assert [s.change for s in rank({ANNA: 1, BERT: 0}, before={BERT: 9, ANNA: 1})] == [1]


def test_a_first_referral_ever_is_told() -> None:
    assert [s.first_time for s in rank({ANNA: 2, BERT: 1}, ever_before={ANNA})] == [False, True]


COUNTS = st.dictionaries(st.integers(-5, 30), st.integers(0, 6), max_size=25)


@given(now=COUNTS, before=COUNTS)
def test_a_rank_is_one_more_than_the_people_who_gave_more(now: dict[int, int], before: dict[int, int]) -> None:
    standings = rank(now, before, top=100)
    for standing in standings:
        assert standing.rank == 1 + sum(count > standing.given for count in now.values())
        if before.get(standing.member_id, 0) > 0:
            mine = before[standing.member_id]
            rank_before = 1 + sum(count > mine for member, count in before.items() if member in now)
            assert standing.change == rank_before - standing.rank
        else:
            assert standing.change is None


@given(now=COUNTS)
def test_nothing_given_is_lost_or_counted_twice(now: dict[int, int]) -> None:
    standings = rank(now, top=100)
    assert sum(standing.given for standing in standings) == sum(now.values())
    assert {s.member_id: s.given for s in standings} == {m: count for m, count in now.items() if count}


@given(now=COUNTS, before=COUNTS, top=st.integers(0, 12), seed=st.integers())
def test_the_order_in_which_people_are_counted_does_not_matter(
    now: dict[int, int], before: dict[int, int], top: int, seed: int
) -> None:
    shuffled = list(now.items())
    random.Random(seed).shuffle(shuffled)  # noqa: S311  a test's order is no secret
    standings = rank(now, before, top=top, order=lambda member: str(member % 3))
    assert rank(dict(shuffled), before, top=top, order=lambda member: str(member % 3)) == standings
    assert standings == rank(now, before, top=100, order=lambda member: str(member % 3))[:top]
