"""News for the page: server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator

from bot.playground.ground import Event
from bot.playground.people import User
from bot.playground.world import World

_KEEP_ALIVE = 15.0  # seconds without news after which a comment shows that the line is open
_KINDS = frozenset({"message", "deleted", "chats", "clock"})


class Events:
    """The open streams, each of what one person may see."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: set[tuple[int, asyncio.Queue[bytes | None]]] = set()
        self._closed = False
        self._unwatch = world.watch(self._on_event)

    def close(self) -> None:
        """End all streams, and let no other stay open."""
        self._closed = True
        self._unwatch()
        for _, queue in self._open:
            queue.put_nowait(None)

    async def stream(self, person: User) -> AsyncGenerator[bytes]:
        """The lines of a stream for this person, until the server or the page ends it."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        entry = (person.id, queue)
        self._open.add(entry)
        try:
            yield b": welcome\n\n"
            while not self._closed:
                try:
                    line = await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
                except TimeoutError:
                    line = b": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._open.discard(entry)

    def _on_event(self, event: Event) -> None:
        if not self._open or event.kind not in _KINDS:
            return
        line = f"event: {event.kind}\ndata: {json.dumps(event.data)}\n\n".encode()
        for person_id, queue in self._open:
            if event.chat is None or self._world.may_see(self._world.people[person_id], event.chat):
                queue.put_nowait(line)
