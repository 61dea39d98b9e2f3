"""One replica among others: it shows that it is alive, takes its fair share of the chats, and what the dead leave."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.shards import SHARDS, allowance, fair_share
from bot.limits import Limits
from bot.outbox import Sender
from bot.share import Share
from bot.stopping import rest
from bot.storage.engine import Database, Line
from bot.storage.replicas import ALIVE
from bot.storage.work import Work
from bot.storage.workplace import Workplace

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
MARGIN_S = 3.0
"""So long before the others may take over, nothing is begun any more that cannot be taken back."""


@dataclass(frozen=True)
class _Found:
    """What a look brought: the shards that are ours now, and what was said in those that are new to us, and when."""

    held: frozenset[int]
    taken: frozenset[int]
    said: list[tuple[int, datetime]]
    fair: int


class Replica:
    """Keeps this process's share in step with the other replicas of the database."""

    def __init__(
        self,
        workplace: Workplace,
        share: Share,
        sender: Sender,
        limits: Limits,
        database: Database,
        wake: Callable[[], None],
    ) -> None:
        self._workplace = workplace
        self._share = share
        self._sender = sender
        self._limits = limits
        self._database = database
        self._wake = wake
        self._line: Line | None = None
        self._leaving: frozenset[int] = frozenset()
        share.lose()

    async def look(self) -> None:
        """Show that this replica is alive, and take or hand over shards. Raises SQLAlchemyError."""
        began = time.monotonic()
        if self._line is None or self._line.is_closed():
            self._line = await self._database.line(self._wake)
        found = await self._workplace.run(self._look)
        extra = len(found.held) - found.fair
        # Handed over is what has the highest number, so that who has shard 0, and leads, goes on leading.
        self._leaving = frozenset(sorted(found.held)[-extra:]) if extra > 0 else frozenset()
        ours = found.held - self._leaving
        if ours != self._share.shards:
            # Less from the moment on that shards are to be handed over, so that who takes them can have it at once.
            self._limits.share(lambda limit: allowance(limit, ours))
            log.info("This replica does %d of %d parts of the work", len(ours), SHARDS)
        now = self._workplace.clock.now()
        for chat_id, at in found.said:
            self._limits.remember(chat_id, (now - at).total_seconds())
        self._share.have(ours, began + ALIVE.total_seconds() - MARGIN_S)
        if found.taken:
            self._wake()

    async def forever(self, stop: asyncio.Event) -> None:
        """Look until `stop`. While the database is away nothing is this replica's."""
        while not stop.is_set():
            try:
                await self.look()
            except SQLAlchemyError:
                log.debug("The replica's look failed; it is tried again")
            await rest(stop, LOOK_EVERY_S)

    async def close(self) -> None:
        """Leave the work to the others, if this one ever had a part in it."""
        self._share.lose()
        if self._line is None:
            return
        try:
            await self._workplace.run(_resign)
        except SQLAlchemyError:
            log.debug("The other replicas will notice that this one is gone")
        await self._line.close()

    async def _look(self, work: Work) -> _Found:
        await work.replicas.show()
        await work.replicas.bury()
        held, fair = await work.replicas.held(), fair_share(await work.replicas.count())
        given: frozenset[int] = frozenset()
        if self._leaving:
            await work.replicas.pause()
            given = self._leaving & held - self._sender.busy_shards()
            await work.replicas.give(given)
        taken = await work.replicas.take(fair - len(held)) if len(held) < fair else frozenset()
        if taken:
            await self._sender.recover(work, taken)
        said = await work.recovery.said_lately(taken) if taken else []
        return _Found(held - given | taken, taken, said, fair)


async def _resign(work: Work) -> None:
    await work.replicas.resign()
