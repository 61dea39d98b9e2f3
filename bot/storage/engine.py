"""Opening the database, and its transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.storage import sqlite
from bot.storage.sole_use import file_of

BUSY_TIMEOUT_MS = 5_000


class Database:
    """One database; `write` and `read` are its only doors.

    SQLite has one writer at a time. Waiting for it inside SQLite means sleeping and polling, so writers queue
    here instead, and `BEGIN IMMEDIATE` makes sure that what a writer has read is still true when it writes.
    """

    def __init__(self, url: str) -> None:
        self.file = file_of(url)
        self._engine = create_async_engine(
            make_url(url).set(drivername=sqlite.DRIVER),
            hide_parameters=True,  # an error's own words would hold what people wrote
        )
        self._writing = asyncio.Lock()
        event.listen(self._engine.sync_engine, "connect", _on_connect)
        event.listen(self._engine.sync_engine, "begin", _on_begin)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may change things: committed at the end, rolled back on an error."""
        async with self._writing, self._engine.connect() as connection:
            await connection.execution_options(writes=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self._engine.connect() as connection, connection.begin():
            yield connection

    async def close(self) -> None:
        """Close all connections; the last one puts what the changes' file holds into the database's."""
        await self._engine.dispose()


def _on_connect(connection: Any, _record: Any) -> None:
    try:
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the pool does not know it yet
        raise


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(sqlite.BEGIN_TO_WRITE if writes else "BEGIN")
