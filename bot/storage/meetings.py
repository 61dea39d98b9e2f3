"""The one-to-ones of the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Meeting, Source
from bot.storage.schema import meetings

LIVE = meetings.c.undone_at.is_(None)


def of_member(member_id: Any) -> ColumnElement[bool]:
    """What counts for this member: whoever of the two wrote it down."""
    return and_(LIVE, or_(meetings.c.by_id == member_id, meetings.c.with_id == member_id))


_MEETING: Select[Any] = select(
    meetings.c.id,
    meetings.c.club_id,
    meetings.c.by_id,
    meetings.c.with_id,
    meetings.c.note,
    meetings.c.met_at.label("at"),
    meetings.c.undone_at,
    meetings.c.undone_by_id,
    meetings.c.chat_id,
    meetings.c.message_id,
)
_GET = _MEETING.where(meetings.c.id == bindparam("id"))
_IN_CLUB = _GET.where(meetings.c.club_id == bindparam("club_id"))
_FROM_SOURCE = _MEETING.where(
    meetings.c.chat_id == bindparam("chat_id"), meetings.c.message_id == bindparam("message_id")
)
_WITHIN = and_(meetings.c.met_at >= bindparam("since"), meetings.c.met_at < bindparam("until"))
_PAIR = and_(
    meetings.c.by_id.in_((bindparam("one_id"), bindparam("other_id"))),
    meetings.c.with_id.in_((bindparam("one_id"), bindparam("other_id"))),
)
_BETWEEN = _MEETING.where(_PAIR, _WITHIN, LIVE).order_by(meetings.c.id).limit(1)
_COUNT_GIVEN = select(func.count()).where(meetings.c.by_id == bindparam("giver_id"), _WITHIN)
_ADD = insert(meetings).returning(meetings.c.id)
_CHANGE = update(meetings).where(meetings.c.id == bindparam("entry"))


class Meetings:
    """The one-to-ones within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Meeting:
        """Write down a one-to-one; `values` are its columns."""
        added = await self._connection.execute(_ADD, values)
        return await self.get(added.scalar_one())

    async def correct(self, meeting_id: int, **values: Any) -> Meeting:
        """Change what it says."""
        await self._connection.execute(_CHANGE, {"entry": meeting_id, **values})
        return await self.get(meeting_id)

    async def get(self, meeting_id: int) -> Meeting:
        """The one-to-one with this id; it must exist."""
        return _meeting((await self._connection.execute(_GET, {"id": meeting_id})).one())

    async def in_club(self, club_id: int, meeting_id: int) -> Meeting | None:
        """The club's one-to-one with this id."""
        return await self._first(_IN_CLUB, id=meeting_id, club_id=club_id)

    async def from_source(self, source: Source) -> Meeting | None:
        """The one-to-one that this message made."""
        return await self._first(_FROM_SOURCE, chat_id=source.chat_id, message_id=source.message_id)

    async def between(self, one_id: int, other_id: int, since: datetime, until: datetime) -> Meeting | None:
        """A one-to-one of these two in [since, until) that is not undone, whoever wrote it down."""
        return await self._first(_BETWEEN, one_id=one_id, other_id=other_id, since=since, until=until)

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many one-to-ones this member wrote down in [since, until), undone ones included."""
        about = {"giver_id": giver_id, "since": since, "until": until}
        return (await self._connection.execute(_COUNT_GIVEN, about)).scalar_one()

    async def _first(self, query: Select[Any], **about: Any) -> Meeting | None:
        row = (await self._connection.execute(query, about)).one_or_none()
        return _meeting(row) if row else None


def _meeting(row: Row[Any]) -> Meeting:
    values = row._asdict()
    return Meeting(source=Source(values.pop("chat_id"), values.pop("message_id")), **values)
