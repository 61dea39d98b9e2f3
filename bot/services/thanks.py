"""Saying thanks for business that came of a referral, correcting it, and telling which referral it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.domain.errors import (
    AlreadyUndone,
    DailyThanks,
    MadeAlready,
    NotAPerson,
    Oneself,
    OnlyThanker,
    TooLate,
    TooMany,
    UnknownNumber,
)
from bot.domain.mentions import Mention
from bot.domain.models import Club, Member, Referral, Source, Thanks
from bot.domain.parsing import ThanksDraft
from bot.services import daily, members
from bot.services.referrals import CHANGE_FOR

if TYPE_CHECKING:
    from bot.storage.work import Work

MAX_CHOICES = 8
# Business with the giver themself is of the first degree, with the contact whom they introduced of the second.
DEGREES = {"inside": 1, "outside": 2}


@dataclass(frozen=True)
class Thanked:
    """A thanks with the referral it is for, or those it may be for."""

    thanks: Thanks
    referral: Referral | None
    choices: Sequence[Referral]


async def thank(
    work: "Work",
    club: Club,
    thanker: Member,
    mentions: Sequence[Mention],
    draft: ThanksDraft,
    source: Source,
    sent_at: datetime,
    daily_limit: int,
) -> Thanked:
    """Write down a thanks. Raises a Refusal when it cannot be; the same message writes down one only."""
    if before := await work.thanks.from_source(source):
        return await read(work, before)
    if referrals := await work.referrals.from_source(source):
        raise MadeAlready(referrals[0].number)
    giver = await _giver(work, club, thanker, mentions)
    referral = await _linked(work, club, thanker, giver, draft)
    given_at = max(sent_at, club.week_began_at)
    await daily.check(work.thanks, club, thanker, given_at, more=1, limit=daily_limit, refusal=DailyThanks)
    thanks = await work.thanks.add(
        club_id=club.id,
        number=await work.clubs.next_number(club.id),
        from_id=thanker.id,
        to_id=giver.id,
        amount=draft.amount,
        note=draft.note,
        given_at=given_at,
        chat_id=source.chat_id,
        message_id=source.message_id,
        **_link(referral),
    )
    return await read(work, thanks)


async def correct(
    work: "Work",
    club: Club,
    thanker: Member,
    mentions: Sequence[Mention],
    draft: ThanksDraft,
    before: Thanks,
) -> Thanked | None:
    """Make the thanks of an edited message say what it says now; None when it says what it said."""
    giver = await _giver(work, club, thanker, mentions)
    changes: dict[str, Any] = {"to_id": giver.id, "amount": draft.amount, "note": draft.note}
    if draft.number is not None or giver.id != before.to_id:
        changes |= _link(await _linked(work, club, thanker, giver, draft))
    if all(getattr(before, name) == value for name, value in changes.items()):
        return None
    if before.undone_at is not None:
        raise AlreadyUndone(before.number)
    if work.now - before.given_at > CHANGE_FOR:
        raise TooLate(before.number)
    await work.thanks.correct(before.id, **changes)
    corrected = await work.thanks.from_source(before.source)
    if corrected is None:
        raise LookupError(f"thanks {before.id} is gone")
    return await read(work, corrected)


async def link(work: "Work", club: Club, presser: Member, number: int, referral_number: int) -> Thanked:
    """The thanker tells which referral thanks `number` is for; 0 stands for none of them."""
    thanks = await work.thanks.by_number(club.id, number)
    if thanks is None:
        raise UnknownNumber(number)
    if thanks.from_id != presser.id:
        raise OnlyThanker
    if thanks.undone_at is not None:
        raise AlreadyUndone(number)
    referral = None
    if referral_number:
        referral = await _referral(work, club, thanks.from_id, thanks.to_id, referral_number)
    await work.thanks.correct(thanks.id, **_link(referral))
    linked = await work.thanks.by_number(club.id, number)
    return Thanked(linked or thanks, referral, ())


async def read(work: "Work", thanks: Thanks) -> Thanked:
    """The thanks with the referral it is for; while that is not told, those it may be for."""
    if thanks.referral_id is not None:
        return Thanked(thanks, await work.referrals.get(thanks.referral_id), ())
    choices = await work.referrals.to_thank_for(giver_id=thanks.to_id, recipient_id=thanks.from_id)
    return Thanked(thanks, None, choices[-MAX_CHOICES:])


async def _giver(work: "Work", club: Club, thanker: Member, mentions: Sequence[Mention]) -> Member:
    if len(mentions) > 1:
        raise TooMany(1)
    if mentions[0].is_bot:
        raise NotAPerson
    giver = await members.mentioned(work, club, mentions[0])
    if giver.id == thanker.id:
        raise Oneself
    return giver


async def _linked(work: "Work", club: Club, thanker: Member, giver: Member, draft: ThanksDraft) -> Referral | None:
    """The referral that the thanks names, or the only one it can be for."""
    if draft.number is not None:
        return await _referral(work, club, thanker.id, giver.id, draft.number)
    open_ones = await work.referrals.to_thank_for(giver_id=giver.id, recipient_id=thanker.id)
    return open_ones[0] if len(open_ones) == 1 else None


async def _referral(work: "Work", club: Club, recipient_id: int, giver_id: int, number: int) -> Referral:
    referral = await work.referrals.by_number(club.id, number)
    between = referral and (referral.giver_id, referral.recipient_id) == (giver_id, recipient_id)
    if referral is None or not between or referral.undone_at is not None:
        raise UnknownNumber(number)
    return referral


def _link(referral: Referral | None) -> dict[str, Any]:
    if referral is None:
        return {"referral_id": None, "degree": None}
    return {"referral_id": referral.id, "degree": None if referral.kind_asked else DEGREES[referral.kind]}
