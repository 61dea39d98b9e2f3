"""Sharing out the chats and the allowance: what all have together is what there is."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.shards import SHARDS, allowance, fair_share
from bot.limits import Limits
from bot.share import Share

LIMITS = st.integers(min_value=1, max_value=5_000)


@st.composite
def shared_out(draw: st.DrawFn) -> list[list[int]]:
    """All shards, each with one of up to eight replicas."""
    owners = draw(st.lists(st.integers(0, 7), min_size=SHARDS, max_size=SHARDS))
    return [[shard for shard, owner in enumerate(owners) if owner == each] for each in sorted(set(owners))]


@given(LIMITS, shared_out())
def test_together_the_replicas_have_what_one_alone_would_and_none_is_left_without(
    limit: int, shares: list[list[int]]
) -> None:
    parts = [allowance(limit, share) for share in shares]
    assert sum(parts) == pytest.approx(limit)
    assert min(parts) > 0


@given(st.integers(1, 100))
def test_fair_shares_cover_all_shards(replicas: int) -> None:
    assert fair_share(replicas) * replicas >= SHARDS > (fair_share(replicas) - 1) * replicas


@pytest.mark.parametrize(
    ("shards", "told"),
    [(None, []), (range(SHARDS), []), ((), [-64, -1, 65, None]), ((0, 2), [-1, 65, None])],
    ids=["the only process", "the only replica", "before it has a share", "one of several"],
)
def test_the_others_are_told_only_of_what_may_be_theirs(shards: Iterable[int] | None, told: list[int | None]) -> None:
    share = Share()
    if shards is not None:
        share.have(frozenset(shards), 0.0)
    assert [chat_id for chat_id in (-64, -1, 65, None) if share.may_be_of_another(chat_id)] == told


def test_after_a_takeover_what_another_replica_said_counts() -> None:
    limits = Limits(per_second=30, per_minute_group=20, per_second_chat=1)
    for number in range(20):
        limits.remember(-100, 59 - number / 10)
    assert 0 < limits.wait(-100) < 2
    assert limits.room(-100) == 0
    assert limits.wait(-200) == 0


def test_after_a_takeover_the_second_of_all_chats_together_goes_on_too() -> None:
    limits = Limits(per_second=3, per_minute_group=20, per_second_chat=1)
    limits.note(-100)
    for seconds_ago in (0.2, 0.7):
        limits.remember(-200, seconds_ago)
    assert 0.2 < limits.wait(-300) <= 0.3


def test_a_smaller_part_holds_at_once_for_what_was_just_said() -> None:
    limits = Limits(per_second=30, per_minute_group=0, per_second_chat=0)
    for chat in range(10):
        limits.note(chat + 1)
    limits.share(lambda limit: limit / 3)
    assert 0 < limits.wait(99) <= 1
