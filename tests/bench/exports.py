"""What an export of a long ledger costs: time, memory, and how long others wait for their turn, 99 times of 100.

Run as a program it is the process that is measured: one with all of the bot in it, as that is what makes the files.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import app  # noqa: F401  all that a bot has in memory
from bot.bell import Bell
from bot.clock import SystemClock
from bot.documents import Progress, made
from bot.domain.exports import FORMATS, Export, files_of
from bot.storage.engine import Database
from bot.storage.workplace import Workplace
from tests.bench.filled import fill
from tests.bench.memory import resident_mb

_HEARTBEAT_S = 0.005


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    referrals = 7_000 if short else 770_000
    entries = referrals * 13 // 10  # three in ten were thanked for
    lines = [
        f"| export of {entries:,} entries | time | of that at work | memory at most | more than before | others wait |",
        "|---|---|---|---|---|---|",
    ]
    with TemporaryDirectory() as place:
        asyncio.run(fill(Path(place), {1: referrals}))
        for format_ in FORMATS:
            child = [sys.executable, "-m", "tests.bench.exports", f"sqlite:///{place}/kring.db", format_]
            lines.append(subprocess.run(child, capture_output=True, check=True, text=True).stdout.strip())  # noqa: S603
    return lines


async def _make(url: str, format_: str) -> str:
    database, now = Database(url), SystemClock().now()
    workplace = Workplace(database, SystemClock(), Bell())
    before, gaps, size = resident_mb(os.getpid()), [0.0], 0
    began, at_work = time.perf_counter(), time.process_time()
    beating = asyncio.create_task(_beat(gaps))
    for table in files_of(format_):
        export = Export(1, format_, table, None, now, now, "en")
        async with made(workplace.look, export.recipe(), Progress(), limit=None) as file:
            size += file.path.stat().st_size
    taken, worked = time.perf_counter() - began, time.process_time() - at_work
    beating.cancel()
    await database.close()
    most = resident_mb(os.getpid(), "VmHWM")
    return (
        f"| {format_}, {size / 1e6:.0f} MB | {taken:.0f} s | {worked:.0f} s | {most:.0f} MB "
        f"| {most - before:.0f} MB | {1000 * sorted(gaps)[len(gaps) * 99 // 100]:.0f} ms |"
    )


async def _beat(gaps: list[float]) -> None:
    """How much later than asked for this task is woken."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_HEARTBEAT_S)
        gaps.append(time.perf_counter() - began - _HEARTBEAT_S)


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(_make(*sys.argv[1:])))
