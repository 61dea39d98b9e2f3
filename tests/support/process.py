"""The bot at work: as a process of its own, or with its loops running within the test; and waiting for what it does."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.app import Kring
from bot.playground.world import World
from tests.support.databases import address

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0
"""After this long a test gives up; nothing waits so long when all is well."""


async def until(happens: Callable[[], object], what: str = "") -> None:
    """Wait until `happens` returns something true. Raises TimeoutError saying `what` did not happen."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_S
    while not happens():
        if loop.time() > deadline:
            raise TimeoutError(what or "it never happened")
        await asyncio.sleep(0.01)


@asynccontextmanager
async def running(kring: Kring) -> AsyncIterator[None]:
    """The bot with its loops running, as `python -m bot run` runs it; an error that ends it ends the test."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(kring.run(stop))
        try:
            yield
        finally:
            stop.set()


@contextmanager
def broken_disk(kring: Kring) -> Iterator[None]:
    """Meanwhile no commit of the bot's database succeeds."""
    engine = kring.workplace._database._kind.engine.sync_engine

    def fail(_: Connection) -> None:
        raise OperationalError("COMMIT", None, OSError("no space left")) from OSError("no space left")

    event.listen(engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(engine, "commit", fail)


class BotProcess:
    """`python -m bot run` in a folder, which holds its database and its log."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self.command: tuple[str, ...] = (sys.executable, "-m", "bot", "run")

    @classmethod
    def at(cls, world: World, url: str, folder: Path, **settings: str) -> "BotProcess":
        """The bot of this playground, without limits on what it says."""
        unlimited = dict.fromkeys(("SEND_PER_SECOND", "SEND_PER_MINUTE_GROUP", "SEND_PER_SECOND_CHAT"), "0")
        needed = {"BOT_TOKEN": world.token, "BOT_API_URL": url, "DATABASE_URL": address(folder)}
        return cls(folder, **needed | unlimited | settings)

    @property
    def log(self) -> str:
        """All that it said on standard error, over all its starts."""
        path = self._folder / "log"
        return path.read_text() if path.exists() else ""

    @property
    def pid(self) -> int:
        """Its number while it runs."""
        assert self._process is not None, "it was started"
        return self._process.pid

    async def start(self) -> None:
        """Start it, with nothing of this process's environment but where its programs are."""
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self._folder,
                env=environment | self._settings,
                stdout=log,
                stderr=log,
            )

    def signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def ended(self) -> int:
        """Wait for its end; returns the exit code, negative for the signal that killed it."""
        assert self._process is not None, "it was started"
        return await asyncio.wait_for(self._process.wait(), PATIENCE_S)

    async def exit_code(self) -> int:
        """Start it, and wait for its end."""
        await self.start()
        return await self.ended()

    async def close(self) -> None:
        """Kill it if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
