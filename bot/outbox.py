"""The sender: says what the outbox holds, as fast as Telegram lets it, in order within each chat."""

import asyncio
import logging
import math
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from bot.bell import Bell
from bot.bundles import MAX_PARTS, as_many_as_fit, joined, together
from bot.delivery import Fate, Makers, deliver
from bot.domain.outgoing import Priority, ShowAgain
from bot.domain.shards import SHARDS
from bot.limits import Limits
from bot.share import Share
from bot.storage.outbox import DOCUMENT, EDIT, PHOTO, Waiting
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from bot.tally import Tally

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Calls in flight at the same time, each to another chat."""
AT_ONCE_OF = {PHOTO: 3, DOCUMENT: 2}
"""Of these, of what takes long to make: on a Monday morning answers go past all the pictures that wait."""
MAX_ATTEMPTS = 1500
"""About a day of attempts, as their pauses grow to a minute; after an outage that long nobody waits any more."""
LONGEST_SLEEP_S = 30.0
_NEXT_LOOK_S = 5.0
REPLICA_SLEEP_S = 5.0
"""How long a replica waits to be told of what another one has to say: the word may be lost with a connection."""
LAST_CALLS_S = 3.0
"""How long a stop waits for the calls in flight. One that is cut off is dealt with as after a crash."""


@dataclass(frozen=True)
class Aftermath:
    """What the fate of a message calls for, in the transaction that notes it.

    `show_again`: the group's answer about the referral with this id depends on what could be told in private.
    `moved`: the group with the first chat id has become the supergroup with the second.
    """

    show_again: Callable[[Work, int], Awaitable[None]]
    moved: Callable[[Work, int, int], Awaitable[None]]


@dataclass(frozen=True)
class Call:
    """One call to Telegram: what it `says`, and the rows that are said by it."""

    rows: Sequence[Waiting]
    says: Waiting


class Sender:
    """Makes the calls. Each chat has one call in flight at most, so one that waits or hangs holds up no other."""

    def __init__(
        self,
        bot: Bot,
        workplace: Workplace,
        limits: Limits,
        makers: Makers,
        aftermath: Aftermath,
        said: Bell,
        tally: Tally,
        share: Share,
    ) -> None:
        self._tally = tally
        self._share = share
        self._aftermath = aftermath
        self._bot = bot
        self._workplace = workplace
        self._limits = limits
        self._makers = makers
        self._said = said
        self._in_flight: dict[int, tuple[Call, asyncio.Task[None]]] = {}
        self._slow: dict[int, str] = {}
        self._ended: list[tuple[Call, Fate]] = []
        self._unsure = False  # is it unknown whether the last transaction was committed?
        self._chosen: set[int] = set()  # the rows that it had chosen; no call was made for them

    async def recover(self, work: Work, shards: Collection[int] | None = None) -> None:
        """After a crash of who had these shards, or all: decide on the calls that it cut off."""
        again, unknown = await work.recovery.recover(shards)
        if again or unknown:
            log.warning("Cut off while sending: %d said again, %d left as perhaps said", again, unknown)

    async def step(self) -> float | None:
        """Write down what became of the calls that ended, and begin those whose turn it is.

        One transaction for both. Returns in how many seconds there may be more to do; None: not before a ring.
        """
        ended, self._ended = self._ended, []
        try:
            chosen, wait = await self._workplace.run(partial(self._write, ended))
        except BaseException:  # also of the commit: perhaps nothing was written down, so it is kept to be
            self._ended = ended + self._ended
            self._unsure = True
            raise
        self._unsure = False
        self._chosen.clear()
        for call in chosen:
            if not self._share.is_sure():  # it took so long that another replica may make the call by now
                self._ended.append((call, Fate("again", error="its time was over")))
                continue
            self._in_flight[call.says.id] = call, asyncio.create_task(self._deliver(call))
            if call.says.method in AT_ONCE_OF:
                self._slow[call.says.id] = call.says.method
        return wait

    async def drain(self) -> None:
        """Say all that may be said now, and wait until it is said."""
        while True:
            await self.step()
            if not self._in_flight and not self._ended:
                return
            await asyncio.gather(*self._tasks())

    async def forever(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then wait a little for the calls in flight and write down their fate."""
        while not stop.is_set():
            try:
                wait = await self.step()
            except SQLAlchemyError:  # the workplace has told it
                wait = 1.0
            longest = LONGEST_SLEEP_S if self._share.shards is None else REPLICA_SLEEP_S
            await self._said.heard(longest if wait is None else min(wait, longest))
        if tasks := self._tasks():
            await asyncio.wait(tasks, timeout=LAST_CALLS_S)
            for task in tasks:
                task.cancel()
        try:
            await self._workplace.run(partial(self._keep, self._ended))
        except SQLAlchemyError:  # then it is as after a crash
            log.error("The fate of %d messages could not be kept", len(self._ended))

    def busy_shards(self) -> frozenset[int]:
        """The shards with calls under way, about to be made, or ended and not written down yet."""
        if self._chosen:
            return frozenset(range(SHARDS))
        rows = [call.says for call, _ in [*self._in_flight.values(), *self._ended]]
        return frozenset(abs(row.id if row.chat_id is None else row.chat_id) % SHARDS for row in rows)

    async def _write(self, ended: Sequence[tuple[Call, Fate]], work: Work) -> tuple[list[Call], float | None]:
        if not await self._share.holds(work):
            return [], None  # what became of the calls is for who took over to find out
        await self._keep(ended, work)
        chosen, wait = await self._choose(work)
        self._chosen.update(row.id for call in chosen for row in call.rows)
        return chosen, wait

    async def _keep(self, ended: Sequence[tuple[Call, Fate]], work: Work) -> None:
        if self._unsure:
            await work.recovery.not_sending(self._chosen)
            unnoted = await work.recovery.still_sending([call.says.id for call, _ in ended])
            ended = [(call, fate) for call, fate in ended if call.says.id in unnoted]
        await self._note(work, ended)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [task for _, task in self._in_flight.values()]

    async def _choose(self, work: Work) -> tuple[list[Call], float | None]:
        count = min(AT_ONCE - len(self._in_flight), self._limits.left() + 1)  # one more, to know how long it waits
        if count <= 0:
            return [], None
        full = self._limits.full()
        chosen: list[Call] = []
        waits = list(full.values())
        under_way = Counter(self._slow.values())
        busy = [method for method, most in AT_ONCE_OF.items() if under_way[method] >= most]
        for row in await work.outbox.heads(int(count), list(full), busy, self._share.shards):
            wait = 0.0 if row.chat_id is None else self._limits.wait(row.chat_id, hurry=row.priority < Priority.POST)
            if wait > 0:
                waits.append(wait)
                continue
            if row.method in AT_ONCE_OF:
                if under_way[row.method] >= AT_ONCE_OF[row.method]:
                    waits.append(0.0)  # look again at once: others may wait behind all of these
                    continue
                under_way[row.method] += 1
            chosen.append(await self._call(work, row))
        await work.outbox.sending([[row.id for row in call.rows] for call in chosen])
        later = await work.outbox.next_time()
        if later is not None:
            waits.append(max((later - work.now).total_seconds(), 0.01))
        return chosen, min(waits, default=None)

    async def _call(self, work: Work, row: Waiting) -> Call:
        """The call for this row; with what waits behind it, if all that is more than its chat may have now."""
        if row.chat_id is None:
            return Call([row], row)
        room = self._limits.room(row.chat_id)
        self._limits.note(row.chat_id)
        if row.joined:
            return Call([row], replace(row, params=together(await work.outbox.parts_after(row))))
        rows = [row]
        if room < math.inf:
            rows += await work.outbox.behind(row, limit=max(int(room), MAX_PARTS))
        fitting = as_many_as_fit(rows) if len(rows) > room else rows[:1]
        return Call(fitting, joined(fitting))

    async def _deliver(self, call: Call) -> None:
        try:
            fate = await deliver(self._bot, call.says, self._makers, partial(self._show_progress, call.says))
        except SQLAlchemyError as error:  # what it says could not be read just now; the workplace has told it
            fate = Fate("again", error=type(error).__name__, after_s=_NEXT_LOOK_S)
        except Exception as error:  # whatever it is, it stops this message only and leaves its trace
            log.exception("Message %d cannot be said", call.says.id)
            fate = Fate("dropped", error=f"{type(error).__name__}: {error}")
        self._count(call, fate)
        self._ended.append((call, fate))
        self._limits.said(call.says.chat_id)
        del self._in_flight[call.says.id]
        self._slow.pop(call.says.id, None)
        self._said.ring()

    async def _show_progress(self, row: Waiting, message_id: int) -> None:
        with suppress(SQLAlchemyError):  # the workplace has told it; the file comes all the same
            async with self._workplace.work() as work:
                await work.outbox.show_progress(row.id, message_id)

    def _count(self, call: Call, fate: Fate) -> None:
        self._tally.calls[fate.state] += 1
        self._tally.held_back += fate.held_back
        if fate.state == "sent":
            now = self._workplace.clock.now()
            for row in call.rows:
                if row.asked_at is not None:
                    self._tally.to_reply.note((now - row.asked_at).total_seconds())

    async def _note(self, work: Work, ended: Sequence[tuple[Call, Fate]]) -> None:
        """Write down what became of these calls; then what follows from it, as that depends on what was said."""
        rows = [(row, _as_noted(row, fate)) for call, fate in ended for row in call.rows]
        await work.outbox.again(
            [
                (row.id, work.now + timedelta(seconds=fate.after_s), fate.error or "")
                for row, fate in rows
                if fate.state == "again"
            ]
        )
        over = [(row, fate) for row, fate in rows if fate.state != "again"]
        await work.outbox.ended([(row.id, fate.state, fate.message_id, fate.error) for row, fate in over])
        for row, fate in over:
            await self._follow(work, row, fate)
        for call, fate in ended:
            if fate.moved_to is not None and call.says.chat_id is not None:
                await self._aftermath.moved(work, call.says.chat_id, fate.moved_to)

    async def _follow(self, work: Work, row: Waiting, fate: Fate) -> None:
        if row.method == EDIT and fate.state == "sent":
            await work.outbox.edited(row, fate.message_id if row.message_id is None else None)
        if fate.state != "sent":
            # What Telegram quotes in its reason is from the message: people's words, and no business of a log.
            log.warning("Message %d is %s: %s", row.id, fate.state, re.sub(r'".*"', '"…"', fate.error or ""))
        if fate.refused and row.chat_id is not None and row.chat_id > 0:
            await work.members.set_reachable(row.chat_id, False)
        for next_ in fate.then:
            await work.outbox.put(next_)
        if fate.state != "dropped" or fate.then:
            return
        if isinstance(row.if_refused, ShowAgain):
            await self._aftermath.show_again(work, row.if_refused.referral_id)
        elif row.if_refused is not None:
            await work.outbox.put(row.if_refused)


def _as_noted(row: Waiting, fate: Fate) -> Fate:
    """What becomes of the row: a call that had its attempts is not made again."""
    return replace(fate, state="dropped") if fate.state == "again" and row.attempts >= MAX_ATTEMPTS else fate
