"""The clubs in the playground with the real bot, and the model beside it: each deed is done in both and compared."""

import asyncio
import copy
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bot.clock import MovableClock
from bot.playground.chats import Chat
from bot.playground.people import User
from bot.playground.server import Playground
from bot.playground.world import World
from tests.conftest import A_TUESDAY
from tests.stateful.books import Books, Post
from tests.stateful.model import Act, Person, Reply, Source
from tests.support.databases import Stock
from tests.support.scene import Message, Scene, buttons, settings_of, words

DAILY_LIMIT = 8
NAP = 4
"""After so many messages a bot that had stopped reading reads on, so that its answers are looked at often."""
BESIDE = ("Welcome, ", "Have the other members given you many referrals?")
"""How begins what the bot says in a group of its own accord; other tests look at that."""
TOLD_BESIDE = ("Thanked: ", "First time, too: ", "In 20")
"""How begin the lines of the weekly post that are no figures; the same."""
GENT, BRUGGE, AALST = CLUBS = ("Kring Gent", "Kring Brugge", "Kring Aalst")
NAMES = ("anna", "bert", "carla", "dirk", "emma", "fien")
"""First names, and usernames to be had: who is called so need not be."""


class StillClock(MovableClock):
    """A clock that stands still between two deeds, so that model and bot know the same instant."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.set(at)

    def now(self) -> datetime:
        return self._at

    def set(self, instant: datetime) -> None:
        self._at = instant.astimezone(UTC)

    def forward(self, by: timedelta) -> None:
        self._at += by


class Beginning(NamedTuple):
    """Three groups, the bot in the first of them, and its database: to be copied for each run."""

    scene: Scene
    folder: Path
    stock: Stock


async def begin(stock: Stock, folder: Path) -> Beginning:
    """Olga administers every club, so that somebody can always ask for the figures; she gives and takes nothing."""
    clock = StillClock(A_TUESDAY)
    world = World(clock)
    async with Playground(world) as server:
        scene = Scene(world, clock, settings_of(world, server.url, folder))
        dirk, emma, fien = (world.person("Dirk", username="dirk"), world.person("Emma"), world.person("Fien"))
        olga = world.person("Olga")
        brugge = world.group(BRUGGE, scene.bert, [scene.anna, dirk, fien], "group")
        aalst = world.group(AALST, scene.carla, [scene.bert, emma, fien])
        for chat in (scene.group, brugge, aalst):
            world.join(chat, olga)
            world.promote(chat, olga)
        try:
            await scene.begin()
            await scene.writes(olga, "/start")
            # The others have them: both ways are lived, and the machine is not busy with drawing most of the time.
            await scene.says(scene.anna, "/settings pictures off")
        finally:
            await scene.kring.close()
    world.updates.on_new = lambda: None  # it was the server's that is gone
    return Beginning(scene, folder, stock.of(folder))


class Waiting(NamedTuple):
    """What the bot has still to read: what it does to the model, and where an answer is awaited."""

    club: str
    deed: Callable[[datetime], Reply]
    query: str | None = None  # of a press on a button, which is answered in a small window
    answered: Callable[[Message], None] = lambda message: None


class Stage:
    """One run: the scene, the model, and what the bot has not read yet."""

    def __init__(self, beginning: Beginning, folder: Path) -> None:
        self._folder = folder
        self._runner = asyncio.Runner()
        self.awake = True
        self.waiting: list[Waiting] = []
        self.touched: set[str] = set()
        self.answers: dict[tuple[str, Source], tuple[int, int]] = {}
        self.buttons: dict[tuple[str, int, int], dict[str, None]] = {}
        self._runner.run(self._open(beginning))
        world = self.scene.world
        self.chats = {title: next(c for c in world.chats.values() if c.title == title) for title in CLUBS}
        self.people = {user["first_name"].lower(): user for user in world.people.values()}
        self.olga = self.people.pop("olga")
        self._read: dict[int, int] = {chat.id: max(chat.messages, default=0) for chat in world.chats.values()}
        self.books = Books({user.id: user["first_name"] for user in world.people.values()}, DAILY_LIMIT)
        for name in ("anna", "bert", "carla"):
            self.books.join(GENT, person(self.people[name]), self.now)
        self.books.meet(person(self.olga))

    async def _open(self, beginning: Beginning) -> None:
        beginning.stock.put(self._folder)
        begun = beginning.scene
        self.scene = scene = copy.deepcopy(begun, {id(begun.kring): begun.kring})
        self._server = await Playground(scene.world).__aenter__()
        scene.url = self._server.url
        settings = settings_of(scene.world, scene.url, self._folder)
        scene.settings = settings.model_copy(update={"daily_limit": DAILY_LIMIT})
        await scene.restart()

    def close(self) -> None:
        """Let go of everything."""

        async def close() -> None:
            await self.scene.kring.close()
            await self._server.__aexit__(None, None, None)

        try:
            self._runner.run(close())
        finally:
            self._runner.close()

    @property
    def now(self) -> datetime:
        return self.scene.clock.now()

    def bot_in(self, club: str) -> bool:
        """Is the bot in this club's group, in the playground?"""
        return self.chats[club].has(self.scene.world.bot["id"])

    def here(self, club: str, user: User) -> bool:
        """Is this person in the club's group, in the playground?"""
        return self.chats[club].has(user.id)

    def act(self, club: str, by: User, message: Message, **how: Any) -> Callable[[datetime], Act]:
        """A deed of this person as the model takes it, once it is known when the bot reads it."""
        source = message["chat"]["id"], message["message_id"]
        how = {"sent_at": self.now, "by": person(by), "admin": self.chats[club].admin(by.id), **how}
        how["text"] = str((message.get("text"), message.get("entities")))

        def read(now: datetime) -> Act:
            act = Act(now, club=club, source=source, **how)
            return act._replace(sent_at=now) if act.pressed else act  # Telegram does not tell when

        return read

    def say(self, club: str, by: User, text: str, **how: Any) -> tuple[Message, bool]:
        """Someone types this in the group; also whether the bot is shown it."""
        world = self.scene.world
        before = world.next_update_id
        message = world.say(by, self.chats[club], text, **how)
        return message, world.next_update_id > before

    def refresh(self, club: str, message_id: int) -> None:
        """Telegram shows the author of an old message as they are now, the playground as they were."""
        messages, people = self.chats[club].messages, self.scene.world.people
        message = messages[message_id]

        def renewed(old: Message) -> Message:
            author = people.get(old["from"]["id"])
            return old | {"from": author.sender()} if author is not None else old

        if "reply_to_message" in message:
            message = message | {"reply_to_message": renewed(message["reply_to_message"])}
        messages[message_id] = renewed(message)

    def does(self, club: str, deed: Callable[[datetime], Reply], **how: Any) -> None:
        """Something was done that the bot will read."""
        self.waiting.append(Waiting(club, deed, **how))
        self.touched.add(club)

    def settle(self, *, restart: bool = False) -> None:
        """Let the bot do all it has to, and the model too; and compare what the bot says."""
        self.awake = self.awake or len(self.waiting) >= NAP
        if not self.awake:
            return
        self._runner.run(self.scene.restart() if restart else self.scene.kring.settle())
        awaited: dict[str, list[tuple[Waiting, Reply]]] = {title: [] for title in CLUBS}
        for waiting in self.waiting:
            reply = waiting.deed(self.now)
            if waiting.query is not None:
                assert reply is not None
                told = str(self.scene.world.answers[waiting.query]["text"] or "")
                assert all(part in told for part in reply), (told, reply)
            elif reply is not None:
                awaited[waiting.club].append((waiting, reply))
        self.waiting = []
        posts = self.books.close_weeks(self.now)
        for title in CLUBS:
            self._compare(title, awaited[title], [post for post in posts if post.club == title])

    def _compare(self, title: str, awaited: list[tuple[Waiting, Reply]], posts: list[Post]) -> None:
        said = self.heard(self.chats[title])
        if not self.bot_in(title):
            return
        posted = [counted(plain(words(m))) for m in said if is_post(words(m))]
        assert posted == [post.text for post in posts], f"weekly posts in {title}"
        told = [m for m in said if not is_post(words(m))]
        texts = [words(m) for m in told]
        assert len(told) == len(awaited), (title, texts, [reply for _, reply in awaited])
        for message, (waiting, reply) in zip(told, awaited, strict=True):
            assert all(part in words(message) for part in reply or ()), (title, texts, reply)
            waiting.answered(message)

    def heard(self, chat: Chat) -> list[Message]:
        """What the bot has said in the chat since it was last looked at."""
        last = self._read.get(chat.id, 0)
        said = [m for id_, m in chat.messages.items() if id_ > last and m["from"]["id"] == self.scene.world.bot["id"]]
        said = [m for m in said if not words(m).startswith(BESIDE)]
        self._read[chat.id] = max(chat.messages, default=last)
        return said

    def ask(self, who: User, questions: list[tuple[str, str]]) -> dict[str, list[Message]]:
        """Ask this in clubs ("" is in private), all at once; returns what the bot says in each."""
        self.scene.clock.forward(timedelta(seconds=1))
        self.settle()  # should it be time for the weekly post, that is not what was asked for
        chats = {club: self.chats[club] if club else self.scene.world.private(who) for club, _ in questions}
        for club, text in questions:
            self.scene.world.say(who, chats[club], text)
            if club:
                self.books.join(club, person(who), self.now)
        self.books.meet(person(who))
        for chat in chats.values():
            self.heard(chat)
        self._runner.run(self.scene.kring.settle())
        return {club: self.heard(chat) for club, chat in chats.items()}

    def keep_buttons(self) -> None:
        """Remember each button ever seen in a group: who holds on to an old message can press it still."""
        for title, chat in self.chats.items():
            for message in chat.messages.values():
                for data in buttons(message).values():
                    if data.startswith(("undo:", "for:")):
                        self.buttons.setdefault((title, chat.id, message["message_id"]), {})[data] = None


def person(user: User) -> Person:
    """Someone as the model knows people."""
    return Person(user.id, user.get("username"))


def counted(text: str) -> str:
    """The ranking without what it tells beside the figures."""
    figures = re.sub(r"\s+\d+ weeks in a row", "", text)
    return "\n".join(line for line in figures.split("\n") if not line.startswith(TOLD_BESIDE))


def is_post(text: str) -> bool:
    return text.startswith(("🏆", "A quiet week"))


def plain(text: str) -> str:
    """The text with plain spaces only, as the bot writes dates and ranks with spaces of all widths; @names unbroken."""
    return re.sub(r" *– *", " – ", re.sub(r"[\u2007\u2009\u202f\u00a0]", " ", text.replace("\u2060", "")))
