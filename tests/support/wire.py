"""The way to a PostgreSQL server: all that is asked there comes by here, and it may go silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

_UNTYPED = 80877103, 80877102
"""Requests before the first message proper, which have no type: for encryption, or to cancel."""
_ANSWERED = b"SQ"
"""Messages that the server answers before the next one is sent: the end of a statement, and one in plain words."""


class Wire:
    """Passes everything on, and counts the `trips`: how often somebody asks, and waits for the answer."""

    def __init__(self) -> None:
        self.trips = 0
        self._count = 0
        self._silent = 0

    def hush(self) -> None:
        """Nothing comes through any more on the connections that there are, and they stay open; new ones work."""
        self._silent = self._count

    @asynccontextmanager
    async def to(self, url: str) -> AsyncIterator[str]:
        """An address that leads to the server at `url`, for so long."""
        at = urlsplit(url)
        connections: set[asyncio.StreamWriter] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._count += 1
            number = self._count
            back, on = await asyncio.open_connection(at.hostname, at.port)
            connections.add(writer)
            ways = {
                asyncio.create_task(self._there(reader, on, number)),
                asyncio.create_task(self._back(back, writer, number)),
            }
            _, other = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in other:
                way.cancel()
            on.close()
            writer.close()
            connections.discard(writer)

        listening = await asyncio.start_server(connected, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        yield at._replace(netloc=at.netloc.replace(f":{at.port}", f":{port}")).geturl()
        listening.close()
        for each in connections:
            each.close()

    async def _there(self, reader: asyncio.StreamReader, on: asyncio.StreamWriter, number: int) -> None:
        try:
            request = 0
            while request == 0 or request in _UNTYPED:
                size = await reader.readexactly(4)
                rest = await reader.readexactly(int.from_bytes(size) - 4)
                request = int.from_bytes(rest[:4])
                on.write(size + rest)
            while True:
                head = await reader.readexactly(5)
                message = head + await reader.readexactly(int.from_bytes(head[1:]) - 4)
                self.trips += head[:1] in _ANSWERED
                if number > self._silent:
                    on.write(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    async def _back(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        while answer := await back.read(65536):
            if number > self._silent:
                writer.write(answer)
