"""The storm: the program is killed again and again under load, and started again; then comes the verdict."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bot.clock import SystemClock
from bot.domain.slots import WEEKDAYS
from bot.playground.server import Playground
from bot.playground.world import World
from tests.storm.aim import Aim, HeardFaults, HeardLog
from tests.storm.load import CLUBS, Load
from tests.storm.plan import Plan, planned
from tests.storm.wreck import begin_anew, has_schema, look, look_at_wreck
from tests.support.databases import change
from tests.support.process import BotProcess

PATIENCE_S = 180.0
"""After this long the storm gives up; nothing takes a tenth of it when all is well and the machine is not slow."""
REAL_SWEEP_S = 15.0
OPEN_WORK = (
    "SELECT 1 FROM inbox WHERE state = 'new' UNION ALL SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
)


class CutOff(NamedTuple):
    """A row of the outbox whose call was under way when the process died, as the database left behind tells."""

    chat_id: int | None
    text: str
    reply_to: int | None
    once_key: str | None


def _cut_off(chat_id: int | None, params: dict[str, Any], once_key: str | None) -> CutOff:
    text = str(params.get("text") or params.get("caption") or "")
    return CutOff(chat_id, text, params.get("reply_parameters", {}).get("message_id"), once_key)


@dataclass(frozen=True)
class Death:
    """A kill: in which round and where, and what it cut off. `aimed`: did the planned instant come?"""

    round: int
    place: str
    how: str
    aimed: bool
    cut_off: frozenset[CutOff]

    @property
    def words(self) -> str:
        """How the verdict names it."""
        return f"kill {self.round} ({self.place}: {self.how})"


class Storm:
    """One storm in a folder. With `long` the program is as it is; else it looks for slots each second."""

    def __init__(self, folder: Path, seed: str, *, long: bool) -> None:
        self.folder = folder
        self.seed = seed
        self.long = long
        self.world = World(SystemClock())
        self.world.faults = self.faults = HeardFaults()
        self.world.log = self.log = HeardLog()
        self.load = Load(self.world)
        self.kills: list[Death] = []
        self.deaths: dict[int, Death] = {}
        """How each life ended, by its number: of a start that came to Telegram, from 1."""
        self.slots: dict[int, list[datetime]] = {club.chat.id: [] for club in self.load.clubs}
        """The slots of each club that came, by its chat."""
        self._program = BotProcess(folder)
        self._usual_start_s = 1.0

    @property
    def life(self) -> int:
        """How often the program has come to Telegram."""
        return sum(call.method == "getMe" for call in self.log)

    async def blow(self, rounds: list[int]) -> None:
        """These rounds, and then a last start, until all is settled."""
        async with Playground(self.world) as server:
            self._program = BotProcess.at(
                self.world, server.url, self.folder, DAILY_LIMIT="0", DEFAULT_POST_DAY=self._another_day()
            )
            if not self.long:
                self._program.command = (sys.executable, "-m", "tests.storm.program", "run")
            self.load.begin()
            try:
                for number in rounds:
                    await self._round(planned(self.seed, number, long=self.long, sweep_s=self._sweep_s))
                polls = self._polls()
                await self._program.start()
                await self._until(lambda: self._polls() > polls and self.settled())
                self._program.signal(signal.SIGTERM)
                assert await self._program.ended() == 0, self._program.log[-2000:]
            finally:
                await self._program.close()

    def settled(self) -> bool:
        """Is everything fetched, dealt with and said, and every slot that came posted?"""
        if self.world.pending or look(self.folder, OPEN_WORK):
            return False
        return self._posted() == sum(map(len, self.slots.values()))

    async def _round(self, plan: Plan) -> None:
        if plan.place == "migration":
            self._begin_anew()
        left = [*plan.demands, *[None] * plan.commands][::-1]
        for _ in range(plan.backlog):
            self.load.act(plan.random, left.pop())
        struck: list[bool] = []
        aim = Aim(plan, self.folder, lambda: self._kill(struck, aimed=True))
        self.faults.arrives, self.log.done = aim.arrives, aim.done
        self._order(plan.fault)
        await self._program.start()
        tasks = [asyncio.create_task(work) for work in (self._feed(plan, aim, left, struck), self._watch(aim))]
        for task in tasks:
            task.add_done_callback(self._end_it_with)
        try:
            code = await self._ended()
        finally:
            for task in tasks:
                task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        assert code == -signal.SIGKILL, f"in round {plan.number} it ended by itself: {self._program.log[-2000:]}"
        self.faults.clear()
        self._note_death(plan, aimed=struck[0])
        while left:
            self.load.act(plan.random, left.pop())

    async def _feed(self, plan: Plan, aim: Aim, left: list[str | None], struck: list[bool]) -> None:
        """Do the rest of the plan's commands while the program works; if no kill falls then, kill it at rest."""
        await aim.polled.wait()
        if plan.rested:
            await self._until(lambda: self.world.pending == 0 and not look(self.folder, OPEN_WORK))
            aim.armed.set()
        if plan.place == "weekly post":
            await self._until(lambda: len(look(self.folder, "SELECT id FROM clubs")) == len(CLUBS))
            self._let_slots_come()
        while left:
            self.load.act(plan.random, left.pop())
            await asyncio.sleep(plan.pace_s)
        await self._until(self.settled)
        self._kill(struck, aimed=False)

    async def _watch(self, aim: Aim) -> None:
        began = asyncio.get_running_loop().time()
        watching = asyncio.create_task(aim.watch(self._usual_start_s))
        try:
            await aim.polled.wait()
            self._usual_start_s = asyncio.get_running_loop().time() - began
            await watching
        finally:
            watching.cancel()

    def _kill(self, struck: list[bool], *, aimed: bool) -> None:
        if not struck:
            struck.append(aimed)
            self._program.signal(signal.SIGKILL)

    def _end_it_with(self, task: asyncio.Task[None]) -> None:
        """What watches over a round has failed: the round is over."""
        if not task.cancelled() and task.exception() is not None:
            self._program.signal(signal.SIGKILL)

    async def _ended(self) -> int:
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            try:
                return await self._program.ended()
            except TimeoutError:
                if asyncio.get_running_loop().time() > deadline:
                    raise

    def _note_death(self, plan: Plan, *, aimed: bool) -> None:
        query = "SELECT chat_id, params, once_key FROM outbox WHERE state = 'sending'"
        rows = look_at_wreck(self.folder, query) if has_schema(self.folder) else []
        cut_off = frozenset(_cut_off(chat_id, json.loads(params), once_key) for chat_id, params, once_key in rows)
        death = Death(plan.number, plan.place, plan.how, aimed, cut_off)
        self.kills.append(death)
        # Killed again before it came to Telegram: the calls were cut off by the first of these kills.
        self.deaths.setdefault(self.life, death)

    def _order(self, fault: str | None) -> None:
        match fault:
            case "429":
                self.faults.add("error", "sendMessage", code=429, description="Too Many Requests", retry_after=1)
            case "500":
                self.faults.add("error", "sendMessage")
            case "lost_answer" | "drop":
                self.faults.add(fault, "sendMessage")

    def _let_slots_come(self) -> None:
        """The slot of every club is now, unless its last one is not through yet. (There is no command for it.)"""
        open_posts = "SELECT 1 FROM outbox WHERE once_key IS NOT NULL AND state IN ('waiting', 'sending')"
        if self._posted() < sum(map(len, self.slots.values())) or look(self.folder, open_posts):
            return
        now = self.world.clock.now()
        for (club,) in look(self.folder, "SELECT id FROM clubs"):  # one by one: the bot locks clubs in its own order
            change(self.folder, f"UPDATE clubs SET next_slot_at = '{now:%Y-%m-%d %H:%M:%S.%f}' WHERE id = {club}")  # noqa: S608  no one's words
        for slots in self.slots.values():
            slots.append(now)

    def _begin_anew(self) -> None:
        """As long as nothing was fetched, another start may find no database; one that was cut off stays."""
        if has_schema(self.folder) and not self._polls():
            begin_anew(self.folder)

    def _polls(self) -> int:
        return sum(call.method == "getUpdates" for call in self.log)

    def _posted(self) -> int:
        return len(look(self.folder, "SELECT id FROM posts"))

    async def _until(self, happens: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE_S
        while not happens():
            assert loop.time() < deadline, f"it never settled: {self._program.log[-2000:]}"
            await asyncio.sleep(0.02)

    def _another_day(self) -> str:
        """A weekday on which no slot comes by itself while the storm lasts."""
        return WEEKDAYS[(self.world.clock.now() + timedelta(days=3)).weekday()]

    @property
    def _sweep_s(self) -> float:
        return REAL_SWEEP_S if self.long else 1.0
