"""Replicas that share the work: each has shards, for as long as it shows that it is alive.

PostgreSQL alone: with SQLite there is one process. The server's clock counts, not the replicas'.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert  # with ON CONFLICT
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.shards import SHARDS
from bot.storage.schema import replicas, shards

ALIVE = timedelta(seconds=12)
"""So long after it last showed itself a replica is taken for dead; sooner if its connection broke."""


class Replicas:
    """The replicas within one transaction, seen by the one with this id."""

    def __init__(self, connection: AsyncConnection, own_id: int) -> None:
        self._connection = connection
        self._own_id = own_id
        self._own = replicas.c.id == own_id

    async def is_alive(self) -> bool:
        """Is this replica alive by the server's clock? Then nobody takes its shards before the transaction ends."""
        query = select(replicas.c.id).where(self._own, replicas.c.until > func.now())
        found = await self._connection.execute(query.with_for_update(read=True, key_share=True))
        return found.first() is not None

    async def show(self) -> None:
        """This replica is alive. One that was taken for dead begins anew, without shards."""
        shown = update(replicas).where(self._own).values(until=func.now() + ALIVE)
        if (await self._connection.execute(shown)).rowcount == 0:
            await self._connection.execute(insert(replicas).values(id=self._own_id, until=func.now() + ALIVE))
            all_there_are = [{"shard": shard} for shard in range(SHARDS)]
            await self._connection.execute(insert(shards).on_conflict_do_nothing(), all_there_are)

    async def bury(self) -> None:
        """Free the shards of replicas that are dead: that did not show themselves, or whose connection is gone.

        One in the middle of a transaction is left for the next time. That of a process that hangs is ended by the
        server after a while.
        """
        others = await self._connection.execute(
            select(replicas.c.id, replicas.c.until < func.now()).where(replicas.c.id != self._own_id)
        )
        dead = [id_ for id_, late in others.all() if late or await self._is_gone(id_)]
        if not dead:
            return
        free = select(replicas.c.id).where(replicas.c.id.in_(dead)).with_for_update(skip_locked=True)
        ids = list(await self._connection.scalars(free))
        await self._connection.execute(delete(replicas).where(replicas.c.id.in_(ids)))

    async def count(self) -> int:
        """How many replicas there are."""
        return (await self._connection.execute(select(func.count()).select_from(replicas))).scalar_one()

    async def held(self) -> frozenset[int]:
        """The shards that this replica has."""
        query = select(shards.c.shard).where(shards.c.replica_id == self._own_id)
        return frozenset(await self._connection.scalars(query))

    async def take(self, most: int) -> frozenset[int]:
        """Take shards that nobody has, so many at most; returns them."""
        free = (
            select(shards.c.shard)
            .where(shards.c.replica_id.is_(None))
            .order_by(shards.c.shard)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = frozenset(await self._connection.scalars(free))
        await self._set(taken, self._own_id)
        return taken

    async def pause(self) -> None:
        """Wait for the end of the transactions of this replica that made sure that it is alive; let none begin."""
        await self._connection.execute(select(replicas.c.id).where(self._own).with_for_update())

    async def give(self, given: Collection[int]) -> None:
        """Give these back, for others to take."""
        await self._set(given, None)

    async def resign(self) -> None:
        """This replica ends; others take its shards."""
        await self._connection.execute(delete(replicas).where(self._own))

    async def _is_gone(self, id_: int) -> bool:
        """A replica holds a lock of the server as long as its connection stands."""
        return bool(await self._connection.scalar(select(func.pg_try_advisory_xact_lock(id_))))

    async def _set(self, which: Collection[int], replica_id: int | None) -> None:
        await self._connection.execute(update(shards).where(shards.c.shard.in_(which)).values(replica_id=replica_id))
