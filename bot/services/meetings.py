"""One-to-ones: writing one down, correcting it, taking it back, and saying that it did not happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import (
    AlreadyMet,
    DailyMeetings,
    EntryTooLate,
    EntryUndone,
    NotAPerson,
    NotYourEntry,
    Oneself,
    OnlyTheOther,
    TooMany,
    UnknownButton,
)
from bot.domain.mentions import Mention
from bot.domain.models import Club, Meeting, Member, Source, Visitor
from bot.domain.slots import instant_of
from bot.services import daily, members, sources
from bot.services.referrals import CHANGE_FOR

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass(frozen=True)
class Change:
    """What became of a one-to-one, and what it was."""

    before: Meeting
    now: Meeting


async def record(
    work: "Work",
    club: Club,
    by: Member,
    mentions: Sequence[Mention],
    note: str,
    source: Source,
    sent_at: datetime,
    daily_limit: int,
) -> Meeting:
    """Write down that the two met. The same message writes down one only.

    Raises a Refusal when it cannot be; AlreadyMet when one of the two did so for that local day.
    """
    if await sources.has_made(work, source, "meetings") and (before := await work.meetings.from_source(source)):
        return before
    other = await _other(work, club, by, mentions)
    await _check_day(work, club, by.id, other.id, sent_at)
    await daily.check(work.meetings, club, by, sent_at, more=1, limit=daily_limit, refusal=DailyMeetings)
    return await work.meetings.add(
        club_id=club.id,
        by_id=by.id,
        with_id=other.id,
        note=note,
        met_at=sent_at,
        chat_id=source.chat_id,
        message_id=source.message_id,
    )


async def correct(
    work: "Work", club: Club, by: Member, mentions: Sequence[Mention], note: str, before: Meeting
) -> Change | None:
    """Make the one-to-one of an edited message say what it says now; None when it says what it said."""
    other = await _other(work, club, by, mentions)
    if (other.id, note) == (before.with_id, before.note):
        return None
    check_change(before, by, work.now, is_admin=False)
    if other.id != before.with_id:
        await _check_day(work, club, by.id, other.id, before.at)
    await work.audit.add(club.id, by.id, "met_corrected", meeting=before.id)
    return Change(before, await work.meetings.correct(before.id, with_id=other.id, note=note))


async def find(work: "Work", club: Club, meeting_id: int) -> Meeting:
    """The club's one-to-one with this id. Raises UnknownButton: ids are in buttons only."""
    meeting = await work.meetings.in_club(club.id, meeting_id)
    if meeting is None:
        raise UnknownButton
    return meeting


async def undo(work: "Work", meeting: Meeting, by: Member, at: datetime, *, is_admin: bool) -> Meeting:
    """Take it back: its author within a day, an admin any time."""
    check_change(meeting, by, at, is_admin=is_admin)
    return await _undo(work, meeting, by, at)


async def object_to(work: "Work", meeting: Meeting, by: Member, at: datetime) -> Meeting:
    """The other of the two says that it did not happen: it is undone. Raises OnlyTheOther and EntryUndone."""
    if meeting.with_id != by.id:
        raise OnlyTheOther
    if meeting.undone_at is not None:
        raise EntryUndone
    return await _undo(work, meeting, by, at)


def check_change(entry: Meeting | Visitor, by: Member, at: datetime, *, is_admin: bool) -> None:
    """Raise a Refusal unless the member may change the entry now."""
    if entry.undone_at is not None:
        raise EntryUndone
    if is_admin or may_author(entry, by, at):
        return
    raise EntryTooLate if entry.by_id == by.id else NotYourEntry


def may_author(entry: Meeting | Visitor, by: Member, at: datetime) -> bool:
    """May the member change the entry as its author, whether an admin or not?"""
    return entry.by_id == by.id and at - entry.at <= CHANGE_FOR


async def _undo(work: "Work", meeting: Meeting, by: Member, at: datetime) -> Meeting:
    await work.audit.add(meeting.club_id, by.id, "met_undone", meeting=meeting.id)
    return await work.meetings.correct(meeting.id, undone_at=max(at, meeting.at), undone_by_id=by.id)


async def _other(work: "Work", club: Club, by: Member, mentions: Sequence[Mention]) -> Member:
    if len(mentions) > 1:
        raise TooMany(1)
    if mentions[0].is_bot:
        raise NotAPerson
    other = await members.mentioned(work, club, mentions[0])
    if other.id == by.id:
        raise Oneself
    return other


async def _check_day(work: "Work", club: Club, one_id: int, other_id: int, at: datetime) -> None:
    day = at.astimezone(club.zone).date()
    begin, end = (instant_of(day + timedelta(days=n), time(0), club.zone) for n in (0, 1))
    if await work.meetings.between(one_id, other_id, begin, end):
        raise AlreadyMet
