"""Who did what in a club, also when members turn out to be one and clubs to be one."""

from datetime import timedelta

from bot.domain.audit import AuditEntry
from bot.services import clubs
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract import ledger
from tests.contract.conftest import StillClock
from tests.contract.ledger import GROUP, SUPERGROUP


async def what(work: Work, club_id: int) -> list[str]:
    return [entry.what for entry in await work.audit.latest(club_id, 50)]


async def test_the_latest_stands_first_with_who_did_it_and_no_more_than_asked_for(
    workplace: Workplace, clock: StillClock
) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        (anna,) = await ledger.join(work, club, ledger.anna())
        await work.audit.add(club.id, None, "first")
        await work.audit.add(club.id, anna.id, "second", numbers=[12], setting="post")
    clock.forward(timedelta(hours=1))
    async with workplace.work() as work:
        await work.audit.add(club.id, anna.id, "third")
        third, second = await work.audit.latest(club.id, 2)
        assert third == AuditEntry(work.now, anna.id, "third", {})
        assert second == AuditEntry(
            work.now - timedelta(hours=1), anna.id, "second", {"numbers": [12], "setting": "post"}
        )
        assert await what(work, club.id) == ["third", "second", "first"]


async def test_a_club_sees_only_its_own(workplace: Workplace) -> None:
    async with workplace.work() as work:
        here, there = await ledger.club(work, -1), await ledger.club(work, -2)
        await work.audit.add(here.id, None, "here")
        assert await what(work, there.id) == []


async def test_what_two_members_did_who_turn_out_to_be_one_was_done_by_that_one(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        anna, _ = await ledger.join(work, club, ledger.anna(), ledger.bert())
        named = await ledger.pending(work, club, "annie")
        await work.audit.add(club.id, named.id, "undone")
        await work.merging.merge(named.id, anna.id, work.now)
        (entry,) = await work.audit.latest(club.id, 50)
        assert entry.by_id == anna.id


async def test_a_club_that_is_taken_in_brings_its_list_along_with_the_new_numbers(workplace: Workplace) -> None:
    async with workplace.work() as work:
        old, new = await ledger.club(work, GROUP), await ledger.club(work, SUPERGROUP)
        anna, bert = await ledger.join(work, old, ledger.anna(), ledger.bert())
        for contact in ("first", "second"):
            await ledger.refer(work, old, anna, bert, contact)
        await work.audit.add(old.id, anna.id, "undone", numbers=[2])
        there, _ = await ledger.join(work, new, ledger.anna(), ledger.bert())
        await work.audit.add(new.id, there.id, "undone", numbers=[1, 3])
        await work.audit.add(new.id, there.id, "setting", setting="post")
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        found = await work.audit.latest(old.id, 50)
        assert [(entry.by_id, entry.details) for entry in found] == [
            (anna.id, {"setting": "post"}),
            (anna.id, {"numbers": [3, 5]}),
            (anna.id, {"numbers": [2]}),
        ]
