"""Commands a second from a backlog, and the time from one command to its answer, beside the bare bot."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.clock import SystemClock
from bot.playground.server import Playground
from bot.playground.world import World
from tests.bench.bare import COMMAND
from tests.support.databases import committed
from tests.support.process import BotProcess

GROUPS = 40
SAYS = ("sendMessage", "sendPhoto")
QUIET_S = 0.5


@dataclass(frozen=True)
class Size:
    """How many commands wait, how many come one by one, and how often all of it is measured."""

    backlog: int
    singles: int
    rounds: int


@dataclass(frozen=True)
class Round:
    """Of one bot: commands answered a second, and recorded while it may say little; milliseconds to an answer."""

    answered: float
    recorded: float
    p50: float
    p99: float


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    size = Size(100, 20, 1) if short else Size(2_000, 300, 3)
    # In turns, so that whatever else the machine does befalls both alike.
    rounds = [(asyncio.run(_round(size, bare=False)), asyncio.run(_round(size, bare=True))) for _ in range(size.rounds)]
    return [
        f"| `/refer`, the median of {size.rounds} | Kring | bare bot | ratio | aim |",
        "|---|---|---|---|---|",
        _line(f"answered a second, of {size.backlog:,} that wait", rounds, "answered", "answered", "≥ 1.0"),
        _line("recorded a second, while 30 answers a second may be said", rounds, "recorded", "answered", "≥ 5"),
        _line("from one command to its answer, p50, ms", rounds, "p50", "p50", "≤ 1.5"),
        _line("the same, p99, ms", rounds, "p99", "p99", "≤ 1.5"),
    ]


def _line(what: str, rounds: list[tuple[Round, Round]], ours: str, bares: str, aim: str) -> str:
    pairs = [(getattr(kring, ours), getattr(bare, bares)) for kring, bare in rounds]
    kring, bare, ratio = (median(each) for each in zip(*((k, b, k / b) for k, b in pairs), strict=True))
    return f"| {what} | {kring:.3g} | {bare:.3g} | {ratio:.2f} | {aim} |"


async def _round(size: Size, *, bare: bool) -> Round:
    answered = await _backlog(size, bare=bare)
    recorded = answered if bare else await _backlog(size, bare=False, SEND_PER_SECOND="30")
    times = await _one_by_one(size, bare=bare)
    return Round(answered, recorded, median(times), quantiles(times, n=100)[98])


class Bench:
    """A world with groups of two members each, and a bot in it that knows them all."""

    def __init__(self, folder: Path, *, bare: bool) -> None:
        self.program = COMMAND if bare else ("-m", "bot", "run")
        self.world = World(SystemClock())
        self.folder = folder
        self._people = [
            (self.world.person("Anna", username=f"anna{n}"), self.world.person("Bert", username=f"bert{n}"))
            for n in range(GROUPS)
        ]
        self._groups = [self.world.group(f"Club {n}", pair[0], pair) for n, pair in enumerate(self._people)]

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """The Bot API server runs at this address, and everybody is known to the bot, which does not run."""
        async with Playground(self.world) as server:
            for group, pair in zip(self._groups, self._people, strict=True):
                self.world.add_bot(group, pair[0])
                for person in pair:
                    self.world.say(person, group, "/start")
            async with self.running(server.url):
                await self.quiet()
            yield server.url

    @asynccontextmanager
    async def running(self, url: str, **settings: str) -> AsyncIterator[BotProcess]:
        """Meanwhile the bot runs, as a process."""
        wanted = {"DAILY_LIMIT": "0", "LOG_LEVEL": "WARNING"} | settings
        bot = BotProcess.at(self.world, url, self.folder, **wanted)
        bot.command = (sys.executable, *self.program)
        await bot.start()
        try:
            yield bot
            bot.signal(signal.SIGTERM)
            await bot.ended()
        finally:
            await bot.close()

    def said(self) -> int:
        """How many messages the bot has said."""
        return sum(call.method in SAYS for call in self.world.log)

    async def quiet(self) -> None:
        """Wait until nothing waits, and nothing was said for a while."""
        before = -1
        while self.world.pending or self.said() != before or not before:
            before = self.said()
            await asyncio.sleep(QUIET_S)

    def refer(self, number: int) -> None:
        """Somebody refers, in one group after the other."""
        (anna, bert), group = self._people[number % GROUPS], self._groups[number % GROUPS]
        self.world.say(anna, group, f"/refer @{bert['username']} Piet Peeters {number}: needs a new website")


@asynccontextmanager
async def _bench(*, bare: bool) -> AsyncIterator[tuple[Bench, str]]:
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), bare=bare)
        async with bench.served() as url:
            yield bench, url


async def _backlog(size: Size, *, bare: bool, **settings: str) -> float:
    """Commands a second from the first that is fetched to the last that is answered; with settings, recorded."""
    async with _bench(bare=bare) as (bench, url):
        already = bench.said()
        for number in range(size.backlog):
            bench.refer(number)
        waiting = bench.world.pending

        def over() -> bool:
            if settings:
                return committed(bench.folder, "SELECT count(*) FROM referrals") == [(size.backlog,)]
            return bench.said() >= already + size.backlog

        async with bench.running(url, **settings):
            await _until(lambda: bench.world.pending != waiting, 0.001)
            began = time.perf_counter()
            await _until(over, 0.02)
            return size.backlog / (time.perf_counter() - began)
    raise AssertionError


async def _one_by_one(size: Size, *, bare: bool) -> list[float]:
    """Milliseconds from each command to its answer, with nothing else to do."""
    async with _bench(bare=bare) as (bench, url), bench.running(url):
        await _answer(bench, 0)  # it is there
        return [await _answer(bench, number) for number in range(1, size.singles + 1)]


async def _answer(bench: Bench, number: int) -> float:
    already, began = bench.said(), time.perf_counter()
    bench.refer(number)
    await _until(lambda: bench.said() > already, 0.0005)
    took = time.perf_counter() - began
    await asyncio.sleep(0.02)
    return 1000 * took


async def _until(happens: Callable[[], bool], every_s: float) -> None:
    while not happens():  # noqa: ASYNC110  what is waited for happens in another process
        await asyncio.sleep(every_s)
