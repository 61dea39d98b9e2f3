"""Clubs: how they begin, and how they outlive their group's chat id."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.club_settings import Change
from bot.domain.models import Club, Member, Person, Referral, Thanks
from bot.domain.retention import Losses
from bot.domain.slots import Slot, moved, next_slot

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass(frozen=True)
class Defaults:
    """What a new club starts with."""

    language: str
    currency: str
    slot: Slot


async def of_chat(work: "Work", chat_id: int, title: str, defaults: Defaults) -> Club:
    """The club of this group; it begins when the group is first seen."""
    club = await work.clubs.by_chat(chat_id)
    if club is None:
        return await work.clubs.create(
            chat_id,
            work.now,
            title=title,
            language=defaults.language,
            timezone=defaults.slot.zone.key,
            currency=defaults.currency,
            post_day=defaults.slot.weekday,
            post_time=defaults.slot.at,
            next_slot_at=next_slot(defaults.slot, work.now),
        )
    if club.title != title and club.chat_id == chat_id:
        await work.clubs.retitle(club.id, title)
        return await work.clubs.get(club.id)
    return club


async def change(work: "Work", club: Club, by: Member, wish: Change) -> Club:
    """An admin wants this otherwise; return the club as it is then. A slot that is moved holds at once: see `moved`."""
    wanted = replace(club, **wish.values)
    next_slot_at = club.next_slot_at
    if wanted.slot != club.slot:
        next_slot_at = moved(wanted.slot, club.week_began_at, club.next_slot_at, work.now)
    await work.clubs.configure(club.id, **wish.values, next_slot_at=next_slot_at)
    was, now = wish.setting.written(club), wish.setting.written(wanted)
    if was != now:
        await work.audit.add(club.id, by.id, "setting", setting=wish.setting.name, was=was, now=now)
    return await work.clubs.get(club.id)


async def losses(work: "Work", club: Club, wish: Change) -> Losses:
    """What this change would have erased within a minute; nothing where contacts are kept as long as now, or longer."""
    wanted = replace(club, **wish.values)
    if wanted.contact_months >= club.contact_months and wanted.keep_names >= club.keep_names:
        return Losses()
    return await work.contacts.to_lose(club.id, work.now, wanted.contact_months, keep_names=wanted.keep_names)


async def upgraded(work: "Work", old_chat_id: int, new_chat_id: int) -> list[Referral | Thanks]:
    """The group became a supergroup: its club goes by the new chat id, and nothing is lost.

    Telegram tells it in two messages of no given order, and things may be said in the new chat before either:
    a club that began there by mistake is taken into the old one. Returns its entries, as they have other numbers
    now. Safe to repeat.
    """
    await work.clubs.readdress(old_chat_id, new_chat_id)
    old = await work.clubs.by_chat(old_chat_id)
    new = await work.clubs.by_chat(new_chat_id)
    if old is None and new is not None:
        await work.clubs.add_chat(new.id, old_chat_id)
    if old is None or (new is not None and new.id == old.id and new.chat_id == new_chat_id):
        return []
    moved = await _take_in(work, new, into=old) if new is not None and new.id != old.id else []
    await work.clubs.point_chat(old.id, new_chat_id)
    return moved


async def _take_in(work: "Work", club: Club, into: Club) -> list[Referral | Thanks]:
    for member in await work.members.all_of(club.id):
        same = None
        if member.user_id is not None:
            same = await work.members.of_person(into.id, member.user_id)
        elif (same_id := await work.taking_in.same_in(into.id, member.id)) is not None:
            same = await work.members.get(same_id)
        elif member.username:
            same = await work.members.by_username(into.id, member.username)
        if same is None:
            await work.members.move(member.id, into.id)
        else:
            await work.merging.merge(member.id, same.id, work.now)
        if member.user_id is not None:
            known = Person(member.user_id, member.first_name, username=member.username)
            _, expected = await work.members.of_person_and_expected(into.id, known)
            for pending in expected:
                await work.merging.merge(pending.id, same.id if same else member.id, work.now)
    last = await work.clubs.renumber_entries(club.id, into.id)
    await work.clubs.delete(club.id, into.id)
    return [*await work.referrals.after(into.id, last), *await work.thanks.after(into.id, last)]
