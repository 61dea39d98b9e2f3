"""Transactions that want the same at the same time: none overwrites what another wrote, and all are done in the end."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy.exc import IntegrityError

from bot import speech
from bot.storage.trouble import collides, is_of_the_machine
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract import ledger


async def test_what_was_read_of_a_club_is_still_so_when_it_is_changed(workplace: Workplace) -> None:
    async with workplace.work() as work:
        await ledger.club(work)

    async def lengthen(work: Work) -> None:
        club = await work.clubs.by_chat(ledger.GROUP)
        assert club is not None
        await asyncio.sleep(0.001)
        await work.clubs.retitle(club.id, f"{club.title}!")

    await asyncio.gather(*(workplace.run(lengthen) for _ in range(20)))
    async with workplace.look() as work:
        club = await work.clubs.by_chat(ledger.GROUP)
    assert club is not None
    assert club.title == "Kring Gent" + 20 * "!"


async def test_two_that_wait_for_each_other_are_both_done(workplace: Workplace) -> None:
    async with workplace.work() as work:
        ids = [(await ledger.club(work, chat_id)).id for chat_id in (-1, -2)]
    both_begun = asyncio.Barrier(2)

    async def number_both(work: Work, first: int, second: int) -> list[int]:
        numbers = [await work.clubs.next_number(first)]
        with suppress(TimeoutError, asyncio.BrokenBarrierError):  # where there is one writer, the other has not begun
            await asyncio.wait_for(both_begun.wait(), 0.2)
        return [*numbers, await work.clubs.next_number(second)]

    one, other = await asyncio.gather(
        workplace.run(lambda work: number_both(work, ids[0], ids[1])),
        workplace.run(lambda work: number_both(work, ids[1], ids[0])),
    )
    assert sorted(one + other) == [1, 1, 2, 2]


async def test_what_is_done_alone_is_done_by_one_at_a_time(workplace: Workplace) -> None:
    under_way = 0

    async def work_alone(work: Work) -> int:
        nonlocal under_way
        under_way += 1
        await asyncio.sleep(0.005)
        seen, under_way = under_way, under_way - 1
        return seen

    assert await asyncio.gather(*(workplace.run(work_alone, alone="test") for _ in range(8))) == [1] * 8


async def test_a_refusal_of_a_constraint_is_neither_a_collision_nor_the_machines(workplace: Workplace) -> None:
    times = 0

    async def add_nobody(work: Work) -> None:
        nonlocal times
        times += 1
        await work.members.add((await ledger.club(work)).id, 404, work.now)

    with pytest.raises(IntegrityError) as refused:
        await workplace.run(add_nobody)
    assert times == 1
    assert not collides(refused.value)
    assert not is_of_the_machine(refused.value)


async def test_what_was_chosen_and_not_called_waits_again_and_what_was_noted_stays(workplace: Workplace) -> None:
    async with workplace.work() as work:
        await work.outbox.put(speech.message(1, "hello"))
        await work.outbox.put(speech.message(2, "hello"))
        chosen, called = await work.turns.heads(2)
        await work.outbox.sending([[chosen.id], [called.id]])
        await work.outbox.ended([(called.id, "sent", 7, None)])
        assert await work.recovery.still_sending([chosen.id, called.id]) == {chosen.id}
        await work.recovery.not_sending([chosen.id, called.id])
        assert await work.recovery.still_sending([chosen.id, called.id]) == set()
        assert [waiting.id for waiting in await work.turns.heads(2)] == [chosen.id]
