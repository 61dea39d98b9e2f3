"""Replicas on one PostgreSQL server: commands a second by how many there are, and how soon a lost one is replaced.

Then what a command asks of the database, and for how many trips to the server.
"""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.domain.shards import SHARDS
from bot.playground.ground import Event
from bot.playground.world import World
from tests.bench.memory import processor_s, resident_mb
from tests.bench.trips import asked
from tests.replicas.company import Company
from tests.support import postgres
from tests.support.databases import database_on
from tests.support.postgres import Server

MOST = 3
CLUBS = SHARDS
"""One in each shard, so that the work can be shared out evenly."""
SAFE = ("fsync=on", "full_page_writes=on")
"""What the tests leave out for speed, and nobody else does."""
NAME = "kring_bench"
EVERY_S = 0.005
_COUNTS = range(1, MOST + 1)
_WAYS = {signal.SIGKILL: "killed", signal.SIGSTOP: "frozen"}

Losses = dict[signal.Signals, list[tuple[float, float]]]
"""Of each way to be lost: seconds until the first and the last answer in the chats of who was lost."""


@dataclass(frozen=True)
class Size:
    """How many commands each club sends, how often that is measured, and how often a replica is lost in each way."""

    times: int
    rounds: int
    losses: int


@dataclass(frozen=True)
class Speed:
    """Of so many replicas at work: commands a second; milliseconds of a processor for each; megabytes of a replica;
    connections to the server."""

    answered: float
    replicas_ms: float
    server_ms: float
    others_ms: float
    memory: float
    connections: float


def measured(short: bool) -> list[str]:
    """The tables, in lines."""
    if not postgres.is_available():
        return ["Replicas are not measured: there is no PostgreSQL here (apt install postgresql)."]
    size = Size(2, 1, 1) if short else Size(15, 5, 5)
    with postgres.server(*SAFE) as server:
        # In turns, so that whatever else the machine does befalls all alike.
        rounds = [[asyncio.run(_speed(server, count, size.times)) for count in _COUNTS] for _ in range(size.rounds)]
        losses = asyncio.run(_losses(server, size.losses))
        costs = asked(server, short=short)
    return [*_speeds(rounds, size), "", *_replaced(losses, size), "", *costs]


def _speeds(rounds: list[list[Speed]], size: Size) -> Iterator[str]:
    yield f"| {size.times * CLUBS:,} `/refer` of {CLUBS} clubs, the median of {size.rounds} | 1 replica | 2 | 3 |"
    yield "|---|---|---|---|"
    names = {
        "answered": "posted, recorded and answered a second",
        "replicas_ms": "processor time of a command, ms: all replicas",
        "server_ms": "the same: PostgreSQL",
        "others_ms": "the same: who posts them and takes the answers",
        "memory": "resident memory of a replica, MB",
        "connections": "connections to PostgreSQL, all replicas",
    }
    for field in fields(Speed):
        found = [median(getattr(each[at], field.name) for each in rounds) for at in range(MOST)]
        yield f"| {names[field.name]} | {' | '.join(f'{figure:.3g}' for figure in found)} |"
        if field.name == "answered":
            best = [max(each[at].answered for each in rounds) for at in range(MOST)]
            yield f"| the same in the best round | {' | '.join(f'{figure:.3g}' for figure in best)} |"
            yield f"| times one replica's, each in its best | {' | '.join(f'{each / best[0]:.2f}' for each in best)} |"


def _replaced(losses: Losses, size: Size) -> Iterator[str]:
    yield f"| one of {MOST} replicas is lost, s, of {size.losses} times each | median | longest | promise |"
    yield "|---|---|---|---|"
    for how, found in losses.items():
        for what, times in zip(("the first answer", "the last answer"), zip(*found, strict=True), strict=True):
            yield f"| {_WAYS[how]}: {what} to a command in its chats | {median(times):.1f} | {max(times):.1f} | 30 |"


class Answers:
    """What the bot says from now on: how many messages, and when the first came in each chat."""

    def __init__(self, world: World) -> None:
        self.count = 0
        self.first: dict[int, float] = {}
        self._bot_id = world.bot["id"]
        world.watch(self._note)

    def _note(self, event: Event) -> None:
        if event.kind == "message" and event.chat and event.data["from"]["id"] == self._bot_id:
            self.count += 1
            self.first.setdefault(event.chat.id, time.monotonic())


@asynccontextmanager
async def _company(server: Server, count: int) -> AsyncIterator[Company]:
    """So many replicas share the work of the clubs, and everybody is known to them."""
    with TemporaryDirectory() as place, database_on(server.url, NAME) as address:
        company = Company(Path(place), address, count, clubs=CLUBS, LOG_LEVEL="WARNING")
        async with company.at_work():
            await _evenly(company, count)
            await _all_answered(company)
            yield company


async def _all_answered(company: Company, times: int = 1) -> dict[int, float]:
    """Every club sends so many commands; returns when the first was answered in each chat, once all are."""
    answers = Answers(company.world)
    company.refer(times)
    while answers.count < times * CLUBS:  # noqa: ASYNC110  what is waited for happens in other processes
        await asyncio.sleep(EVERY_S)
    return answers.first


async def _speed(server: Server, count: int, times: int) -> Speed:
    """What so many replicas do of commands that all come at once."""
    async with _company(server, count) as company:
        pids, commands = [program.pid for program in company.programs], times * CLUBS
        parts = [pids, server.pids, [os.getpid()]]
        before, began = [sum(map(processor_s, part)) for part in parts], time.perf_counter()
        await _all_answered(company, times)
        took = time.perf_counter() - began
        ours, servers, others = (
            1000 * (sum(map(processor_s, part)) - was) / commands for part, was in zip(parts, before, strict=True)
        )
        return Speed(commands / took, ours, servers, others, median(map(resident_mb, pids)), company.connections())


async def _losses(server: Server, count: int) -> Losses:
    """Each time a replica is lost: seconds until the first and the last answer in the chats that were its own."""
    found: Losses = {how: [] for how in _WAYS}
    async with _company(server, MOST) as company:
        for number, how in enumerate(list(_WAYS) * count):
            lost, owners, began = number % MOST, company.owners(), time.monotonic()
            company.lose(lost, how)
            answered = await _all_answered(company)
            left = set(company.owners().values())
            times = [at - began for chat_id, at in answered.items() if owners[chat_id] not in left]
            found[how].append((min(times), max(times)))
            await company.bring_back(lost, how)
            await _evenly(company, MOST)
    return found


async def _evenly(company: Company, count: int) -> None:
    """Wait until so many replicas have a fair share each."""
    await company.until(
        lambda: len(shares := company.shares()) == count and max(shares.values()) - min(shares.values()) < count,
        "the work is not shared out",
    )
