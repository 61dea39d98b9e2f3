"""Visitors: writing down whom a member brought, correcting the name, taking it back."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.errors import DailyVisitors, UnknownButton
from bot.domain.models import Club, Member, Source, Visitor
from bot.services import daily, sources
from bot.services.meetings import check_change

if TYPE_CHECKING:
    from bot.storage.work import Work


async def record(
    work: "Work", club: Club, by: Member, name: str, source: Source, sent_at: datetime, daily_limit: int
) -> Visitor:
    """Write down a visitor. Raises a Refusal when it cannot be; the same message writes down one only."""
    if await sources.has_made(work, source, "visitors") and (before := await work.visitors.from_source(source)):
        return before
    await daily.check(work.visitors, club, by, sent_at, more=1, limit=daily_limit, refusal=DailyVisitors)
    return await work.visitors.add(
        club_id=club.id,
        by_id=by.id,
        name=name,
        came_at=sent_at,
        chat_id=source.chat_id,
        message_id=source.message_id,
    )


async def correct(work: "Work", by: Member, name: str, before: Visitor) -> Visitor | None:
    """Give the visitor of an edited message the name it has now; None when it is the same."""
    if name == before.name:
        return None
    check_change(before, by, work.now, is_admin=False)
    await work.audit.add(by.club_id, by.id, "guest_corrected", visitor=before.id)
    return await work.visitors.correct(before.id, name=name)


async def find(work: "Work", club: Club, visitor_id: int) -> Visitor:
    """The club's visitor with this id. Raises UnknownButton: ids are in buttons only."""
    visitor = await work.visitors.in_club(club.id, visitor_id)
    if visitor is None:
        raise UnknownButton
    return visitor


async def undo(work: "Work", visitor: Visitor, by: Member, at: datetime, *, is_admin: bool) -> Visitor:
    """Take it back: its author within a day, an admin any time."""
    check_change(visitor, by, at, is_admin=is_admin)
    await work.audit.add(by.club_id, by.id, "guest_undone", visitor=visitor.id)
    return await work.visitors.correct(visitor.id, undone_at=max(at, visitor.at), undone_by_id=by.id)
