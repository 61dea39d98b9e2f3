"""The contacts of the referrals: erased after a time, or at once when an admin says so."""

from typing import TYPE_CHECKING

from bot.domain.alike import words
from bot.domain.errors import ContactErased, UnknownNumber
from bot.domain.models import Club, Member, Referral, Thanks

if TYPE_CHECKING:
    from bot.storage.work import Work

AT_ONCE = 100
_MIN_WORD = 3


async def erase_due(work: "Work") -> int:
    """Erase some of the contacts whose time has come; returns how many, 0 when none is left.

    The phone number and address go, and the name where the club wants none kept. What was told with them goes too.
    """
    due = await work.contacts.due(work.now, AT_ONCE)
    for (_, with_name), ids in due.items():
        if not with_name:
            await work.contacts.erase(ids)
            continue
        for referral in await work.referrals.among(ids):
            await _erase_all(work, referral)
    if due:
        await work.said.forget([club_id for club_id, _ in due])
    return sum(map(len, due.values())) + await work.contacts.erase_visitors(work.now, AT_ONCE)


async def find(work: "Work", club: Club, number: int) -> Referral:
    """The referral with a contact that can be erased. Raises UnknownNumber, and ContactErased when it was."""
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    if referral.is_erased:
        raise ContactErased(number)
    return referral


async def erase(work: "Work", club: Club, admin: Member, referral: Referral) -> list[Thanks]:
    """Erase the contact of this referral at once; returns the thanks that name it too.

    Name, phone number and address go; the need, and what was said with the thanks, where they name the contact.
    """
    await _erase_all(work, referral)
    await work.said.forget([club.id])
    telling = [part for each in (referral.phone, referral.email) for part in each.split(", ") if part]
    telling += [referral.contact] if " " in referral.contact else []  # one name alone is anybody's
    await work.said.scrub([club.id], telling, "…")
    await work.audit.add(club.id, admin.id, "contact", numbers=[referral.number])
    return await work.thanks.for_referrals([referral.id])


async def _erase_all(work: "Work", referral: Referral) -> None:
    need = "" if _names(referral.need, referral.contact) else referral.need
    await work.contacts.erase([referral.id], contact="", need=need, erased="all")
    telling = [id_ for id_, note in await work.contacts.notes(referral.id) if _names(note, referral.contact)]
    await work.contacts.erase_notes(telling)


def _names(text: str, contact: str) -> bool:
    """Does the text name the contact, if only by one of their names?"""
    named = {word for word in words(contact) if len(word) >= _MIN_WORD}
    return bool(named & set(words(text)))
