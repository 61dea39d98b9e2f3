"""What is kept, what is undone, and what others see of it meanwhile."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.storage.workplace import Workplace
from tests.contract import ledger


async def test_an_error_undoes_all_of_the_work(workplace: Workplace) -> None:
    async def fail() -> None:
        async with workplace.work() as work:
            await ledger.club(work)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with workplace.look() as work:
        assert await work.clubs.by_chat(ledger.GROUP) is None


async def test_an_error_in_a_part_undoes_that_part_alone(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        await ledger.join(work, club, ledger.anna())
        with suppress(ZeroDivisionError):
            async with work.part():
                await ledger.join(work, club, ledger.bert())
                raise ZeroDivisionError
        await ledger.join(work, club, ledger.dirk())
    async with workplace.look() as work:
        assert [member.first_name for member in await work.members.all_of(club.id)] == ["Anna", "Dirk"]


async def test_after_a_constraint_refused_a_part_the_work_goes_on(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        with pytest.raises(IntegrityError):
            async with work.part():
                await work.members.add(club.id, 404, work.now)  # nobody knows this person
        await ledger.join(work, club, ledger.anna())
    async with workplace.look() as work:
        assert [member.first_name for member in await work.members.all_of(club.id)] == ["Anna"]


async def test_two_hundred_at_once_each_get_a_number_of_their_own(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)

    async def next_number() -> int:
        async with workplace.work() as work:
            return await work.clubs.next_number(club.id)

    numbers = await asyncio.gather(*(next_number() for _ in range(200)))
    assert sorted(numbers) == list(range(1, 201))


async def test_a_reader_sees_one_state_while_a_writer_writes(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
    async with workplace.look() as reading:
        before = await reading.members.all_of(club.id)
        async with workplace.work() as writing:
            await ledger.join(writing, club, ledger.anna())
            assert await reading.members.all_of(club.id) == before
        assert await reading.members.all_of(club.id) == before
    async with workplace.look() as later:
        assert len(await later.members.all_of(club.id)) == len(before) + 1


async def test_an_instant_without_a_zone_is_refused(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        with pytest.raises(StatementError, match="an instant without a zone"):
            await work.clubs.bot_left(club.id, datetime(2026, 3, 10, 12, 0))  # noqa: DTZ001  that it has none is the point


async def test_an_instant_comes_back_as_the_same_instant_in_utc(workplace: Workplace) -> None:
    in_kathmandu = datetime(2026, 3, 10, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    async with workplace.work() as work:
        club = await ledger.club(work)
        (anna,) = await ledger.join(work, club, ledger.anna())
        await work.members.set_left(anna.id, in_kathmandu)
    async with workplace.look() as work:
        (left,) = await work.members.all_of(club.id)
    assert left.left_at == in_kathmandu
    assert left.left_at is not None
    assert left.left_at.tzinfo is UTC


async def test_the_ledger_takes_no_entry_from_a_member_to_themself(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        (anna,) = await ledger.join(work, club, ledger.anna())
        with pytest.raises(IntegrityError):
            async with work.part():
                await ledger.refer(work, club, anna, anna)
        with pytest.raises(IntegrityError):
            async with work.part():
                await ledger.thank(work, club, anna, anna)
