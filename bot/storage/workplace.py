"""Where work begins: transactions on the database, each at an instant of the clock."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell
from bot.clock import Clock
from bot.storage.engine import Database
from bot.storage.trouble import Trouble, collides
from bot.storage.work import Work

log = logging.getLogger(__name__)

ATTEMPTS = 10
LONGEST_PAUSE_S = 0.2
"""How often what collides with other transactions is done, and how long it waits before it is done again."""

T = TypeVar("T")


class Workplace:
    """Where work begins: the database and the clock.

    The bell `said` rings when there is something to send, `brought` when a file of an admin's is to be dealt with.
    Of several replicas the others are told when something comes or is to be said in a chat that is perhaps theirs
    (`may_be_of_another`), and only then: such commits wait for each other.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        said: Bell,
        may_be_of_another: Callable[[int | None], bool] = lambda _: True,
    ) -> None:
        self._database = database
        self._may_be_of_another = may_be_of_another
        self._trouble = Trouble(database.place)
        self._said = said
        self.brought = Bell()
        self.clock = clock

    @property
    def failures(self) -> int:
        """How many transactions the database failed at since the start."""
        return self._trouble.failures

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Work that may write, committed at the end. A failure of the database is told to the log here, once."""
        with self._trouble.watched(writes=True):
            async with self._transaction(None) as work:
                yield work

    async def run(self, do: Callable[[Work], Awaitable[T]], *, alone: str | None = None) -> T:
        """Do this in a transaction and return what it returned; do it again where it collides with another one.

        With `alone` nothing else is done under that name meanwhile, in whichever process.
        """
        with self._trouble.watched(writes=True):
            attempt = 1
            while True:
                try:
                    async with self._transaction(alone) as work:
                        return await do(work)
                except SQLAlchemyError as error:
                    if attempt == ATTEMPTS or not collides(error):
                        raise
                log.debug("Two transactions collided; this one is made again")
                attempt += 1
                await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_S))  # noqa: S311  no secret

    async def tidy(self) -> None:
        """Let nothing that was erased stay anywhere in the database's files."""
        with self._trouble.watched(writes=False):
            await self._database.tidy()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        """Work that only reads, and sees one state of the database throughout."""
        with self._trouble.watched(writes=False):
            async with self._database.read() as connection:
                yield Work(connection, self.clock.now(), writes=False)

    @asynccontextmanager
    async def _transaction(self, alone: str | None) -> AsyncIterator[Work]:
        work: Work | None = None
        try:
            async with self._database.write(alone=alone) as connection:
                work = Work(connection, self.clock.now(), replica_id=self._database.replica_id)
                yield work
                if any(map(self._may_be_of_another, work.outbox.chats | work.inbox.chats)):
                    await self._database.tell(connection)
        finally:
            # Also after a failure: where a server went away during the commit, it may be done all the same.
            if work is not None and work.outbox.added:
                self._said.ring()
            if work is not None and work.imports.added:
                self.brought.ring()
