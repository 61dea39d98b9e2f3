"""What was done in a club beside its ledger, with the names of who did it and of whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.audit import AuditEntry
from bot.domain.models import Club
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work

LATEST = 50


@dataclass(frozen=True)
class Done:
    """Something that was done: `by` is None where nobody of the club did it.

    `people` are those of the one-to-one, or the one who brought the visitor, that it was done to.
    """

    entry: AuditEntry
    by: str | None
    people: Sequence[str]


async def latest(work: "Work", club: Club) -> list[Done]:
    """The latest things, the last one first."""
    entries = await work.audit.latest(club.id, LATEST)
    people = [await _people(work, club, entry) for entry in entries]
    who = {entry.by_id for entry in entries if entry.by_id is not None}
    names = (await members.cast(work, club.id, who.union(*people))).names
    return [
        Done(entry, None if entry.by_id is None else names[entry.by_id], [names[id_] for id_ in concerned])
        for entry, concerned in zip(entries, people, strict=True)
    ]


async def _people(work: "Work", club: Club, entry: AuditEntry) -> list[int]:
    if "meeting" in entry.details:
        meeting = await work.meetings.in_club(club.id, entry.details["meeting"])
        return [meeting.by_id, meeting.with_id] if meeting else []
    if "visitor" in entry.details:
        visitor = await work.visitors.in_club(club.id, entry.details["visitor"])
        return [visitor.by_id] if visitor else []
    return []
