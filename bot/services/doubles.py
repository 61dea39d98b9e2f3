"""Referrals that look like one given before: written down all the same, and the giver is asked."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.alike import contact_like
from bot.domain.errors import AlreadyUndone, NotYours, UnknownNumber
from bot.domain.models import Club, Member, Referral
from bot.domain.parsing import ReferralDraft

if TYPE_CHECKING:
    from bot.storage.work import Work

LOOKED_BACK = timedelta(days=30)


async def find(
    work: "Work", giver_id: int, recipient_id: int, draft: ReferralDraft, given_at: datetime, below: int | None = None
) -> int | None:
    """The id of the latest referral within thirty days before from this giver to this recipient with this contact.

    The contact is compared by phone number and, loosely, by name. What was taken back is none. With `below` only
    referrals with a lower number are looked at: those that were there before one that is corrected.
    """
    is_theirs = contact_like(draft.contact, draft.phone)
    for before in await work.referrals.passed(giver_id, recipient_id, given_at - LOOKED_BACK):
        if (below is None or before.number < below) and is_theirs(before.contact, before.phone):
            return before.id
    return None


async def looked_like(work: "Work", referral: Referral) -> Referral | None:
    """The referral that this one is asked to be a double of, if that still stands."""
    if referral.double_of_id is None or referral.undone_at is not None:
        return None
    first = await work.referrals.get(referral.double_of_id)
    return first if first.undone_at is None else None


async def keep(work: "Work", club: Club, by: Member, number: int, *, is_admin: bool) -> Referral:
    """The giver (or an admin) says that referral `number` is another than the one it looks like."""
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    if by.id != referral.giver_id and not is_admin:
        raise NotYours(number)
    if referral.undone_at is not None:
        raise AlreadyUndone(number)
    await work.referrals.correct(referral.id, double_of_id=None)
    return referral
