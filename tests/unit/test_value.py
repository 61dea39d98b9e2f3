"""The share of indirect business: each entry once, and nobody's amount given away."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import is_due
from bot.domain.value import Business, Share, by_amount, by_amount_for_all, by_count, enough_people

PEOPLE = st.integers(1, 6)
ENTRIES = st.lists(
    st.builds(Business, PEOPLE, PEOPLE, st.sampled_from([None, 1, 2, 3]), st.none() | st.integers(1, 10**9)).filter(
        lambda entry: entry.from_id != entry.to_id
    ),
    max_size=12,
)


@given(ENTRIES)
def test_every_thanks_is_counted_once(entries: list[Business]) -> None:
    known = [entry for entry in entries if entry.degree]
    counted, weighed = by_count(entries), by_amount(entries)
    assert (counted.whole if counted else 0) == len(known)
    assert (counted.indirect if counted else 0) == sum(entry.degree in (2, 3) for entry in known)
    assert (weighed.whole if weighed else 0) == sum(entry.minor or 0 for entry in known)
    for share in (counted, weighed):
        if share:
            assert 0 <= share.percent <= 100
            assert (share.percent == 100) == (share.indirect == share.whole)
            assert (share.percent == 0) == (share.indirect == 0)


@given(ENTRIES)
def test_what_everyone_sees_leaves_nobody_with_the_amounts_of_one_other(entries: list[Business]) -> None:
    if by_amount_for_all(entries) is None:
        return
    known = [entry for entry in entries if entry.degree and entry.minor]
    assert len({entry.from_id for entry in known}) >= 3
    assert len({entry.to_id for entry in known}) >= 3
    for person in range(1, 7):
        rest = [entry for entry in known if person not in (entry.from_id, entry.to_id)]
        assert len({entry.from_id for entry in rest}) != 1
        assert len({entry.to_id for entry in rest}) != 1


@given(st.lists(st.tuples(PEOPLE, PEOPLE), max_size=12))
def test_there_are_enough_people_when_whoever_takes_away_their_own_is_left_with_two_on_each_side_or_with_nobody(
    pairs: list[tuple[int, int]],
) -> None:
    def sides(some: list[tuple[int, int]]) -> int:
        return min(len({giver for giver, _ in some}), len({taker for _, taker in some}))

    left = [[pair for pair in pairs if person not in pair] for person in range(1, 7)]
    assert enough_people(pairs) == (sides(pairs) >= 3 and all(not rest or sides(rest) >= 2 for rest in left))


@pytest.mark.parametrize(
    ("pairs", "enough"),
    [
        ([], False),
        ([(1, 2)], False),
        ([(1, 2), (3, 4)], False),
        ([(1, 9), (2, 9), (3, 9)], False),
        ([(9, 1), (9, 2), (9, 3)], False),
        ([(1, 2), (2, 3), (3, 1)], False),  # each knows two of the three
        ([(1, 4), (2, 5), (3, 6)], True),
        ([(1, 2), (2, 3), (3, 4), (4, 1), (1, 3), (2, 4)], True),
        ([(1, 2), (2, 3), (3, 4), (4, 1)], True),
        ([(1, 2), (3, 2), (4, 5), (4, 6)], False),  # to 2, only what 4 earned is unknown,
    ],
)
def test_amounts_need_enough_people_behind_them(pairs: list[tuple[int, int]], enough: bool) -> None:
    assert enough_people(pairs) is enough


def test_a_share_is_nothing_or_all_only_when_it_is() -> None:
    assert [Share(*pair).percent for pair in ((0, 9), (1, 999), (998, 999), (9, 9), (2, 3))] == [0, 1, 99, 100, 67]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-04-01T09:59:59", False),
        ("2026-04-01T10:00:00", True),
        ("2026-04-04T09:59:59", True),
        ("2026-04-04T10:00:00", False),
        ("2026-03-31T10:00:00", False),
    ],
)
@pytest.mark.parametrize("zone", [ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Europe/Brussels"), ZoneInfo("Etc/GMT+12")])
def test_the_question_is_asked_on_the_first_at_ten_local_time_and_three_days_late_at_most(
    zone: ZoneInfo, at: str, due: bool
) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=zone)
    assert is_due(now.astimezone(UTC), now - timedelta(days=40), zone) is due
    assert not is_due(now.astimezone(UTC), now.replace(day=1), zone)
