"""What a command asks of the database: how many statements, and for how many trips to a server that is elsewhere."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import event

from bot.app import Kring
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from tests.support.databases import address, database_on
from tests.support.postgres import Server
from tests.support.process import running
from tests.support.scene import Scene, playing
from tests.support.wire import Wire

NAME = "kring_trips"
CLUBS = 40
QUIET_S = 0.05


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
    """Counts what is asked: statements as SQLAlchemy makes them, trips as they come by on the wire."""

    def __init__(self) -> None:
        self.statements = 0
        self.wire = Wire()

    def attach(self, kring: Kring) -> None:
        """Count this program's statements."""
        engine = kring.workplace._database._kind.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._note)

    def taken(self) -> Asked:
        """What was asked so far."""
        return Asked(self.statements, self.wire.trips)

    def _note(self, *_: object) -> None:
        self.statements += 1


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
        with database_on(server.url, NAME) as address:
            async with counter.wire.to(address) as url:
                (folder / "address").write_text(url)
                return await _counted(folder, counter, singles, waiting)


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
