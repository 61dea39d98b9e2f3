"""Serving HTTP within the running event loop: an ASGI application on a socket that listens."""

import asyncio
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol


class _Protocol(H11Protocol):
    """HTTP whose requests can reach their connection, to close it without an answer."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def listen_on(host: str, port: int) -> socket.socket:
    """A socket at this address; port 0 takes a free one. Raises OSError if it cannot be had."""
    # The protocol is named because asyncio switches Nagle's algorithm off only for a socket that has it:
    # otherwise every answer waits 40 ms for the other side's acknowledgement.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


class Serving:
    """Answers requests from `start` to `stop`.

    uvicorn's own Server.serve() would take over the process's signals and look ten times a second whether to stop:
    this lives within its caller's event loop, and starts and stops in milliseconds.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._config = uvicorn.Config(
            app,
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
        self._server: uvicorn.Server | None = None

    async def start(self, listener: socket.socket) -> None:
        """Answer what comes to this socket, which is then ours to close."""
        self._config.load()
        self._server = uvicorn.Server(self._config)
        self._server.lifespan = self._config.lifespan_class(self._config)
        await self._server.startup(sockets=[listener])

    def deafen(self) -> None:
        """Take no new connections, and no new requests on those there are; what is under way goes on."""
        if self._server is not None:
            for listening in self._server.servers:
                listening.close()
            for connection in list(self._server.server_state.connections):
                connection.shutdown()

    async def stop(self, grace_s: float) -> None:
        """Let what is under way end, for so long at most, then close every connection."""
        if self._server is None:
            return
        self.deafen()
        state = self._server.server_state
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=grace_s)
        for connection in list(state.connections):
            connection.transport.abort()
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=grace_s)
        await asyncio.sleep(0)  # the closed transports' last callbacks
        for listening in self._server.servers:
            await listening.wait_closed()
        self._server = None
