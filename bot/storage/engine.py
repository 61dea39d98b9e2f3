"""Opening the database, and its transactions."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.address import is_postgres, place_of


class Line(Protocol):
    """A replica's standing connection: while it is there, the others know that the replica is."""

    def is_closed(self) -> bool:
        """Has it broken?"""

    async def close(self) -> None:
        """End it."""


class Kind(Protocol):
    """What SQLite and PostgreSQL do differently. `reading` and `writing` are the options of these transactions."""

    reading: dict[str, Any]
    writing: dict[str, Any]
    engine: AsyncEngine

    @property
    def turn(self) -> AbstractAsyncContextManager[None]:
        """What a writer waits for, within this process."""

    def connect(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection of the pool."""

    async def alone(self, connection: AsyncConnection, name: str) -> None:
        """Wait until no other transaction is alone under this name; this one is until its end."""

    def apart(self, name: str) -> AbstractAsyncContextManager[None]:
        """Outside of any transaction, and nobody else under this name meanwhile, in whichever process, if it can be."""

    def patient(self) -> AsyncEngine:
        """Where nothing is cut off for taking long."""

    async def tidy(self) -> None:
        """Let nothing that was erased stay in the log of the latest changes, as far as that is ours to do."""

    async def check(self, connection: AsyncConnection) -> None:
        """Raise Unusable when what is stored cannot be trusted."""

    async def tell(self, connection: AsyncConnection, replica_id: int | None) -> None:
        """At the commit, let the other replicas know that there is something to do."""

    async def line(self, replica_id: int, heard: Callable[[], None]) -> Line:
        """A standing connection, on which is heard what other replicas tell."""


class Database:
    """One database; `write` and `read` are its only doors, but for the migrations. `place` is what to call it."""

    def __init__(self, url: str) -> None:
        self.place = place_of(url)
        self._kind = _kind(url)
        self.replica_id = secrets.randbits(62) if is_postgres(url) else None
        """Where several processes may share the database, this one's number among them."""

    @asynccontextmanager
    async def write(self, *, alone: str | None = None) -> AsyncIterator[AsyncConnection]:
        """A transaction that may change things: committed at the end, rolled back on an error.

        With `alone` no other one of that name is under way meanwhile, in whichever process.
        """
        async with self._kind.turn, self._kind.connect() as connection:
            await connection.execution_options(**self._kind.writing)
            async with connection.begin():
                if alone is not None:
                    await self._kind.alone(connection, alone)
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self._kind.connect() as connection:
            await connection.execution_options(**self._kind.reading)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """The transaction of the migrations: in one process at a time, and however long it takes."""
        engine = self._kind.patient()
        try:
            async with self._kind.turn, engine.connect() as connection:
                await connection.execution_options(**self._kind.writing)
                async with connection.begin():
                    await self._kind.check(connection)
                    await self._kind.alone(connection, "migrations")
                    yield connection
        finally:
            if engine is not self._kind.engine:
                await engine.dispose()

    def apart(self, name: str) -> AbstractAsyncContextManager[None]:
        """Do something beside the database, but not while another process does it; to be made sure of, not trusted."""
        return self._kind.apart(name)

    async def tidy(self) -> None:
        """Let nothing that was erased stay beside the tables."""
        await self._kind.tidy()

    async def tell(self, connection: AsyncConnection) -> None:
        """At this transaction's commit, let the other replicas know that there is something to do."""
        await self._kind.tell(connection, self.replica_id)

    async def line(self, heard: Callable[[], None]) -> Line:
        """This replica's standing connection; `heard` is called when another one tells something."""
        if self.replica_id is None:
            raise TypeError("this database has one process")
        return await self._kind.line(self.replica_id, heard)

    async def close(self) -> None:
        """Close all connections; the last one puts what the changes' file of SQLite holds into the database's."""
        await self._kind.engine.dispose()


def _kind(url: str) -> Kind:
    if is_postgres(url):
        from bot.storage.engine_postgres import Postgres

        return Postgres(url)
    from bot.storage.engine_sqlite import Sqlite

    return Sqlite(url)
