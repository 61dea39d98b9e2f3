"""A database that is a file: one process, one writer at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import sqlite
from bot.storage.address import place_of
from bot.storage.sole_use import Unusable
from bot.storage.sqlite import GOES_THROUGH_MUCH
from bot.storage.trouble import damaged

if TYPE_CHECKING:
    from bot.storage.engine import Line

BUSY_TIMEOUT_MS = 5_000


class Sqlite:
    """Waiting for the writer inside SQLite means sleeping and polling, so writers queue here instead.

    `BEGIN IMMEDIATE` makes sure that what a writer has read is still true when it writes.
    """

    def __init__(self, url: str) -> None:
        self._place = place_of(url)
        self.reading: dict[str, Any] = {}
        self.writing: dict[str, Any] = {"writes": True}
        self.turn = asyncio.Lock()
        self.engine = create_async_engine(
            make_url(url).set(drivername=sqlite.DRIVER),
            hide_parameters=True,  # an error's own words would hold what people wrote
        )
        event.listen(self.engine.sync_engine, "connect", _on_connect)
        event.listen(self.engine.sync_engine, "begin", _on_begin)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection of the pool."""
        async with self.engine.connect() as connection:
            yield sqlite.Inline(self.engine, connection.sync_connection)

    async def alone(self, connection: AsyncConnection, name: str) -> None:
        """Every writer is alone."""

    def apart(self, name: str) -> AbstractAsyncContextManager[None]:
        """There is no other process."""
        return nullcontext()

    def patient(self) -> AsyncEngine:
        """No statement is cut off here."""
        return self.engine

    async def tidy(self) -> None:
        """Empty the file of the latest changes; while somebody reads it cannot be, and is the next time."""
        async with self.turn, self.engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            await asyncio.to_thread(sqlite.forget_changes, driver)

    async def tell(self, connection: AsyncConnection, replica_id: int | None) -> None:
        """There is nobody to tell."""

    async def line(self, replica_id: int, heard: Callable[[], None]) -> "Line":
        """There is one process."""
        raise TypeError("a file has no replicas")

    async def check(self, connection: AsyncConnection) -> None:
        """Raise Unusable when the file is damaged: nothing is built on what cannot be trusted."""
        if await connection.scalar(text("PRAGMA quick_check(1)"), execution_options=GOES_THROUGH_MUCH) != "ok":
            raise Unusable(damaged(self._place))


def _on_connect(connection: Any, _record: Any) -> None:
    try:
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten, and not only marked as free
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the pool does not know it yet
        raise


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(sqlite.BEGIN_TO_WRITE if writes else "BEGIN")
