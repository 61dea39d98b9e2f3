"""The visitors whom members brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.erased import ERASED
from bot.domain.models import Source, Visitor
from bot.storage.schema import visitors

LIVE = visitors.c.undone_at.is_(None)


_VISITOR: Select[Any] = select(
    visitors.c.id,
    visitors.c.club_id,
    visitors.c.by_id,
    visitors.c.name,
    visitors.c.came_at.label("at"),
    visitors.c.undone_at,
    visitors.c.undone_by_id,
    visitors.c.chat_id,
    visitors.c.message_id,
)
_GET = _VISITOR.where(visitors.c.id == bindparam("id"))
_IN_CLUB = _GET.where(visitors.c.club_id == bindparam("club_id"))
_FROM_SOURCE = _VISITOR.where(
    visitors.c.chat_id == bindparam("chat_id"), visitors.c.message_id == bindparam("message_id")
)
_WITHIN = and_(visitors.c.came_at >= bindparam("since"), visitors.c.came_at < bindparam("until"))
_COUNT_GIVEN = select(func.count()).where(visitors.c.by_id == bindparam("giver_id"), _WITHIN)
_ADD = insert(visitors).returning(visitors.c.id)
_CHANGE = update(visitors).where(visitors.c.id == bindparam("entry"))


class Visitors:
    """The visitors within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Visitor:
        """Write down a visitor; `values` are the columns."""
        added = await self._connection.execute(_ADD, values)
        return await self.get(added.scalar_one())

    async def correct(self, visitor_id: int, **values: Any) -> Visitor:
        """Change what it says."""
        await self._connection.execute(_CHANGE, {"entry": visitor_id, **values})
        return await self.get(visitor_id)

    async def get(self, visitor_id: int) -> Visitor:
        """The visitor with this id, who must exist."""
        return _visitor((await self._connection.execute(_GET, {"id": visitor_id})).one())

    async def in_club(self, club_id: int, visitor_id: int) -> Visitor | None:
        """The club's visitor with this id."""
        return await self._first(_IN_CLUB, id=visitor_id, club_id=club_id)

    async def from_source(self, source: Source) -> Visitor | None:
        """The visitor that this message made."""
        return await self._first(_FROM_SOURCE, chat_id=source.chat_id, message_id=source.message_id)

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many visitors this member wrote down in [since, until), undone ones included."""
        about = {"giver_id": giver_id, "since": since, "until": until}
        return (await self._connection.execute(_COUNT_GIVEN, about)).scalar_one()

    async def _first(self, query: Select[Any], **about: Any) -> Visitor | None:
        row = (await self._connection.execute(query, about)).one_or_none()
        return _visitor(row) if row else None


def _visitor(row: Row[Any]) -> Visitor:
    values = row._asdict() | {"name": row.name or ERASED}
    return Visitor(source=Source(values.pop("chat_id"), values.pop("message_id")), **values)
