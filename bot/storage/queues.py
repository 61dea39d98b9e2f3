"""What waits in the database, for who watches over Kring: updates for their effect, messages to be said, posts due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import UNREAD, UNSAID, clubs, inbox, outbox

LATE = timedelta(minutes=15)
"""Ten thousand posts at the same instant take six minutes within Telegram's limits."""

_UNSAID_POST = and_(UNSAID, outbox.c.once_key.startswith("week:"))


@dataclass(frozen=True)
class Backlog:
    """How much waits, and for how long the oldest of it does, in seconds."""

    inbox: int
    inbox_oldest_s: float
    outbox: int
    outbox_oldest_s: float
    posts_due: int
    posts_late: int


class Queues:
    """The queues within one transaction, as they are at `now`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def inbox_oldest_s(self) -> float:
        """For how many seconds the oldest update waits; 0 when none does."""
        return await self._age(select(inbox.c.received_at).where(UNREAD).order_by(inbox.c.id))

    async def backlog(self) -> Backlog:
        """All that waits."""
        return Backlog(
            inbox=await self._count(inbox, UNREAD),
            inbox_oldest_s=await self.inbox_oldest_s(),
            outbox=await self._count(outbox, UNSAID),
            outbox_oldest_s=await self._age(select(outbox.c.created_at).where(UNSAID).order_by(outbox.c.id)),
            posts_due=await self._posts(self._now),
            posts_late=await self._posts(self._now - LATE),
        )

    async def _posts(self, since: datetime) -> int:
        """How many weekly posts should have been said by then and are not: not yet put, or not yet sent."""
        put = await self._count(outbox, and_(_UNSAID_POST, outbox.c.created_at <= since))
        return put + await self._count(clubs, clubs.c.next_slot_at <= since)

    async def _count(self, table: Table, which: ColumnElement[bool]) -> int:
        return (await self._connection.execute(select(func.count()).select_from(table).where(which))).scalar_one()

    async def _age(self, query: Select[Any]) -> float:
        since: datetime | None = (await self._connection.execute(query.limit(1))).scalar_one_or_none()
        return 0.0 if since is None else max((self._now - since).total_seconds(), 0.0)
