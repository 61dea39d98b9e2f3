"""Aiming the kill from outside: by the calls that reach the playground, by what is committed, and by time."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.playground.faults import Fault, Faults
from bot.playground.ground import Call
from tests.storm.plan import Plan
from tests.storm.wreck import has_been_opened, looking_on
from tests.support.process import until

LOOK_EVERY_S = 0.0005
NEW = ("sendMessage", "sendPhoto")
"""The calls that say something new."""


class HeardFaults(Faults):
    """Faults that hear of every call as it arrives, before any work is done."""

    def __init__(self) -> None:
        super().__init__()
        self.arrives: Callable[[str], Fault | None] = lambda _method: None

    def take(self, method: str, chat_id: object) -> Fault | None:
        return self.arrives(method) or super().take(method, chat_id)


class HeardLog(list[Call]):
    """A log that hears of every call after its work, before its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.done: Callable[[Call], None] = lambda _call: None

    def append(self, call: Call) -> None:
        super().append(call)
        self.done(call)


class Aim:
    """The instant of a round's kill. `kill` is called once; whatever it is called from, it is at that very moment."""

    def __init__(self, plan: Plan, folder: Path, kill: Callable[[], None]) -> None:
        self._plan = plan
        self._folder = folder
        self._kill = kill
        self._left = plan.nth
        self._came = False  # has the bot come to Telegram? Before, a long poll of the life before may still end.
        self._brought = False  # has getUpdates brought something in this life?
        self.polled, self.armed = asyncio.Event(), asyncio.Event()
        """Does the bot fetch updates; and may the kill fall?"""
        if not plan.rested:
            self.armed.set()

    def arrives(self, method: str) -> Fault | None:
        """A call arrives; what befalls it when the kill falls before its work."""
        how = self._plan.how
        self._came = self._came or method == "getMe"
        if not self._came or not self.armed.is_set():
            return None
        if method == "getMe" and self._plan.place in ("migration", "start"):
            self._kill()
        if method == "getUpdates" and self._brought:
            if how == "before they are confirmed":
                return self._strike_before()
            if how in ("as they are confirmed", "after intake"):
                self._strike()
        if method == "getChatMember" and how == "while it asks who is an admin":
            return self._strike_before()
        if method == self._plan.method and how == "before the work" and self._counts():
            return self._strike_before()
        if method == "sendMessage" and how == "between two batches" and self._counts():
            self._strike()
        return None

    def done(self, call: Call) -> None:
        """A call's work is done, and it will be answered now."""
        if not self._came:
            return
        how = self._plan.how
        if call.method == "getUpdates":
            self.polled.set()
            if self.armed.is_set() and isinstance(call.outcome, dict) and call.outcome.get("result"):
                self._brought = True
                if how in ("before the updates are read", "after the updates are sent"):
                    self._strike()
        weekly = self._plan.place == "weekly post"
        meant = is_weekly_post(call) if weekly else call.method == self._plan.method
        if meant and self.armed.is_set() and how in ("after the work", "after the answer") and self._counts():
            self._strike()

    async def watch(self, usual_start_s: float) -> None:
        """Look for the instants that no call tells of."""
        match self._plan.place, self._plan.how:
            case "migration", _:
                await until(lambda: has_been_opened(self._folder))
                await asyncio.sleep(self._plan.after_s)
                self._kill()
            case "start", _:
                await asyncio.sleep(self._plan.after_s * usual_start_s)
                self._kill()
            case "any instant", _:
                await asyncio.sleep(self._plan.after_s)
                self._kill()
            case "processor", "as it commits":
                await self._as_it_changes("SELECT max(id) FROM outbox")
            case "weekly post", "as it is put down":
                await self._as_it_changes("SELECT count(*) FROM outbox WHERE once_key IS NOT NULL")
            case "weekly post", "as it is being sent":
                await self._as_it_changes("SELECT max(id) FROM outbox WHERE once_key IS NOT NULL AND state = 'sending'")

    async def _as_it_changes(self, query: str) -> None:
        """Kill when the query's answer has become another one, as often as the plan says (a post: the first time)."""
        await self.polled.wait()
        await self.armed.wait()
        async with looking_on(self._folder) as look_again:
            before = await look_again(query)
            while True:
                await asyncio.sleep(LOOK_EVERY_S)
                now = await look_again(query)
                if now != before and (self._plan.place == "weekly post" or self._counts()):
                    self._kill()
                    return
                before = now

    def _counts(self) -> bool:
        self._left -= 1
        return self._left == 0

    def _strike(self) -> None:
        if self._plan.after_s:
            asyncio.get_running_loop().call_later(self._plan.after_s, self._kill)
        else:
            self._kill()

    def _strike_before(self) -> Fault:
        self._kill()
        return Fault("drop")


def is_weekly_post(call: Call) -> bool:
    """Is it the ranking of a week, or the line that stands for it?"""
    text = said_by(call)
    board = text.startswith("🏆 <b>Referrals given, ") and "all time" not in text
    return call.method in NEW and (board or text.startswith("A quiet week in the club"))


def said_by(call: Call) -> str:
    """The words of a call, be they under a picture."""
    return str(call.params.get("text") or call.params.get("caption", ""))
