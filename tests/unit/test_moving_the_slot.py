"""A club moves its weekly post: nothing is lost or counted twice, and posts come neither close together nor rarely."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.slots import LONGEST_WEEK, SHORTEST_WEEK, WEEKDAYS, Slot, is_at, moved, next_slot, slot_after
from tests.conftest import BRUSSELS

MONDAY_NINE = Slot(0, time(9), BRUSSELS)
POSTED = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
PLANNED = POSTED + timedelta(days=7)


def on(day: str, at: str, zone: ZoneInfo = BRUSSELS) -> Slot:
    return Slot(WEEKDAYS.index(day), time.fromisoformat(at), zone)


def march(day: int, at: str) -> datetime:
    return datetime.combine(datetime(2026, 3, day, tzinfo=BRUSSELS), time.fromisoformat(at), BRUSSELS)


@pytest.mark.parametrize(
    ("to", "now", "then"),
    [
        (on("fri", "08:30"), march(17, "12:00"), march(20, "08:30")),  # at once: this very week
        (on("mon", "10:00"), march(16, "09:30"), march(23, "10:00")),  # today's post is out; no second one today
        (on("tue", "08:00"), march(16, "12:00"), march(24, "08:00")),  # nor one within a day
        (on("wed", "08:30"), march(16, "12:00"), march(18, "08:30")),
        (on("mon", "08:30"), march(23, "08:29"), march(23, "08:30")),
        (on("mon", "08:30"), march(23, "08:45"), march(23, "09:00")),  # too late for today: today's comes as planned
        (on("wed", "09:00"), march(22, "12:00"), march(25, "09:00")),  # a few days later than planned
        (on("fri", "09:00"), march(22, "12:00"), march(23, "09:00")),  # not eleven days without
        (on("fri", "09:00"), march(23, "09:00"), march(23, "09:00")),  # what is due is posted first
        (on("mon", "09:00", ZoneInfo("America/New_York")), march(18, "12:00"), march(23, "14:00")),
    ],
)
def test_the_running_week_ends_at_the_new_moment_unless_it_became_too_short_or_too_long(
    to: Slot, now: datetime, then: datetime
) -> None:
    assert moved(to, POSTED, PLANNED, now) == then


def test_after_a_week_that_ended_as_planned_the_new_moment_holds() -> None:
    assert slot_after(on("fri", "09:00"), PLANNED) == march(27, "09:00")
    assert slot_after(on("mon", "10:00"), PLANNED) == datetime(2026, 3, 30, 10, 0, tzinfo=BRUSSELS)
    assert slot_after(MONDAY_NINE, POSTED) == PLANNED


SLOTS = st.builds(
    Slot,
    st.integers(0, 6),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Brussels", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata"]).map(ZoneInfo),
)
STEPS = st.lists(
    st.tuples(st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)), st.none() | SLOTS),
    min_size=1,
    max_size=60,
)


@given(
    began=st.integers(1_767_225_600, 1_830_000_000).map(lambda unix: datetime.fromtimestamp(unix, UTC)),
    slot=SLOTS,
    steps=STEPS,
)
def test_however_a_club_moves_its_posts_they_share_out_the_time(
    began: datetime, slot: Slot, steps: list[tuple[timedelta, Slot | None]]
) -> None:
    """At each step some time passes, the club may move its slot, and then what is due is posted, late as it may be."""
    now, planned = began, next_slot(slot, began)
    ends, instants = [began], [began]
    for passed, to in steps:
        now += passed
        instants.append(now)
        if to is not None:
            was_due = planned <= now
            before, planned, slot = planned, moved(to, ends[-1], planned, now), to
            assert planned == before if was_due else planned > now
        while planned <= now:
            ends.append(planned)
            planned = slot_after(slot, planned)
    ends.append(planned)
    lengths = [later - earlier for earlier, later in pairwise(ends)]
    assert all(length > SHORTEST_WEEK for length in lengths[1:])
    assert all(length <= LONGEST_WEEK for length in lengths)
    for given_at in instants:  # a referral at this instant
        assert sum(earlier <= given_at < later for earlier, later in pairwise(ends)) == 1
    assert is_at(slot, slot_after(slot, planned))


@given(slot=SLOTS, began=st.integers(1_767_225_600, 1_830_000_000).map(lambda unix: datetime.fromtimestamp(unix, UTC)))
def test_a_slot_that_stays_is_the_same_by_either_rule(slot: Slot, began: datetime) -> None:
    at = next_slot(slot, began)
    assert slot_after(slot, at) == next_slot(slot, at)
    assert is_at(slot, at)
    assert not is_at(slot, at + timedelta(seconds=1))
