"""The playground's server: the Bot API and the chat page on one address of this machine."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.botapi import BotApi
from bot.playground.guard import Guard
from bot.playground.page_api import PageApi
from bot.playground.world import World

_GRACE = 0.5  # seconds that requests under way have to end when the server stops


class _Protocol(H11Protocol):
    """HTTP whose requests can reach their connection, to close it without an answer."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Playground:
    """A world served on 127.0.0.1, within the running event loop: `async with Playground(world) as server`.

    Port 0 takes a free one. `on_clock` is called whenever the page has moved the clock.
    """

    def __init__(self, world: World, port: int = 0, on_clock: Callable[[], Awaitable[None]] | None = None) -> None:
        self.world = world
        self._port = port
        self._bot_api = BotApi(world)
        self._page = PageApi(world, on_clock)
        self._server: uvicorn.Server | None = None

    @property
    def url(self) -> str:
        """Where the server is, as in http://127.0.0.1:8080; a bot's base_url is this and "/bot"."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        """Start; raises OSError if the port is taken."""
        # The protocol is named because asyncio switches Nagle's algorithm off only for a socket that has it:
        # otherwise every answer waits 40 ms for the other side's acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", self._port))
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            Guard(self._bot_api, self._page.app),
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
        )
        config.load()
        # Server.serve() would take over the process's signals and look ten times a second whether to stop:
        # this server lives within its caller's event loop, and starts and stops in milliseconds.
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(sockets=[listener])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop: end what waits, let what is under way end, then close every connection."""
        server = self._server
        assert server is not None, "it was started"  # noqa: S101  __aexit__ follows __aenter__
        for listening in server.servers:
            listening.close()
        self._bot_api.close()
        self._page.close()
        state = server.server_state
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=_GRACE)
        for connection in list(state.connections):
            connection.transport.abort()
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=_GRACE)
        await asyncio.sleep(0)  # the closed transports' last callbacks
        for listening in server.servers:
            await listening.wait_closed()
