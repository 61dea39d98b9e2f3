"""The visitors whom members brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Source, Visitor
from bot.storage.schema import visitors

LIVE = visitors.c.undone_at.is_(None)


class Visitors:
    """The visitors within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Visitor:
        """Write down a visitor; `values` are the columns."""
        added = await self._connection.execute(insert(visitors).values(values).returning(visitors.c.id))
        return await self.get(added.scalar_one())

    async def correct(self, visitor_id: int, **values: Any) -> Visitor:
        """Change what it says."""
        await self._connection.execute(update(visitors).where(visitors.c.id == visitor_id).values(values))
        return await self.get(visitor_id)

    async def get(self, visitor_id: int) -> Visitor:
        """The visitor with this id, who must exist."""
        return _visitor((await self._connection.execute(_select().where(visitors.c.id == visitor_id))).one())

    async def in_club(self, club_id: int, visitor_id: int) -> Visitor | None:
        """The club's visitor with this id."""
        return await self._first(_select().where(visitors.c.id == visitor_id, visitors.c.club_id == club_id))

    async def from_source(self, source: Source) -> Visitor | None:
        """The visitor that this message made."""
        made = and_(visitors.c.chat_id == source.chat_id, visitors.c.message_id == source.message_id)
        return await self._first(_select().where(made))

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many visitors this member wrote down in [since, until), undone ones included."""
        within = and_(visitors.c.came_at >= since, visitors.c.came_at < until)
        query = select(func.count()).where(visitors.c.by_id == giver_id, within)
        return (await self._connection.execute(query)).scalar_one()

    async def _first(self, query: Select[Any]) -> Visitor | None:
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        return _visitor(row) if row else None


def _select() -> Select[Any]:
    return select(
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


def _visitor(row: Row[Any]) -> Visitor:
    values = row._asdict()
    return Visitor(source=Source(values.pop("chat_id"), values.pop("message_id")), **values)
