"""A club keeps its ledger, its members and its numbers when its group becomes a supergroup."""

import pytest

from bot import speech
from bot.domain.models import Club
from bot.services import clubs
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract import ledger
from tests.contract.ledger import GROUP, SUPERGROUP


async def test_referrals_and_thanks_share_one_series_of_numbers_in_each_club(workplace: Workplace) -> None:
    async with workplace.work() as work:
        here, there = await ledger.club(work, -1), await ledger.club(work, -2)
        anna, bert = await ledger.join(work, here, ledger.anna(), ledger.bert())
        referral = await ledger.refer(work, here, anna, bert)
        thanks = await ledger.thank(work, here, bert, anna, referral)
        assert (referral.number, thanks.number) == (1, 2)
        assert await work.clubs.next_number(there.id) == 1


async def test_someones_clubs_stand_where_people_look_for_them(workplace: Workplace) -> None:
    async with workplace.work() as work:
        for chat_id, title in enumerate(("Zaventem", "Éghezée", "🌟 Aalst", "eeklo"), start=-4):
            club = await clubs.of_chat(work, chat_id, title, ledger.DEFAULTS)
            await ledger.join(work, club, ledger.anna())
        found = await work.clubs.of_person(ledger.anna().user_id)
        assert [club.title for club in found] == ["🌟 Aalst", "eeklo", "Éghezée", "Zaventem"]


async def test_a_number_is_not_used_again_after_an_undo(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        anna, bert = await ledger.join(work, club, ledger.anna(), ledger.bert())
        referral = await ledger.refer(work, club, anna, bert)
        await work.referrals.undo(referral.id, anna.id, work.now)
        assert (await ledger.refer(work, club, anna, bert)).number == 2


async def test_both_chat_ids_lead_to_the_club_and_the_new_one_is_its_address(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        await clubs.upgraded(work, GROUP, SUPERGROUP)  # the other of the two service messages
        for chat_id in (GROUP, SUPERGROUP):
            found = await work.clubs.by_chat(chat_id)
            assert found is not None
            assert (found.id, found.chat_id) == (club.id, SUPERGROUP)


async def test_what_waits_to_be_said_in_the_old_chat_is_said_in_the_new_one(workplace: Workplace) -> None:
    async with workplace.work() as work:
        await ledger.club(work)
        await work.outbox.put(speech.message(GROUP, "the week"))
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        assert [row.chat_id for row in await work.turns.heads(10)] == [SUPERGROUP]


async def test_a_group_never_seen_before_may_become_a_supergroup(workplace: Workplace) -> None:
    async with workplace.work() as work:
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        assert await work.clubs.by_chat(SUPERGROUP) is None


async def entries_on_both_sides(work: Work) -> tuple[Club, Club]:
    """The club, and the one that began by mistake in the supergroup before Telegram told of the change.

    Anna is in both, Bert in the old one, Dirk in the new one; @eva and @fien are known by name only.
    """
    old, new = await ledger.club(work, GROUP), await ledger.club(work, SUPERGROUP)
    anna, bert = await ledger.join(work, old, ledger.anna(), ledger.bert())
    eva = await ledger.pending(work, old, "Eva")
    await ledger.refer(work, old, anna, bert, "first")
    await ledger.refer(work, old, bert, eva, "second")
    anna_there, dirk = await ledger.join(work, new, ledger.anna(), ledger.dirk())
    eva_there, fien = await ledger.pending(work, new, "eva"), await ledger.pending(work, new, "fien")
    third = await ledger.refer(work, new, anna_there, dirk, "third")
    await ledger.refer(work, new, dirk, eva_there, "fourth")
    await ledger.refer(work, new, dirk, fien, "fifth")
    await ledger.thank(work, new, dirk, anna_there, third)
    return old, new


async def test_a_club_that_began_in_the_supergroup_is_taken_in_with_new_numbers(workplace: Workplace) -> None:
    async with workplace.work() as work:
        old, _ = await entries_on_both_sides(work)
        await clubs.upgraded(work, GROUP, SUPERGROUP)
    async with workplace.look() as work:
        contacts = [(number, await work.referrals.by_number(old.id, number)) for number in range(1, 6)]
        assert [(number, found and found.contact) for number, found in contacts] == [
            (1, "first"),
            (2, "second"),
            (3, "third"),
            (4, "fourth"),
            (5, "fifth"),
        ]
        thanks = await work.thanks.by_number(old.id, 6)
        assert thanks is not None
        assert thanks.referral_id == (contacts[2][1] and contacts[2][1].id)
    async with workplace.work() as work:
        assert await work.clubs.next_number(old.id) == 7


async def test_members_of_both_are_one_member_then_and_keep_what_they_gave(workplace: Workplace) -> None:
    async with workplace.work() as work:
        old, _ = await entries_on_both_sides(work)
        await clubs.upgraded(work, GROUP, SUPERGROUP)
    async with workplace.look() as work:
        everyone = {member.first_name or member.username: member for member in await work.members.all_of(old.id)}
        assert sorted(str(name) for name in everyone) == ["Anna", "Bert", "Dirk", "Eva", "fien"]
        assert len(await work.members.all_of(old.id)) == 5
        week = await work.figures.week(old.id, None, work.now.replace(year=2027))
        given = {name: week.given.get(member.id, 0) for name, member in everyone.items()}
        assert given == {"Anna": 2, "Bert": 1, "Dirk": 2, "Eva": 0, "fien": 0}
        assert (await work.figures.of_member(everyone["Eva"].id)).received == 2


async def test_the_club_that_was_taken_in_is_gone_and_its_chat_leads_to_the_other(workplace: Workplace) -> None:
    async with workplace.work() as work:
        old, new = await entries_on_both_sides(work)
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        found = await work.clubs.by_chat(SUPERGROUP)
        assert found is not None
        assert found.id == old.id
        assert {club.id for club in await work.clubs.due(work.now.replace(year=2027), 10)} == {old.id}
        assert await work.members.all_of(new.id) == []


@pytest.mark.parametrize("known_in_the_old_one", [True, False])
async def test_a_name_known_on_one_side_is_the_person_known_on_the_other(
    workplace: Workplace, known_in_the_old_one: bool
) -> None:
    async with workplace.work() as work:
        old, new = await ledger.club(work, GROUP), await ledger.club(work, SUPERGROUP)
        known, named = (old, new) if known_in_the_old_one else (new, old)
        await ledger.join(work, known, ledger.dirk())
        (anna,) = await ledger.join(work, named, ledger.anna())
        await ledger.refer(work, named, anna, await ledger.pending(work, named, "Dirk"))
        await clubs.upgraded(work, GROUP, SUPERGROUP)
        (dirk,) = await ledger.join(work, old, ledger.dirk())  # he says something
        assert sorted(member.first_name for member in await work.members.all_of(old.id)) == ["Anna", "Dirk"]
        assert (await work.figures.of_member(dirk.id)).received == 1
