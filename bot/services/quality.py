"""How warm an introduction is, and whether the contact agreed to be called: what the giver may say after the fact."""

from typing import TYPE_CHECKING

from bot.domain.errors import AlreadyUndone, OnlyGiver
from bot.domain.models import Member, Referral

if TYPE_CHECKING:
    from bot.storage.work import Work


async def set_warmth(work: "Work", referral: Referral, member: Member, warmth: int) -> list[Referral]:
    """The giver tells how warm it is; see `_set`."""
    return await _set(work, referral, member, "warmth", warmth, str(warmth))


async def set_agreed(work: "Work", referral: Referral, member: Member, *, agreed: bool) -> list[Referral]:
    """The giver tells whether the contact agreed to be called; see `_set`."""
    return await _set(work, referral, member, "agreed", agreed, "yes" if agreed else "no")


def check(referral: Referral, member: Member) -> None:
    """Raise OnlyGiver or AlreadyUndone unless the member may tell this of the referral."""
    if member.id != referral.giver_id:
        raise OnlyGiver(referral.number)
    if referral.undone_at is not None:
        raise AlreadyUndone(referral.number)


async def _set(work: "Work", referral: Referral, member: Member, side: str, value: object, said: str) -> list[Referral]:
    """Set it for all that the same message made: it is one contact, and one introduction. Returns what changed."""
    check(referral, member)
    made = [each for each in await work.referrals.from_source(referral.source) if each.undone_at is None]
    changed = [each for each in made if getattr(each, side) != value]
    for each in changed:
        await work.referrals.correct(each.id, **{side: value})
        await work.events.add(each.id, work.now, member.id, side, said)
    return [await work.referrals.get(each.id) for each in changed]
