"""A small HTTP client for the webhook: POST to an address of this machine, over connections that are kept."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from typing import NamedTuple

_ANSWER_S = 60.0  # how long Telegram waits for an answer
_MAX_HEAD = 65_536


class Answer(NamedTuple):
    """The status, and the header that tells when to come again, in seconds."""

    status: int
    retry_after: int | None


class Post:
    """Connections to the hosts, kept open between requests."""

    def __init__(self) -> None:
        self._idle: defaultdict[str, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = defaultdict(list)

    async def send(self, host: str, head: str, body: bytes) -> Answer:
        """Send one request; `head` without the blank line. Raises OSError, EOFError or TimeoutError, ValueError."""
        reader, writer = self._idle[host].pop() if self._idle[host] else await _connect(host)
        try:
            async with asyncio.timeout(_ANSWER_S):
                writer.write(head.encode("latin-1") + b"\r\n\r\n" + body)
                await writer.drain()
                answer, stays_open = await _answer(reader)
        except BaseException:
            writer.transport.abort()
            raise
        if stays_open:
            self._idle[host].append((reader, writer))
        else:
            writer.transport.abort()
        return answer

    def close(self) -> None:
        """Close the connections that are idle."""
        for connections in self._idle.values():
            for _, writer in connections:
                writer.transport.abort()
        self._idle.clear()


async def _connect(host: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if host.startswith("/"):
        return await asyncio.open_unix_connection(host, limit=_MAX_HEAD)
    name, _, port = host.rpartition(":")
    return await asyncio.open_connection(name, int(port), limit=_MAX_HEAD)


async def _answer(reader: asyncio.StreamReader) -> tuple[Answer, bool]:
    """Read an answer; will the connection stay open?"""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    await reader.readexactly(int(headers.get("content-length", "0")))
    retry_after = None
    with suppress(ValueError):
        retry_after = int(headers.get("retry-after", ""))
    return Answer(int(first.split()[1]), retry_after), headers.get("connection", "").lower() != "close"
