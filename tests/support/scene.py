"""A club in the playground, with the real bot at it: what people do, and what they then read.

Everything goes over HTTP between the bot and the playground's Bot API server; nothing waits, as each step lets the
bot do all it has to (`settle`) before the test looks.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import Kring
from bot.clock import MovableClock
from bot.demo import demo_settings
from bot.playground.chats import Chat
from bot.playground.files import Upload
from bot.playground.people import User
from bot.playground.server import Playground
from bot.playground.world import World
from bot.settings import Settings
from tests.support.databases import address

Message = dict[str, Any]


def settings_of(world: World, url: str, folder: Path) -> Settings:
    """Settings for the bot of this playground, with the folder's database."""
    return demo_settings(world, url, folder).model_copy(update={"database_url": address(folder)})


@asynccontextmanager
async def playing(folder: Path, at: datetime) -> "AsyncIterator[Scene]":
    """A scene that begins at this instant, with the folder's database."""
    clock = MovableClock(at)
    world = World(clock)
    async with Playground(world) as server:
        scene = Scene(world, clock, settings_of(world, server.url, folder))
        try:
            await scene.begin()
            yield scene
        finally:
            await scene.kring.close()


class Scene:
    """The world, its clock and the bot; `group` is the club that most tests are about."""

    def __init__(self, world: World, clock: MovableClock, settings: Settings) -> None:
        self.url = settings.bot_api_url
        self.settings = settings
        self.world = world
        self.clock = clock
        self.kring = Kring(settings, clock)
        self.anna = world.person("Anna", "Peeters", "anna")
        self.bert = world.person("Bert", "Janssens", "bert")
        self.carla = world.person("Carla", "De Smet")
        self.group = world.group("Kring Gent", self.anna, [self.bert, self.carla])

    async def begin(self) -> None:
        """The bot joins the group, and everyone says something once, so that it knows them."""
        await self.kring.open()
        await self.kring.connect()
        self.world.add_bot(self.group, self.anna)
        for who in (self.anna, self.bert, self.carla):
            self.world.say(who, self.group, "/start")
        await self.kring.settle()

    async def restart(self) -> None:
        """Another process takes over the database."""
        await self.kring.close()
        self.kring = Kring(self.settings, self.clock)
        await self.kring.open()
        await self.kring.connect()
        await self.kring.settle()

    async def says(self, who: User, text: str, chat: Chat | None = None, **how: Any) -> list[str]:
        """`who` types this; returns what the bot then says in that chat."""
        chat = chat or self.group
        heard = len(self._of_bot(chat))
        self.world.say(who, chat, text, **how)
        await self.kring.settle()
        return [words(message) for message in self._of_bot(chat)[heard:]]

    async def writes(self, who: User, text: str) -> list[str]:
        """`who` types this in the private chat with the bot."""
        return await self.says(who, text, self.world.private(who))

    async def sends(self, who: User, name: str, content: bytes, caption: str = "") -> list[str]:
        """`who` sends this file in the private chat with the bot; returns what the bot then says there."""
        chat = self.world.private(who)
        heard = len(self._of_bot(chat))
        self.world.send_document(who, chat, Upload(name, "application/octet-stream", content), caption)
        await self.kring.settle()
        return [words(message) for message in self._of_bot(chat)[heard:]]

    async def edits(self, who: User, message: Message, text: str) -> None:
        """`who` changes their message."""
        self.world.edit(who, self.chat_of(message), message["message_id"], text)
        await self.kring.settle()

    async def presses(self, who: User, label: str, message: Message | None = None) -> str:
        """`who` presses the button with this label, under the bot's last message unless told; what it answers."""
        message = message or self.last()
        data = buttons(message)[label]
        return await self.sends_data(who, data, message)

    async def sends_data(self, who: User, data: str, message: Message | None = None) -> str:
        """A press on a button with these data, such as an app that was tampered with could send."""
        message = message or self.last()
        query = self.world.press(who, self.chat_of(message), message["message_id"], data)
        await self.kring.settle()
        return str((self.world.answers[query] or {}).get("text") or "")

    async def at(self, instant: datetime) -> list[str]:
        """Put the clock to this instant; returns what the bot then says in the group."""
        heard = len(self._of_bot(self.group))
        self.clock.set(instant)
        await self.kring.settle()
        return [words(message) for message in self._of_bot(self.group)[heard:]]

    def last(self, chat: Chat | None = None) -> Message:
        """The bot's last message in the chat."""
        return self._of_bot(chat or self.group)[-1]

    def typed(self, who: User, chat: Chat | None = None) -> Message:
        """The last message of this person in the chat."""
        return [m for m in self.world.messages(chat or self.group) if m["from"]["id"] == who.id][-1]

    def texts(self, chat: Chat | None = None) -> list[str]:
        """All that the bot says in the chat, as it stands now."""
        return [words(message) for message in self._of_bot(chat or self.group)]

    def private_texts(self, who: User) -> list[str]:
        """All that the bot says to this person in private."""
        return self.texts(self.world.private(who))

    def chat_of(self, message: Message) -> Chat:
        """The chat that the message is in."""
        id_ = message["chat"]["id"]
        return self.world.chats[id_] if id_ < 0 else self.world.private(self.world.people[id_])

    def _of_bot(self, chat: Chat) -> list[Message]:
        return [m for m in self.world.messages(chat) if m.get("from", {}).get("id") == self.world.bot["id"]]


def words(message: Message) -> str:
    """What the message says, be it under a picture."""
    return str(message.get("text") or message.get("caption", ""))


def buttons(message: Message) -> dict[str, str]:
    """The labels of the message's buttons, with the data or address behind each."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data") or button["url"] for row in rows for button in row}
