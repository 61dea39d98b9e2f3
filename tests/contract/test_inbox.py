"""Each update is kept once, has its effect once, and is forgotten in time."""

import json
from datetime import timedelta
from typing import Any

from bot.storage.inbox import Received
from bot.storage.workplace import Workplace
from tests.contract.conftest import StillClock

A_MONTH = timedelta(days=30)


def update(update_id: int, chat_id: int = -101) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"message_id": update_id, "chat": {"id": chat_id}}}


async def store(workplace: Workplace, *updates: dict[str, Any]) -> int:
    async with workplace.work() as work:
        return await work.inbox.store(updates, work.now)


async def waiting(workplace: Workplace, *except_chats: int) -> list[Received]:
    async with workplace.look() as work:
        return await work.inbox.waiting(100, except_chats)


def ids(received: list[Received]) -> list[int]:
    return [json.loads(each.payload)["update_id"] for each in received]


async def test_an_update_that_comes_again_is_kept_once(workplace: Workplace) -> None:
    assert await store(workplace, update(1), update(2)) == 2
    assert await store(workplace, update(2), update(3), update(3)) == 1
    assert ids(await waiting(workplace)) == [1, 2, 3]


async def test_an_update_that_had_its_effect_is_still_recognised(workplace: Workplace) -> None:
    await store(workplace, update(1))
    async with workplace.work() as work:
        await work.inbox.done([each.id for each in await work.inbox.waiting(100)], work.now)
    assert await store(workplace, update(1)) == 0
    assert await waiting(workplace) == []


async def test_updates_are_dealt_with_in_the_order_they_came_in_whatever_their_ids(workplace: Workplace) -> None:
    await store(workplace, update(900), update(901))
    await store(workplace, update(5))  # after a quiet week ids start anew
    assert ids(await waiting(workplace)) == [900, 901, 5]


async def test_a_chat_that_must_wait_holds_up_no_other(workplace: Workplace) -> None:
    poll = {"update_id": 3, "poll": {"id": "1"}}
    await store(workplace, update(1, chat_id=-101), update(2, chat_id=-102), poll)
    assert ids(await waiting(workplace, -101)) == [2, 3]


async def test_a_failed_update_is_set_aside_with_its_error_and_stays_so(workplace: Workplace) -> None:
    await store(workplace, update(1), update(2))
    async with workplace.work() as work:
        first, second = await work.inbox.waiting(100)
        await work.inbox.failed(first.id, "KeyError: 'x'", work.now)
        await work.inbox.done([first.id, second.id], work.now)
    async with workplace.look() as work:
        assert await work.inbox.failures() == [(first.id, "KeyError: 'x'")]
        assert await work.inbox.count_waiting() == 0


async def test_pruning_forgets_what_is_done_and_keeps_failures_for_a_month_and_what_waits(
    workplace: Workplace, clock: StillClock
) -> None:
    await store(workplace, update(1), update(2), update(3))
    async with workplace.work() as work:
        done, failed, _ = await work.inbox.waiting(100)
        await work.inbox.done([done.id], work.now)
        await work.inbox.failed(failed.id, "why", work.now)
        await work.inbox.prune(work.now, work.now - A_MONTH)
    assert await store(workplace, update(1), update(2)) == 0  # nothing ended before now: all are recognised
    clock.forward(timedelta(days=3))
    async with workplace.work() as work:
        await work.inbox.prune(work.now, work.now - A_MONTH)
    # Telegram's ids come round again: 1 and 2 are other updates now, 3 still waits.
    assert await store(workplace, update(1), update(2), update(3)) == 2
    assert ids(await waiting(workplace)) == [3, 1, 2]
    async with workplace.look() as work:
        assert await work.inbox.failures() == [(failed.id, "why")]
    clock.forward(A_MONTH)
    async with workplace.work() as work:
        await work.inbox.prune(work.now, work.now - A_MONTH)
        assert await work.inbox.failures() == []


async def test_what_makes_no_sense_is_kept_all_the_same(workplace: Workplace) -> None:
    strange: list[dict[str, Any]] = [
        {"update_id": 1},
        {"update_id": 2, "message": "not an object"},
        {"update_id": 3, "message": {"chat": {"id": "text"}}},
        {"update_id": 4, "message": {"chat": {"id": 2**70}}},
        {"update_id": 5, "callback_query": {"id": "1"}},
    ]
    assert await store(workplace, *strange) == 5
    assert [each.chat_id for each in await waiting(workplace)] == [None] * 5
