"""SQLite in SQLAlchemy's asyncio, without a thread for each statement.

A statement of ours takes some ten microseconds; to hand it to another thread and back takes ten times as long, and on
a busy machine a hundred times. So statements run where they are called, and without a greenlet, which would take as
long as the statement. What may wait for the disk or for another process goes to a thread: to begin a transaction that
writes, and to commit it; so does a statement that says that it goes through much.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.engine.url import URL
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

DRIVER = "sqlite+inline"
BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
GOES_THROUGH_MUCH = {"goes_through_much": True}
"""Execution options of a statement that may take long before its first row is found."""


class _Cursor(sqlite3.Cursor):
    """As SQLAlchemy's asyncio has its cursors: asked to close when their rows are read."""

    async def _async_soft_close(self) -> None:
        pass  # what it found is read from it later


class _Connection(sqlite3.Connection):
    def cursor(self, factory: type[sqlite3.Cursor] = _Cursor) -> sqlite3.Cursor:  # type: ignore[override]  # simpler
        return super().cursor(factory)


class _Execution(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> DBAPICursor:
        return self._dbapi_connection.cursor()  # SQLite reads row by row in any case


class Dialect(SQLiteDialect_pysqlite):
    """Python's own sqlite3. A connection is used by one task at a time, in whichever thread."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = _Execution

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """A file has many connections."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """What sqlite3.connect is given."""
        # The driver's own transaction handling begins none for SELECT and DDL; switched off, ours are real.
        own = {"factory": _Connection, "check_same_thread": False, "isolation_level": None}
        return [url.database], own | {"cached_statements": 500}

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run a statement; to become the one writer may mean to wait for another process."""
        if statement == BEGIN_TO_WRITE or (context and GOES_THROUGH_MUCH.items() <= context.execution_options.items()):
            _elsewhere(lambda: cursor.execute(statement, parameters))
        else:
            cursor.execute(statement, parameters)

    def do_commit(self, dbapi_connection: DBAPIConnection) -> None:
        """Commit; the disk may take its time."""
        _elsewhere(dbapi_connection.commit)


class Inline(AsyncConnection):
    """Runs statements where they are called, unless they go through much."""

    async def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """What AsyncConnection.execute returns."""
        if execution_options and GOES_THROUGH_MUCH.items() <= execution_options.items():
            return await super().execute(statement, parameters, execution_options=execution_options)
        return self._proxied.execute(statement, parameters, execution_options=execution_options)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:  # type: ignore[override]  # is entered at once, as ours are
        """A savepoint."""
        with self._proxied.begin_nested():
            yield


def forget_changes(connection: Any) -> None:
    """Put what the changes' file holds into the database's, and empty it; not while somebody reads."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _elsewhere(work: Callable[[], Any]) -> None:
    """Do this in a thread. Whoever is cancelled meanwhile waits for its end: nobody leaves a connection at work."""
    await_only(_ended(asyncio.get_running_loop().run_in_executor(None, work)))


async def _ended(work: asyncio.Future[Any]) -> None:
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait({work})
        raise


registry.register("sqlite.inline", __name__, "Dialect")
