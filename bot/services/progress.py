"""What becomes of a referral: moved by its two people and the admins, each move kept with who and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.errors import (
    AlreadyUndone,
    MovedOn,
    NotConcerned,
    RecipientDecides,
    UnknownNumber,
    WonByThanks,
)
from bot.domain.models import Club, Event, Member, Referral, Status
from bot.domain.progress import STEPS, reason_of
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass(frozen=True)
class Move:
    """A referral as it is after a move, and where it was `before`; the same where nothing had to be done."""

    referral: Referral
    before: Status
    reason: str | None = None
    changed: bool = True


@dataclass(frozen=True)
class Story:
    """A referral with all that happened to it, in order, and what to call its people."""

    referral: Referral
    events: Sequence[Event]
    names: Mapping[int, str]

    @property
    def reason(self) -> str | None:
        """Why it is not for its recipient, where they said."""
        return reason_of(list(self.events)) if self.referral.status == "declined" else None


def may_see(referral: Referral, member: Member) -> bool:
    """Is the member one of its two people?"""
    return member.id in (referral.giver_id, referral.recipient_id)


def may_move(referral: Referral, member: Member, to: Status) -> bool:
    """May the member move it there, without being an admin? Whether it is for them, the recipient decides alone."""
    if member.id == referral.recipient_id:
        return True
    return member.id == referral.giver_id and "declined" not in (referral.status, to)


def steps(referral: Referral, member: Member) -> list[Status]:
    """Where this member may move it by hand now."""
    if referral.undone_at is not None:
        return []
    return [to for to in STEPS[referral.status] if not may_see(referral, member) or may_move(referral, member, to)]


async def find(work: "Work", club: Club, number: int) -> Referral:
    """The club's referral with this number. Raises UnknownNumber."""
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    return referral


async def move(work: "Work", referral: Referral, member: Member, to: Status, *, is_admin: bool) -> Move:
    """Move the referral. Raises a Refusal when it cannot be; what it is already, it stays."""
    _authorise(referral, member, to, is_admin=is_admin)
    if referral.status == to:
        return Move(referral, to, changed=False)
    if await work.referrals.is_thanked(referral.id):
        raise WonByThanks(referral.number)
    if to not in STEPS[referral.status]:
        raise MovedOn(referral.number)
    await work.referrals.correct(referral.id, status=to, declined_at=work.now if to == "declined" else None)
    await work.events.add(referral.id, work.now, member.id, "status", to)
    if to == "declined" and member.id != referral.recipient_id:
        await work.audit.add(referral.club_id, member.id, "declined", numbers=[referral.number])
    return Move(await work.referrals.get(referral.id), referral.status)


async def give_reason(work: "Work", referral: Referral, member: Member, reason: str, *, is_admin: bool) -> Move:
    """Keep why a declined referral is not for its recipient."""
    _authorise(referral, member, "declined", is_admin=is_admin)
    if referral.status != "declined":
        raise MovedOn(referral.number)
    if reason_of(await work.events.of_referral(referral.id)) == reason:
        return Move(referral, "declined", reason, changed=False)
    await work.events.add(referral.id, work.now, member.id, "status", f"declined:{reason}")
    return Move(referral, "declined", reason)


async def story(work: "Work", referral: Referral) -> Story:
    """The referral with its history."""
    events = await work.events.of_referral(referral.id)
    people = {referral.giver_id, referral.recipient_id, *(event.by_id for event in events if event.by_id is not None)}
    return Story(referral, events, (await members.cast(work, referral.club_id, people)).names)


def _authorise(referral: Referral, member: Member, to: Status, *, is_admin: bool) -> None:
    if not is_admin and not may_move(referral, member, to):
        raise (RecipientDecides if may_see(referral, member) else NotConcerned)(referral.number)
    if referral.undone_at is not None:
        raise AlreadyUndone(referral.number)
