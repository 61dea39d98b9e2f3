"""The weekly posts of many clubs with one slot: under Telegram's limits while people refer, and without limits.

Run as a program it is the bare loop that the latter is measured beside: the library's bot, one message after the other.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from telegram.ext import ApplicationBuilder

from bot.clock import SystemClock
from bot.playground.allowance import Allowance
from bot.playground.chats import Chat
from bot.playground.ground import Event
from tests.bench.commands import GROUPS, Bench
from tests.bench.filled import fill
from tests.bench.memory import processor_s, resident_mb
from tests.support.databases import change
from tests.support.process import BotProcess

ALLOWED = 30
TELEGRAMS = {"SEND_PER_SECOND": str(ALLOWED), "SEND_PER_MINUTE_GROUP": "20", "SEND_PER_SECOND_CHAT": "1"}
GIVEN = 3
"""So many members of each club gave in its week."""
REFER_EVERY_S = 0.5
LOOKS_EVERY_SECOND = ("-m", "tests.storm.program", "run")
"""The bot that looks for slots that have come every second: every fifteen is mostly waiting here."""
POST = (
    "🏆 Referrals given, 23–29 November\n1  Member 1 Peeters  1\n1  Member 2 Peeters  1\n1  Member 3 Peeters  1\n\n"
    "3 in all, 1 thanked.\nSomeone you know needs a hand? /refer @name contact: need"
)


def measured(short: bool) -> list[str]:
    """The tables, in lines."""
    return asyncio.run(_found(Size(100, 10, 2.0) if short else Size(10_000, 300, 15.0)))


@dataclass(frozen=True)
class Size:
    """How many clubs, how many of them with pictures, and how many seconds people refer before the slot."""

    clubs: int
    pictures: int
    before_s: float


class Monday(Bench):
    """Besides the groups in which people refer there are clubs, with ids from 1, that have one slot."""

    def __init__(self, folder: Path, clubs: int) -> None:
        super().__init__(folder, bare=False)
        self.program = LOOKS_EVERY_SECOND
        self.clubs = range(1, clubs + 1)
        self.said_at: list[float] = []
        self.posted_at: list[float] = []
        """When each message came, and which of them are posts."""
        self.asked: list[tuple[float, float]] = []
        """When somebody referred, and how many seconds later it was answered."""
        self._waiting: dict[int, float] = {}
        for club in self.clubs:
            chat = self.world.chats[-club] = Chat(-club, "supergroup", f"Kring {club}")
            chat.status[self.world.bot["id"]] = "member"
        self.world.watch(self._note)

    async def posts(self, count: int, bot: BotProcess, *, pictures: bool = False) -> float:
        """So many clubs have their slot now; wait for their posts. Returns the processor time that all of it took."""
        now, began = SystemClock().now(), processor_s(bot.pid)
        slot_at, began_at = (each.astimezone(UTC).strftime("%F %T.%f") for each in (now, now - timedelta(days=7)))
        self.said_at, self.posted_at = [], []
        change(
            self.folder,
            f"UPDATE clubs SET next_slot_at = '{slot_at}', week_began_at = '{began_at}', pictures = {pictures} "  # noqa: S608
            f"WHERE id <= {count}",
        )
        await _until(lambda: len(self.posted_at) >= count)
        return processor_s(bot.pid) - began

    async def refer_now_and_then(self) -> None:
        """Somebody refers, then somebody else, for ever."""
        number = 0
        while True:
            number += 1
            self._waiting[self._groups[number % GROUPS].id] = time.perf_counter()
            self.refer(number)
            await asyncio.sleep(REFER_EVERY_S)

    def _note(self, event: Event) -> None:
        if event.kind != "message" or event.chat is None or event.data["from"]["id"] != self.world.bot["id"]:
            return
        now = time.perf_counter()
        self.said_at.append(now)
        if -event.chat.id in self.clubs:
            self.posted_at.append(now)
        elif asked_at := self._waiting.pop(event.chat.id, None):
            self.asked.append((asked_at, now - asked_at))


async def _found(size: Size) -> list[str]:
    with TemporaryDirectory() as folder:
        await fill(Path(folder), dict.fromkeys(range(1, size.clubs + 1), GIVEN))
        monday = Monday(Path(folder), size.clubs)
        async with monday.served() as url:
            return [*await _limited(monday, url, size.before_s), "", *await _unlimited(monday, url, size.pictures)]
    raise AssertionError


async def _limited(monday: Monday, url: str, before_s: float) -> list[str]:
    allowance = monday.world.allowance = Allowance(monday.world.clock)
    async with monday.running(url, **TELEGRAMS) as bot:
        await _is_up(monday)
        before_mb, monday.asked = resident_mb(bot.pid), []
        referring = asyncio.create_task(monday.refer_now_and_then())
        await asyncio.sleep(before_s)
        worked = await monday.posts(len(monday.clubs), bot)
        referring.cancel()
        await monday.quiet()
        most_mb = resident_mb(bot.pid, "VmHWM")
    monday.world.allowance = None
    first, last = monday.posted_at[0], monday.posted_at[-1]
    said = sum(first <= at <= last for at in monday.said_at)
    # The first ones are put together before any is said.
    idle = [took for at, took in monday.asked if at < first - 1]
    busy = [took for at, took in monday.asked if first - 1 <= at <= last]
    once = sum(len(monday.world.chats[-club].messages) == 1 for club in monday.clubs)
    return [
        f"| {len(monday.clubs):,} clubs with one slot, while two people a second refer elsewhere | | aim |",
        "|---|---|---|",
        f"| clubs with one post | {once:,} | {len(monday.clubs):,} |",
        f"| from the first post to the last | {last - first:.0f} s | |",
        # At the first instant there is a whole second's allowance already.
        f"| messages said, of those allowed | {said / (ALLOWED * (last - first + 1)):.1%} | ≥ 95 % |",
        f"| calls that the server refused with 429 | {allowance.refused} | 0 |",
        f"| from a `/refer` to its answer before the slot, p50 and most | {_times(idle)} | |",
        f"| the same while posts wait | {_times(busy)} | at most 1 s more |",
        f"| processor time for a post | {1000 * worked / len(monday.clubs):.1f} ms | |",
        f"| memory before the slot, and at most | {before_mb:.0f} MB, {most_mb:.0f} MB | |",
    ]


async def _unlimited(monday: Monday, url: str, pictures: int) -> list[str]:
    lines = [f"| without limits, of {len(monday.clubs):,} clubs | posts a second | processor time for each |"]
    lines += ["|---|---|---|"]
    async with monday.running(url) as bot:
        await _is_up(monday)
        for what, count, has_pictures in (("text", len(monday.clubs), False), ("with the card", pictures, True)):
            worked = await monday.posts(count, bot, pictures=has_pictures)
            lines.append(f"| Kring, {what} | {_rate(monday.posted_at):.0f} | {1000 * worked / count:.1f} ms |")
    monday.posted_at = []
    bare = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.posts", str(len(monday.clubs))),
        env=os.environ | {"BOT_TOKEN": monday.world.token, "BOT_API_URL": url},
    )
    await bare.wait()
    return [*lines, f"| bare loop, the text alone, one after the other | {_rate(monday.posted_at):.0f} | |"]


async def _is_up(monday: Monday) -> None:
    monday.asked = []
    referring = asyncio.create_task(monday.refer_now_and_then())
    await _until(lambda: bool(monday.asked))
    referring.cancel()
    await monday.quiet()


async def _bare(clubs: int) -> None:
    api = os.environ["BOT_API_URL"]
    application: Any = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{api}/bot").build()
    async with application.bot as bot:
        for club in range(1, clubs + 1):
            await bot.send_message(-club, POST)


def _rate(times: Sequence[float]) -> float:
    return (len(times) - 1) / (times[-1] - times[0])


def _times(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.0f} ms, {1000 * max(seconds):.0f} ms"


async def _until(happens: Callable[[], bool]) -> None:
    while not happens():  # noqa: ASYNC110  what is waited for happens in another process
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(_bare(int(sys.argv[1])))
