"""Saying thanks for business that came of a referral, correcting it, and telling which referral it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.domain.errors import (
    AlreadyUndone,
    DailyThanks,
    NotAPerson,
    NotYours,
    Oneself,
    OnlyThanker,
    TooLate,
    TooMany,
    UnknownButton,
    UnknownNumber,
)
from bot.domain.mentions import Mention
from bot.domain.models import Club, Member, Referral, Source, Thanks
from bot.domain.parsing import ThanksDraft
from bot.services import chains, daily, members, sources
from bot.services.referrals import CHANGE_FOR

if TYPE_CHECKING:
    from bot.storage.work import Work

MAX_CHOICES = 8
DEGREES = (1, 2, 3)
"""Whose business it was: that of the giver, of the contact they introduced, of someone further on."""


@dataclass(frozen=True)
class Thanked:
    """A thanks with the referral it is for, or those it may be for.

    `began` is the first of the chain that the referral came out of, where it came out of one.
    """

    thanks: Thanks
    referral: Referral | None
    choices: Sequence[Referral]
    began: Referral | None = None

    @property
    def asks_degree(self) -> bool:
        """Can only the thanker tell whose business it was?"""
        return self.referral is None and not self.choices and self.thanks.degree is None


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
    if await sources.has_made(work, source, "thanks") and (before := await work.thanks.from_source(source)):
        return await read(work, before)
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
    if before.from_id != thanker.id:
        raise NotYours(before.number)  # who was forgotten, and is new, has no hand in what was theirs
    giver = await _giver(work, club, thanker, mentions)
    changes: dict[str, Any] = {"to_id": giver.id, "amount": draft.amount, "note": draft.note}
    if draft.number is not None or giver.id != before.to_id:
        changes |= _link(await _linked(work, club, thanker, giver, draft))
    if all(getattr(before, name) == value for name, value in changes.items() if name != "degree"):
        return None  # a degree is never typed: what was told of it goes with the referral or the giver it was told of
    if before.undone_at is not None:
        raise AlreadyUndone(before.number)
    if work.now - before.given_at > CHANGE_FOR:
        raise TooLate(before.number)
    await work.thanks.correct(before.id, **changes)
    await work.audit.add(club.id, thanker.id, "corrected", numbers=[before.number])
    corrected = await work.thanks.from_source(before.source)
    if corrected is None:
        raise LookupError(f"thanks {before.id} is gone")
    return await read(work, corrected)


async def link(work: "Work", club: Club, presser: Member, number: int, referral_number: int) -> Thanked:
    """The thanker tells which referral thanks `number` is for; 0 stands for none of them."""
    thanks = await _own(work, club, presser, number)
    referral = None
    if referral_number:
        referral = await _referral(work, club, thanks.from_id, thanks.to_id, referral_number)
    await work.thanks.correct(thanks.id, **_link(referral))
    linked = await work.thanks.by_number(club.id, number) or thanks
    return await read(work, linked) if referral else Thanked(linked, None, ())


async def tell_degree(work: "Work", club: Club, presser: Member, number: int, degree: int) -> Thanked:
    """The thanker tells whose business thanks `number` is for, where no referral tells."""
    thanks = await _own(work, club, presser, number)
    if degree not in DEGREES or thanks.referral_id is not None:
        raise UnknownButton
    await work.thanks.correct(thanks.id, degree=degree)
    return await read(work, replace(thanks, degree=degree))


async def read(work: "Work", thanks: Thanks) -> Thanked:
    """The thanks with the referral it is for; while that is not told, those it may be for."""
    if thanks.referral_id is not None:
        referral = await work.referrals.get(thanks.referral_id)
        return Thanked(thanks, referral, (), await chains.beginning(work, referral))
    if thanks.degree is not None:
        return Thanked(thanks, None, ())
    choices = await work.referrals.to_thank_for(giver_id=thanks.to_id, recipient_id=thanks.from_id)
    return Thanked(thanks, None, choices[-MAX_CHOICES:])


async def _own(work: "Work", club: Club, presser: Member, number: int) -> Thanks:
    """The thanks with this number, of which only who said it can tell more."""
    thanks = await work.thanks.by_number(club.id, number)
    if thanks is None:
        raise UnknownNumber(number)
    if thanks.from_id != presser.id:
        raise OnlyThanker
    if thanks.undone_at is not None:
        raise AlreadyUndone(number)
    return thanks


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
    """The link; with a referral that tells the degree, and without one nobody has told it yet."""
    return {"referral_id": referral.id if referral else None, "degree": None}
