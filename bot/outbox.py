"""The sender: says what the outbox holds, as fast as Telegram lets it, in order within each chat."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from bot.bell import Bell
from bot.choosing import Call, Chooser
from bot.delivery import Fate, Makers, deliver
from bot.domain.outgoing import ShowAgain
from bot.domain.shards import SHARDS, shard_of
from bot.share import Share
from bot.storage.outbox import EDIT
from bot.storage.turns import Waiting
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from bot.tally import Tally

log = logging.getLogger(__name__)

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


class Sender:
    """Makes the calls, and writes down what became of them."""

    def __init__(
        self,
        bot: Bot,
        workplace: Workplace,
        chooser: Chooser,
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
        self._chooser = chooser
        self._makers = makers
        self._said = said
        self._in_flight: dict[int, tuple[Call, asyncio.Task[None]]] = {}
        self._ended: list[tuple[Call, Fate]] = []
        self._turn = asyncio.Lock()  # held from choosing until the calls begin: two would choose the same
        self._next: list[Call] = []
        self._is_at_work = False  # will it be written down what becomes of a call?
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
        async with self._turn:
            ended, self._ended = self._ended, []
            try:
                wait = await self._workplace.run(partial(self._write, ended))
            except BaseException:  # also of the commit: perhaps nothing was written down, so it is kept to be
                self._ended = ended + self._ended
                self._unsure = True
                raise
            self._unsure = False
            self._begin()
        return wait

    @contextmanager
    def along(self) -> Iterator[Callable[[Work], Awaitable[None]]]:
        """For a transaction of somebody else's: what it calls at its end, to choose there and then what is said next.

        The calls begin when it is committed: an answer does not wait for another transaction so. Where the sender
        is at work itself, nothing is chosen, and it is left to that.
        """
        mine = False

        async def choose(work: Work) -> None:
            nonlocal mine
            if mine:
                self._next = []  # those of an attempt that collided
            elif self._turn.locked() or self._unsure or not self._is_at_work:
                return
            if work.outbox.added:
                mine = mine or await self._turn.acquire()
                if await self._choose(work) is None and self._share.shards is None:
                    work.outbox.added = 0

        try:
            yield choose
            if mine:
                self._begin()
        except BaseException:
            if mine:
                self._unsure = True
                self._said.ring()  # what was chosen may be marked as being said, and is not
            raise
        finally:
            if mine:
                self._turn.release()

    async def drain(self) -> None:
        """Say all that may be said now, and wait until it is said."""
        while True:
            await self.step()
            if not self._in_flight and not self._ended:
                return
            await asyncio.gather(*self._tasks())

    async def forever(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then wait a little for the calls in flight and write down their fate."""
        self._is_at_work = True
        try:
            while not stop.is_set():
                try:
                    wait = await self.step()
                except SQLAlchemyError:  # the workplace has told it
                    wait = 1.0
                longest = LONGEST_SLEEP_S if self._share.shards is None else REPLICA_SLEEP_S
                await self._said.heard(longest if wait is None else min(wait, longest))
        finally:
            self._is_at_work = False
        async with self._turn:  # what was chosen along has begun now
            tasks = self._tasks()
        if tasks:
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
        return frozenset(shard_of(row.id if row.chat_id is None else row.chat_id) for row in rows)

    async def _write(self, ended: Sequence[tuple[Call, Fate]], work: Work) -> float | None:
        self._next = []
        if not await self._share.holds(work):
            return None  # what became of the calls is for who took over to find out
        await self._keep(ended, work)
        return await self._choose(work)

    async def _choose(self, work: Work) -> float | None:
        self._next, wait = await self._chooser.choose(work, [call for call, _ in self._in_flight.values()])
        self._chosen.update(row.id for call in self._next for row in call.rows)
        return wait

    def _begin(self) -> None:
        """Make the calls that were chosen: the transaction is committed."""
        self._chosen.clear()
        for call in self._next:
            if self._share.is_sure():
                self._in_flight[call.says.id] = call, asyncio.create_task(self._deliver(call))
            else:  # it took so long that another replica may make the call by now
                self._ended.append((call, Fate("again", error="its time was over")))
        self._next = []

    async def _keep(self, ended: Sequence[tuple[Call, Fate]], work: Work) -> None:
        if self._unsure:
            await work.recovery.not_sending(self._chosen)
            unnoted = await work.recovery.still_sending([call.says.id for call, _ in ended])
            ended = [(call, fate) for call, fate in ended if call.says.id in unnoted]
        await self._note(work, ended)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [task for _, task in self._in_flight.values()]

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
        self._chooser.over(call)
        del self._in_flight[call.says.id]
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
