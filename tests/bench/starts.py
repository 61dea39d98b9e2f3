"""From the start of a bot to its first getUpdates, and its memory when it is idle, beside the bare bot."""

import asyncio
import signal
import sys
import time
from compileall import compile_dir
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.clock import SystemClock
from bot.playground.server import Playground
from bot.playground.world import World
from tests.bench.bare import COMMAND
from tests.bench.filled import fill
from tests.bench.memory import processor_s, resident_mb
from tests.support.process import ROOT, BotProcess, until

SETTLED_S = 2.0
"""After so long a bot that has started does nothing more."""


class Start(NamedTuple):
    """Seconds to the first getUpdates; seconds of a processor until it was idle; megabytes then."""

    to_poll: float
    worked: float
    memory: float


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    for part in ("bot", "handlers"):
        compile_dir(ROOT / part, quiet=1)  # as `make install` leaves them
    clubs, rows, rounds = (100, 10_000, 1) if short else (10_000, 1_000_000, 5)
    with TemporaryDirectory() as small, TemporaryDirectory() as large, TemporaryDirectory() as bare:
        asyncio.run(fill(Path(small), {1: 1_000}))
        asyncio.run(fill(Path(large), {1: rows - clubs + 1, **dict.fromkeys(range(2, clubs + 1), 1)}))
        turns = [
            [asyncio.run(_start(Path(each), bare=each is bare)) for each in (small, large, bare)] for _ in range(rounds)
        ]
    kring, many, other = ([median(each) for each in zip(*starts, strict=True)] for starts in zip(*turns, strict=True))
    names = ("start to the first getUpdates, s", "processor time of it, s", "resident memory, idle, MB")
    aims = ("≤ 2", "", "≤ 1.6")
    return [
        f"| a start, the median of {rounds} | Kring | bare bot | ratio | aim |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {ours:.3g} | {theirs:.3g} | {ours / theirs:.2f} | {aim} |"
            for name, ours, theirs, aim in zip(names, kring, other, aims, strict=True)
        ),
        f"| the same with {clubs:,} clubs and {rows:,} entries | {many[2]:.3g} | {other[2]:.3g} "
        f"| {many[2] / other[2]:.2f} | ≤ 1.6 |",
    ]


async def _start(folder: Path, *, bare: bool) -> Start:
    world = World(SystemClock())
    anna = world.person("Anna")
    world.add_bot(world.group("Kring", anna, []), anna)  # something to fetch: a call is in the log when it is answered
    async with Playground(world) as server:
        bot = BotProcess.at(world, server.url, folder, LOG_LEVEL="WARNING")
        if bare:
            bot.command = (sys.executable, *COMMAND)
        began = time.perf_counter()
        await bot.start()
        try:
            await until(lambda: any(call.method == "getUpdates" for call in world.log), "no getUpdates")
            to_poll = time.perf_counter() - began
            await asyncio.sleep(SETTLED_S)
            found = Start(to_poll, processor_s(bot.pid), resident_mb(bot.pid))
            bot.signal(signal.SIGTERM)
            await bot.ended()
        finally:
            await bot.close()
    return found
