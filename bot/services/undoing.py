"""Taking back an entry of the ledger: it stays there, marked, and counts nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.errors import AlreadyUndone, NothingToUndo, NotYours, TooLate, UnknownNumber
from bot.domain.models import Club, Member, Referral, Thanks
from bot.services.referrals import CHANGE_FOR

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass(frozen=True)
class Undone:
    """What was taken back: referrals that one message made, or a thanks."""

    referrals: list[Referral]
    thanks: Thanks | None = None

    @property
    def numbers(self) -> list[int]:
        """The numbers of the entries."""
        return [referral.number for referral in self.referrals] + ([self.thanks.number] if self.thanks else [])


async def find(work: "Work", club: Club, number: int) -> Referral | Thanks:
    """The club's entry with this number. Raises UnknownNumber."""
    entry = await work.referrals.by_number(club.id, number) or await work.thanks.by_number(club.id, number)
    if entry is None:
        raise UnknownNumber(number)
    return entry


def author_id(entry: Referral | Thanks) -> int:
    """The member who made the entry."""
    return entry.giver_id if isinstance(entry, Referral) else entry.from_id


def may_author(at: datetime, entry: Referral | Thanks, member: Member) -> bool:
    """May the member take the entry back as its author, whether an admin or not?"""
    return author_id(entry) == member.id and at - entry.given_at <= CHANGE_FOR


async def undo(work: "Work", club: Club, by: Member, number: int, at: datetime, *, is_admin: bool) -> Undone:
    """Take back entry `number` as of `at`: its author within a day, an admin any time."""
    entry = await find(work, club, number)
    if entry.undone_at is not None:
        raise AlreadyUndone(number)
    if not (is_admin or may_author(at, entry, by)):
        raise TooLate(number) if author_id(entry) == by.id else NotYours(number)
    return await _noted(work, by, await _undo(work, by, entry, at))


async def undo_last(work: "Work", by: Member, at: datetime) -> Undone:
    """Take back what the member recorded last within a day before `at`: all that one message made."""
    since = at - CHANGE_FOR
    referral = await work.referrals.last_of_giver(by.id, since)
    thanks = await work.thanks.last_from(by.id, since)
    if thanks and (referral is None or thanks.number > referral.number):
        return await _noted(work, by, await _undo(work, by, thanks, at))
    if referral is None:
        raise NothingToUndo
    together = await work.referrals.from_source(referral.source)
    for each in together:
        if each.undone_at is None:
            await _undo(work, by, each, at)
    return await _noted(work, by, Undone([each for each in together if each.undone_at is None]))


async def _noted(work: "Work", by: Member, undone: Undone) -> Undone:
    await work.audit.add(by.club_id, by.id, "undone", numbers=undone.numbers)
    return undone


async def _undo(work: "Work", by: Member, entry: Referral | Thanks, at: datetime) -> Undone:
    # What was asked before a slot and read after it is not in that week's post; nothing ends before it began.
    at = max(at, entry.given_at)
    if isinstance(entry, Referral):
        await work.referrals.undo(entry.id, by.id, at)
        return Undone([entry])
    await work.thanks.undo(entry.id, by.id, at)
    return Undone([], entry)
