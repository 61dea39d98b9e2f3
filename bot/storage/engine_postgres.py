"""PostgreSQL: a server, which several replicas may share."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.sole_use import Unusable

if TYPE_CHECKING:
    import asyncpg

    from bot.storage.engine import Line

CONNECTIONS, MORE_CONNECTIONS = 5, 10
"""How many are kept open, and how many more may be opened when these are all at work."""
CONNECT_S = 10.0
STATEMENT_S = 30.0
"""A server that says nothing for so long is taken for gone."""
IDLE_S = 10.0
"""The longest that a transaction may stand idle: that of a replica that hangs keeps its work from the others."""
LOCK_S = 10.0
STATEMENTS_KEPT = 500
"""Prepared statements that each connection keeps: all that Kring has."""


class Postgres:
    """Writers read what is committed at each statement, and lock what has to stay true: see CONTRIBUTING.md."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.reading: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self.writing: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
        self.turn: AbstractAsyncContextManager[None] = nullcontext()
        self.engine = _engine(
            _connecting(url, command_timeout=STATEMENT_S, server_settings=_timeouts()),
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
        )
        event.listen(self.engine.sync_engine, "checkout", _on_checkout)

    async def alone(self, connection: AsyncConnection, name: str) -> None:
        """Wait until no other transaction, of whichever replica, is alone under this name."""
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key(name)})

    @asynccontextmanager
    async def apart(self, name: str) -> AsyncIterator[None]:
        """Outside of any transaction, and nobody else under this name meanwhile, of whichever replica.

        Whoever has waited for long, or cannot ask the server, goes on all the same.
        """
        import asyncpg

        connection = None
        try:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                connection = await _connecting(self._url, command_timeout=CONNECT_S, server_settings=_SETTINGS)()
                await connection.execute("SELECT pg_advisory_lock($1)", _key(name))
            yield
        finally:
            if connection is not None:
                connection.terminate()  # which lets go of the lock

    def connect(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection of the pool."""
        return self.engine.connect()

    def patient(self) -> AsyncEngine:
        """Connections on which nothing is cut off, however long it takes."""
        return _engine(_connecting(self._url, server_settings=_SETTINGS), poolclass=NullPool)

    async def tidy(self) -> None:
        """The server clears up by itself."""

    async def tell(self, connection: AsyncConnection, replica_id: int | None) -> None:
        """At the commit, let the other replicas know that there is something to do."""
        await connection.execute(_TELL, {"who": str(replica_id)})

    async def line(self, replica_id: int, heard: Callable[[], None]) -> "Line":
        """A standing connection, on which is heard what other replicas tell.

        It holds a lock for as long as it stands: who can have that, knows that this replica is gone.
        """

        def on_told(_connection: Any, _pid: int, _channel: str, who: object) -> None:
            if who != str(replica_id):
                heard()

        import asyncpg

        try:
            line = await _connecting(self._url, command_timeout=CONNECT_S, server_settings=_SETTINGS)()
            await line.execute("SELECT pg_advisory_lock($1)", replica_id)
            await line.add_listener(CHANNEL, on_told)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise OperationalError(None, None, error) from error
        return line

    async def check(self, connection: AsyncConnection) -> None:
        """The server looks after its files."""


def _key(name: str) -> int:
    """The number by which the server knows a lock."""
    return int.from_bytes(sha256(f"kring {name}".encode()).digest()[:8], signed=True)


CHANNEL = "kring"
_TELL = text(f"SELECT pg_notify('{CHANNEL}', :who)")
_SETTINGS = {"application_name": "kring", "jit": "off"}  # compiling takes longer than any statement of ours


def _timeouts() -> dict[str, str]:
    return _SETTINGS | {
        "lock_timeout": f"{LOCK_S:.0f}s",
        "idle_in_transaction_session_timeout": f"{IDLE_S:.0f}s",
    }


Connecting = Callable[..., Coroutine[Any, Any, "asyncpg.Connection[asyncpg.Record]"]]


def _connecting(url: str, **how: Any) -> Connecting:
    """The driver's own reading of the address: it knows all that PostgreSQL's tools do, such as sslmode."""
    try:
        import asyncpg
    except ModuleNotFoundError as error:
        raise Unusable("PostgreSQL needs its driver: make install-postgres") from error

    async def connect(**_: Any) -> "asyncpg.Connection[asyncpg.Record]":
        try:
            return await asyncpg.connect(url, timeout=CONNECT_S, **how)
        except OSError as error:  # also when it took too long
            raise asyncpg.InterfaceError(str(error) or "no answer") from error

    return connect


def _engine(connect: Connecting, **pool: Any) -> AsyncEngine:
    engine = create_async_engine(
        "postgresql+asyncpg://",
        connect_args={"async_creator_fn": connect, "prepared_statement_cache_size": STATEMENTS_KEPT},
        hide_parameters=True,  # an error's own words would hold what people wrote
        **pool,
    )
    event.listen(engine.sync_engine, "handle_error", _on_error)
    return engine


def _on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
    # Known without asking: a server that was restarted has closed it.
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _on_error(context: ExceptionContext) -> BaseException | None:
    """What the driver does not tell as an error of the database: no answer in time, a broken connection."""
    if not isinstance(context.original_exception, OSError):
        return None
    context.is_disconnect = True
    return OperationalError(None, None, context.original_exception)
