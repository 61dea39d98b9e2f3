"""What is decided about the outbox when a process was cut off, or its work goes on elsewhere."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import UNSAID, outbox
from bot.storage.schema.replicas import shard_of

_SHARD = shard_of(outbox)
CUT_OFF = "cut off"


class Recovery:
    """The outbox after an interruption, within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def recover(self, shards: Collection[int] | None = None) -> tuple[int, int]:
        """After a crash of who had these shards, or all: what was being sent is sent again or left as unknown.

        Returns how many of each.
        """
        cut_off = and_(UNSAID, outbox.c.state == "sending")
        if shards is not None:
            cut_off = and_(cut_off, _SHARD.in_(shards))
        again = await self._connection.execute(
            update(outbox).where(cut_off, outbox.c.resend).values(state="waiting", error=CUT_OFF)
        )
        unknown = await self._connection.execute(
            update(outbox).where(cut_off).values(state="unknown", ended_at=self._now, error=CUT_OFF)
        )
        return again.rowcount, unknown.rowcount

    async def not_sending(self, ids: Collection[int]) -> None:
        """No call was made for these rows, whether or not they were marked for one."""
        marked = and_(outbox.c.id.in_(ids), outbox.c.state == "sending")
        await self._connection.execute(update(outbox).where(marked).values(state="waiting", lead_id=None))

    async def still_sending(self, ids: Collection[int]) -> set[int]:
        """Of which of these rows it is not written down yet what became of them."""
        query = select(outbox.c.id).where(outbox.c.id.in_(ids), outbox.c.state == "sending")
        return set(await self._connection.scalars(query))

    async def said_lately(self, shards: Collection[int]) -> list[tuple[int, datetime]]:
        """What was said in the chats of these shards within the last minute: (chat id, when).

        Also what was perhaps said and will be said again, as if it were said now.
        """
        lately = and_(outbox.c.ended_at > self._now - timedelta(minutes=1), outbox.c.state.in_(("sent", "unknown")))
        again = and_(UNSAID, outbox.c.error == CUT_OFF)
        query = select(outbox.c.chat_id, outbox.c.ended_at).where(
            or_(lately, again), outbox.c.chat_id.is_not(None), _SHARD.in_(shards)
        )
        return [(row.chat_id, row.ended_at or self._now) for row in await self._connection.execute(query)]

    async def leave(self, error: str) -> None:
        """What is not said yet may have been said since, by somebody else: it is left as unknown."""
        values = {"state": "unknown", "ended_at": self._now, "error": error}
        await self._connection.execute(update(outbox).where(UNSAID).values(values))
