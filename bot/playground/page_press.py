"""Presses on the page, each of which waits for the bot's answer."""

import asyncio

from bot.playground.chats import Chat
from bot.playground.ground import Event
from bot.playground.people import Json, User
from bot.playground.world import World

_PATIENCE = 10.0  # seconds


class Presses:
    """The presses whose answers are waited for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: dict[str, asyncio.Event] = {}
        self._unwatch = world.watch(self._on_event)

    def close(self) -> None:
        """Wait no longer."""
        self._unwatch()
        for answered in self._waiting.values():
            answered.set()

    async def press(self, person: User, chat: Chat, message_id: int, data: str) -> Json | None:
        """Press, and return what the bot answers, or None if it does not in time."""
        query_id = self._world.press(person, chat, message_id, data)
        answered = self._waiting[query_id] = asyncio.Event()
        try:
            await asyncio.wait_for(answered.wait(), _PATIENCE)
        except TimeoutError:
            return None
        finally:
            del self._waiting[query_id]
        return self._world.answers.get(query_id)

    def _on_event(self, event: Event) -> None:
        if event.kind == "answer" and (answered := self._waiting.get(event.data["query_id"])):
            answered.set()
