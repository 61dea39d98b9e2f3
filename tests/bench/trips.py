"""What a command asks of the database: how many statements, and for how many trips to a server that is elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import event

from bot.app import Kring
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from tests.support import postgres
from tests.support.databases import address
from tests.support.postgres import Server
from tests.support.process import running
from tests.support.scene import Scene, playing

NAME = "kring_trips"
CLUBS = 40
QUIET_S = 0.05
_UNTYPED = 80877103, 80877102
"""Requests before the first message proper, which have no type: for encryption, or to cancel."""
_ANSWERED = b"SQ"
"""Messages that the server answers before the next one is sent: the end of a statement, and one in plain words."""


class Asked(NamedTuple):
    """Of one command."""

    statements: float
    trips: float


def asked(server: Server, *, short: bool) -> list[str]:
    """The table, in lines."""
    singles, waiting = (5, 40) if short else (40, 400)
    lines = []
    for kind, of in (("SQLite", None), ("PostgreSQL", server)):
        alone, batched = asyncio.run(_asked(of, singles, waiting))
        for how, each in (("alone", alone), (f"of {waiting} that wait", batched)):
            trips = f"{each.trips:.3g}" if of else "none"
            lines.append(f"| {kind}, a `/refer` {how} | {each.statements:.3g} | {trips} |")
    return ["| asked of | statements | trips, BEGIN and COMMIT among them |", "|---|---|---|", *lines]


class Counter:
    """Counts what is asked. Statements as SQLAlchemy makes them; trips as they come by on the wire."""

    def __init__(self) -> None:
        self.statements = 0
        self.trips = 0

    def attach(self, kring: Kring) -> None:
        """Count this program's statements."""
        engine = kring.workplace._database._kind.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._note)

    def taken(self) -> Asked:
        """What was asked so far."""
        return Asked(self.statements, self.trips)

    def _note(self, *_: object) -> None:
        self.statements += 1

    @asynccontextmanager
    async def between(self, url: str) -> AsyncIterator[str]:
        """An address that leads to the server at `url`, and on the way there all messages are counted."""
        at = urlsplit(url)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            back, on = await asyncio.open_connection(at.hostname, at.port)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._there(reader, on))
                    both.create_task(_back(back, writer))
            finally:
                on.close()
                writer.close()

        listening = await asyncio.start_server(connected, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        yield at._replace(netloc=at.netloc.replace(f":{at.port}", f":{port}")).geturl()
        listening.close()

    async def _there(self, reader: asyncio.StreamReader, on: asyncio.StreamWriter) -> None:
        try:
            while True:
                size = await reader.readexactly(4)
                rest = await reader.readexactly(int.from_bytes(size) - 4)
                on.write(size + rest)
                if int.from_bytes(rest[:4]) not in _UNTYPED:
                    break
            while True:
                head = await reader.readexactly(5)
                self.trips += head[:1] in _ANSWERED
                on.write(head + await reader.readexactly(int.from_bytes(head[1:]) - 4))
        except (asyncio.IncompleteReadError, ConnectionError):
            on.close()


async def _back(back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while answer := await back.read(65536):
        writer.write(answer)
    writer.close()


class Clubs:
    """Clubs of two, and how they refer."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._groups = [scene.world.group(f"Club {number}", scene.anna, [scene.bert]) for number in range(CLUBS)]

    async def known(self) -> None:
        """The bot knows everybody."""
        for group in self._groups:
            self._scene.world.add_bot(group, self._scene.anna)
            self._scene.world.say(self._scene.bert, group, "/start")
        await self._scene.kring.settle()

    async def answered(self, numbers: Sequence[int]) -> None:
        """Each of these is a command, in one club after the other; wait until all is said, and written down."""
        world = self._scene.world
        heard = self._heard()
        for number in numbers:
            world.say(self._scene.anna, self._groups[number % CLUBS], f"/refer @bert Piet Peeters {number}: a roof")
        while self._heard() < heard + len(numbers):  # noqa: ASYNC110  many messages, and none is the last
            await asyncio.sleep(QUIET_S)
        await asyncio.sleep(QUIET_S)

    def _heard(self) -> int:
        return sum(call.method == "sendMessage" for call in self._scene.world.log)


async def _asked(server: Server | None, singles: int, waiting: int) -> tuple[Asked, Asked]:
    """What one that comes alone asks, the median of `singles`; and one of a backlog of `waiting`."""
    with TemporaryDirectory() as place:
        folder, counter = Path(place), Counter()
        if server is None:
            return await _counted(folder, counter, singles, waiting)
        async with counter.between(postgres.make_database(server.url, NAME)) as url:
            (folder / "address").write_text(url)
            found = await _counted(folder, counter, singles, waiting)
        postgres.drop_database(server.url, NAME)
        return found


async def _counted(folder: Path, counter: Counter, singles: int, waiting: int) -> tuple[Asked, Asked]:
    database = Database(address(folder))
    await migrate(database)
    await database.close()
    async with playing(folder, datetime(2026, 3, 16, 8, 0, tzinfo=UTC)) as scene:
        clubs = Clubs(scene)
        await clubs.known()
        await _restarted(scene, counter)
        async with running(scene.kring):
            await clubs.answered(range(CLUBS))  # from here on all statements are prepared
            each = []
            for number in range(singles):
                before = counter.taken()
                await clubs.answered([number])
                after = counter.taken()
                each.append((after.statements - before.statements, after.trips - before.trips))
            alone = Asked(*(median(figures) for figures in zip(*each, strict=True)))
            before = counter.taken()
            await clubs.answered(range(waiting))
            after = counter.taken()
        batched = Asked(*((now - was) / waiting for now, was in zip(after, before, strict=True)))
    return alone, batched


async def _restarted(scene: Scene, counter: Counter) -> None:
    """The bot goes on without limits, and what it asks is counted."""
    free = dict.fromkeys(("send_per_second", "send_per_minute_group", "send_per_second_chat", "daily_limit"), 0)
    scene.settings = scene.settings.model_copy(update=free)
    await scene.restart()
    counter.attach(scene.kring)
