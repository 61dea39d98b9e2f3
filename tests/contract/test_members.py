"""Who someone is, when usernames change hands and two members turn out to be one."""

from dataclasses import replace

from bot.domain.models import Member
from bot.services import members
from bot.storage.workplace import Workplace
from tests.contract import ledger


async def test_a_username_that_someone_else_has_now_is_no_longer_the_earlier_owners(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        earlier, _ = await ledger.join(work, club, ledger.anna("gent_anna"), ledger.bert())
        (later,) = await ledger.join(work, club, ledger.dirk("Gent_Anna"))
        found = await work.members.by_username(club.id, "GENT_ANNA")
        assert found is not None
        assert found.id == later.id
        anna = await work.members.person(ledger.anna().user_id)
        assert anna is not None
        assert anna.username is None
        assert earlier.id != later.id


async def test_a_username_is_found_in_any_letter_case_and_the_person_before_the_pending(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        waiting = await ledger.pending(work, club, "DIRK")
        found = await work.members.by_username(club.id, "dirk")
        assert found == waiting
        await work.members.save_person(ledger.dirk(), new=True, now=work.now)
        await work.members.add(club.id, ledger.dirk().user_id, work.now)
        found = await work.members.by_username(club.id, "Dirk")
        assert found is not None
        assert found.user_id == ledger.dirk().user_id


async def test_a_pending_member_becomes_the_person_with_all_that_was_credited(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        (anna,) = await ledger.join(work, club, ledger.anna())
        waiting = await ledger.pending(work, club, "Dirk")
        await ledger.refer(work, club, anna, waiting)
        (dirk,) = await ledger.join(work, club, ledger.dirk())
        assert dirk.id == waiting.id
        assert (await work.figures.of_member(dirk.id)).received == 1


async def test_someone_who_takes_the_name_of_a_pending_member_is_that_member_too(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        anna, dirk = await ledger.join(work, club, ledger.anna(), ledger.dirk(None))
        await ledger.refer(work, club, anna, await ledger.pending(work, club, "dirk_gent"))
        (renamed,) = await ledger.join(work, club, ledger.dirk("Dirk_Gent"))
        assert renamed.id == dirk.id
        assert len(await work.members.all_of(club.id)) == 2
        assert (await work.figures.of_member(dirk.id)).received == 1


async def test_a_referral_that_turns_out_to_be_to_oneself_is_undone(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        anna, dirk = await ledger.join(work, club, ledger.anna(), ledger.dirk(None))
        waiting = await ledger.pending(work, club, "dirk")
        to_oneself = await ledger.refer(work, club, dirk, waiting)
        thanks_to_oneself = await ledger.thank(work, club, waiting, dirk)
        to_anna = await ledger.refer(work, club, waiting, anna)
        await ledger.join(work, club, ledger.dirk("dirk"))
    async with workplace.look() as work:
        undone = await work.referrals.get(to_oneself.id)
        assert undone.undone_at == work.now
        assert undone.giver_id == undone.recipient_id == dirk.id
        thanks = await work.thanks.by_number(club.id, thanks_to_oneself.number)
        assert thanks is not None
        assert thanks.undone_at == work.now
        kept = await work.referrals.get(to_anna.id)
        assert (kept.giver_id, kept.undone_at) == (dirk.id, None)
        figures = await work.figures.of_member(dirk.id)
        assert (figures.given, figures.received, figures.thanks_received) == (1, 0, 0)


async def test_when_two_members_become_one_an_earlier_undo_keeps_its_instant_and_its_doer(
    workplace: Workplace,
) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        anna, dirk = await ledger.join(work, club, ledger.anna(), ledger.dirk(None))
        waiting = await ledger.pending(work, club, "dirk")
        referral = await ledger.refer(work, club, anna, waiting)
        long_ago = work.now.replace(year=2025)
        await work.referrals.undo(referral.id, waiting.id, long_ago)
        await work.merging.merge(waiting.id, dirk.id, work.now)
        undone = await work.referrals.get(referral.id)
        assert (undone.undone_at, undone.undone_by_id) == (long_ago, dirk.id)


async def test_someone_who_left_and_comes_back_is_the_same_member(workplace: Workplace) -> None:
    async with workplace.work() as work:
        club = await ledger.club(work)
        (anna,) = await ledger.join(work, club, ledger.anna())
        await members.leave(work, club, ledger.anna().user_id)
        assert await work.clubs.of_person(ledger.anna().user_id) == []
        (pressed,) = [await members.join(work, club, ledger.anna(), present=False)]
        assert pressed.left_at == work.now
        (back,) = await ledger.join(work, club, ledger.anna())
        assert back == replace(anna, left_at=None)


async def test_a_person_is_one_and_a_member_of_each_club(workplace: Workplace) -> None:
    async with workplace.work() as work:
        here, there = await ledger.club(work, -1), await ledger.club(work, -2)
        (in_one,) = await ledger.join(work, here, ledger.anna())
        (in_other,) = await ledger.join(work, there, ledger.anna())
        await members.meet(work, replace(ledger.anna(), first_name="Annelies"))

        async def found(member: Member) -> str:
            return (await work.members.get(member.id)).first_name

        assert in_one.id != in_other.id
        assert [await found(in_one), await found(in_other)] == ["Annelies", "Annelies"]
