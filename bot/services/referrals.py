"""Passing on a referral, correcting it, and reading it back with the names of its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.errors import (
    AlreadyUndone,
    CannotAddByEdit,
    ContactErased,
    DailyReferrals,
    NotAPerson,
    Oneself,
    TooLate,
    TooMany,
)
from bot.domain.mentions import Mention
from bot.domain.models import Club, Member, Referral, Source
from bot.domain.parsing import ReferralDraft
from bot.services import chains, daily, direct, doubles, members, sources

if TYPE_CHECKING:
    from bot.storage.work import Work

MAX_RECIPIENTS = 6
"""So that the answer, which names each, is within Telegram's 4096 units whatever they are called."""
CHANGE_FOR = timedelta(hours=24)
"""How long a giver may take back or correct an entry of their own. Admins may take back any, any time."""

# What the one recipient did with it is not the next one's doing.
_ANEW = {"status": "new", "declined_at": None, "reminded_at": None, "wait_told_at": None}


@dataclass(frozen=True)
class Correction:
    """What an edited /refer did: referrals that were `withdrawn` from a recipient, and those that are `kept`."""

    kept: Sequence[Referral]
    withdrawn: Sequence[Referral]


async def give(
    work: "Work",
    club: Club,
    giver: Member,
    recipients: Sequence[Mention],
    draft: ReferralDraft,
    source: Source,
    sent_at: datetime,
    daily_limit: int,
) -> list[Referral]:
    """Write down one referral for each recipient.

    Raises a Refusal when one of them cannot be. Telegram may deliver the message again: what it made the first
    time is returned, and nothing is added.
    """
    if await sources.has_made(work, source, "referrals"):
        return await work.referrals.from_source(source)
    to = await _recipients(work, club, giver, recipients)
    via = await chains.named(work, club, draft.via)
    # A message that was sent just before a slot and arrives just after it belongs to the new week: each
    # referral is in exactly one weekly post.
    given_at = max(sent_at, club.week_began_at)
    await daily.check(work.referrals, club, giver, given_at, more=len(to), limit=daily_limit, refusal=DailyReferrals)
    kind = await direct.judge(work, club, giver, to, draft)
    return [
        await work.referrals.add(
            club_id=club.id,
            number=await work.clubs.next_number(club.id),
            giver_id=giver.id,
            recipient_id=recipient.id,
            contact=draft.contact,
            need=draft.need,
            phone=draft.phone,
            email=draft.email,
            double_of_id=await doubles.find(work, giver.id, recipient.id, draft, given_at),
            via_id=via.id if via else None,
            given_at=given_at,
            chat_id=source.chat_id,
            message_id=source.message_id,
            position=position,
            **kind,
        )
        for position, recipient in enumerate(to)
    ]


async def correct(
    work: "Work",
    club: Club,
    giver: Member,
    recipients: Sequence[Mention],
    draft: ReferralDraft,
    before: Sequence[Referral],
) -> Correction | None:
    """Make the referrals of an edited message say what it says now; an edit never adds one.

    A recipient who is named no longer makes place for one who is new; where nobody is new, theirs is undone.
    Returns None when the message says what it said.
    """
    if before[0].is_erased:
        raise ContactErased(before[0].number)
    to = await _recipients(work, club, giver, recipients)
    named = {recipient.id for recipient in to}
    live = [referral for referral in before if referral.undone_at is None]
    via_id = await _via(work, club, draft, before)
    same_people = {referral.recipient_id for referral in live or before} == named
    if same_people and await _says_it_all(work, before, draft, via_id):
        return None
    if not live:
        raise AlreadyUndone(before[0].number)
    if work.now - live[0].given_at > CHANGE_FOR:
        raise TooLate(live[0].number)
    staying = [referral for referral in live if referral.recipient_id in named]
    going = [referral for referral in live if referral.recipient_id not in named]
    new = [r.id for r in to if r.id not in {referral.recipient_id for referral in staying}]
    if len(new) > len(going):
        raise CannotAddByEdit
    changes: dict[str, Any] = {"contact": draft.contact, "need": draft.need, "via_id": via_id}
    changes |= {"phone": draft.phone, "email": draft.email}
    changes |= await direct.judge_again(work, club, giver, to, draft, live[0])
    for referral in staying:
        await work.referrals.correct(referral.id, **changes)
        await _look_for_double(work, referral, referral.recipient_id, draft)
    for referral, recipient_id in zip(going, new, strict=False):
        await work.referrals.correct(referral.id, recipient_id=recipient_id, **_ANEW, **changes)
        await work.events.add(referral.id, work.now, giver.id, "status", "new")
        await _look_for_double(work, referral, recipient_id, draft)
    for referral in going[len(new) :]:
        await work.referrals.undo(referral.id, giver.id, work.now)
    await work.audit.add(club.id, giver.id, "corrected", numbers=[referral.number for referral in live])
    kept = [r for r in await work.referrals.from_source(before[0].source) if r.undone_at is None]
    return Correction(kept, going)


async def _recipients(work: "Work", club: Club, giver: Member, mentions: Sequence[Mention]) -> list[Member]:
    if len(mentions) > MAX_RECIPIENTS:
        raise TooMany(MAX_RECIPIENTS)
    if any(mention.is_bot for mention in mentions):
        raise NotAPerson
    found = {}
    for mention in mentions:
        member = await members.mentioned(work, club, mention)
        found[member.id] = member
    if giver.id in found:
        raise Oneself
    return list(found.values())


async def _look_for_double(work: "Work", before: Referral, recipient_id: int, draft: ReferralDraft) -> None:
    """Ask anew whether a corrected referral is a double, if it is about somebody else now."""
    was = (before.recipient_id, before.contact, before.phone)
    if was != (recipient_id, draft.contact, draft.phone):
        first = await doubles.find(work, before.giver_id, recipient_id, draft, before.given_at, before.number)
        await work.referrals.correct(before.id, double_of_id=first)


async def _says_it_all(work: "Work", before: Sequence[Referral], draft: ReferralDraft, via_id: int | None) -> bool:
    """Does the message say what it said, #inside included?"""
    if not all(_says(referral, draft, via_id) for referral in before):
        return False
    if draft.inside:
        return all(referral.kind == "inside" and not referral.kind_asked for referral in before)
    return not await direct.was_marked(work, before[0])


async def _via(work: "Work", club: Club, draft: ReferralDraft, before: Sequence[Referral]) -> int | None:
    """What an edited message came out of: what it names, else what a button told."""
    linked = before[0].via_id
    if draft.via is None:
        return linked if linked is not None and await work.chains.is_by_button(before[0].id) else None
    named = await work.referrals.by_number(club.id, draft.via)
    if named is None or named.id != linked:
        named = await chains.named(work, club, draft.via, before)
    return named.id if named else None


def _says(referral: Referral, draft: ReferralDraft, via_id: int | None) -> bool:
    said = (referral.contact, referral.need, referral.phone, referral.email, referral.via_id)
    return said == (draft.contact, draft.need, draft.phone, draft.email, via_id)
