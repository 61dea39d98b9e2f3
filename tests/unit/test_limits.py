"""How much may be said, and when."""

import pytest

from bot import limits
from bot.limits import Limits

GROUP, OTHER_GROUP, PERSON = -100, -200, 7


class Stopwatch:
    """The seconds that `time.monotonic` counts."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    stopwatch = Stopwatch()
    monkeypatch.setattr(limits, "time", stopwatch)
    return stopwatch


def said_in(limit: Limits, watch: Stopwatch, chat_id: int, seconds: float, *, hurry: bool = True) -> int:
    """How much a talkative bot gets to say in this chat in so many seconds."""
    end, count = watch.now + seconds, 0
    while watch.now < end:
        wait = limit.wait(chat_id, hurry=hurry)
        if wait == 0:
            limit.note(chat_id)
            count += 1
        watch.now += max(wait, 0.001)
    return count


def test_a_group_gets_twenty_at_once_and_then_waits_out_the_minute(watch: Stopwatch) -> None:
    limit = Limits(0, 20, 1)
    for _ in range(20):
        assert limit.wait(GROUP) == 0
        limit.note(GROUP)
        watch.now += 1
    assert limit.wait(GROUP) == pytest.approx(40)
    watch.now += 40
    assert limit.wait(GROUP) == 0


def test_in_any_minute_a_group_gets_no_more_than_twenty(watch: Stopwatch) -> None:
    limit = Limits(30, 20, 1)
    assert said_in(limit, watch, GROUP, 59.9) == 20
    assert said_in(limit, watch, GROUP, 600) <= 200


def test_a_person_gets_one_a_second(watch: Stopwatch) -> None:
    limit = Limits(30, 20, 1)
    limit.note(PERSON)
    assert limit.wait(PERSON) == pytest.approx(1)
    watch.now += 0.4
    assert limit.wait(PERSON) == pytest.approx(0.6)
    watch.now += 0.6
    assert limit.wait(PERSON) == 0


def test_all_chats_together_get_thirty_a_second(watch: Stopwatch) -> None:
    limit = Limits(30, 20, 1)
    for person in range(1, 31):
        assert limit.wait(person) == 0
        limit.note(person)
    assert limit.wait(31) == pytest.approx(1)
    assert limit.wait(GROUP) == pytest.approx(1)
    watch.now += 1
    assert limit.wait(31) == 0


def test_one_chat_at_its_limit_holds_up_no_other(watch: Stopwatch) -> None:
    limit = Limits(30, 20, 1)
    for _ in range(20):
        limit.note(GROUP)
        watch.now += 0.1
    assert limit.wait(GROUP) > 50
    assert limit.wait(OTHER_GROUP) == 0
    assert limit.wait(PERSON) == 0


def test_what_is_long_on_its_way_counts_from_its_end_as_it_may_have_been_counted_just_before(watch: Stopwatch) -> None:
    limit = Limits(2, 20, 1)
    limit.note(PERSON)
    limit.note(GROUP)
    watch.now += 0.9
    limit.said(PERSON)
    limit.said(GROUP)
    watch.now += 0.75
    assert limit.wait(PERSON) == pytest.approx(0.1)
    assert limit.wait(OTHER_GROUP) == pytest.approx(0.1)
    watch.now += 0.1
    assert limit.wait(PERSON) == limit.wait(OTHER_GROUP) == 0


def test_the_usual_way_to_telegram_costs_nothing_of_what_is_allowed(watch: Stopwatch) -> None:
    limit = Limits(1, 20, 1)
    limit.note(PERSON)
    watch.now += 0.1
    limit.said(PERSON)
    watch.now += 0.9
    assert limit.wait(PERSON) == limit.wait(OTHER_GROUP) == 0
    assert limit.left() == 1


def test_the_chats_that_are_full_are_told_until_each_may_have_more(watch: Stopwatch) -> None:
    limit = Limits(0, 2, 1)
    for chat in (GROUP, GROUP, OTHER_GROUP, PERSON):
        limit.note(chat)
    assert limit.full() == {GROUP: pytest.approx(60), PERSON: pytest.approx(1)}
    limit.note(OTHER_GROUP)
    watch.now += 1
    assert limit.full() == {GROUP: pytest.approx(59), OTHER_GROUP: pytest.approx(59)}
    watch.now += 0.9
    limit.said(PERSON)  # it was long on its way
    assert limit.full().keys() == {GROUP, OTHER_GROUP, PERSON}


def test_zero_is_no_limit(watch: Stopwatch) -> None:
    limit = Limits(0, 0, 0)
    for _ in range(1000):
        for chat in (GROUP, PERSON):
            assert limit.wait(chat) == 0
            limit.note(chat)


def test_less_than_one_is_one_in_a_longer_time(watch: Stopwatch) -> None:
    limit = Limits(0.5, 0.25, 0.1)
    limit.note(PERSON)
    assert limit.wait(OTHER_GROUP) == pytest.approx(2)
    assert limit.wait(PERSON) == pytest.approx(10)
    watch.now += 10
    limit.note(GROUP)
    assert limit.wait(GROUP) == pytest.approx(240)


def test_chats_that_are_quiet_again_are_forgotten_and_the_others_are_not(watch: Stopwatch) -> None:
    limit = Limits(0, 1, 1)
    limit.note(GROUP)
    for person in range(1, 2000):
        limit.note(person)
        watch.now += 0.01
    assert limit.wait(GROUP) == pytest.approx(60 - 19.99)
    assert len(limit._chats) < 1100


def test_what_nobody_waits_for_is_spread_and_uses_all_that_is_allowed(watch: Stopwatch) -> None:
    limit = Limits(30, 0, 0)
    assert said_in(limit, watch, GROUP, 0.09, hurry=False) <= 5
    assert said_in(limit, watch, GROUP, 100, hurry=False) >= 0.95 * 3000


def test_an_answer_finds_room_within_half_a_second_however_many_posts_wait(watch: Stopwatch) -> None:
    limit = Limits(30, 20, 1)
    waits = []
    for group in range(100, 500):
        while (wait := limit.wait(-group, hurry=False)) > 0:
            watch.now += min(wait, 0.01)
            waits.append(limit.wait(PERSON))
        limit.note(-group)
    assert 0 < max(waits) <= 0.5
