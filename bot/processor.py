"""The processor: gives each update of the inbox its effect, in one transaction with its end and what is said."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from telegram import Update

from bot.bell import Bell
from bot.context import Context, House, Turn, turn
from bot.dispatcher import Dispatcher
from bot.domain.errors import Refusal
from bot.logs import dealing_with
from bot.outbox import Sender
from bot.rights import AdminUnknown
from bot.share import Share
from bot.storage.inbox import Received
from bot.storage.trouble import is_of_the_machine
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from bot.tally import Tally

log = logging.getLogger(__name__)

BATCH = 20
"""Updates that share a commit: few enough that intake and sender do not wait long for their turn to write."""
PAUSE_S = 1.0
LONGEST_SLEEP_S = 5.0
"""How long a replica waits to be told of what another one took in: the word may be lost with a connection."""


@dataclass(frozen=True)
class Excuses:
    """What is said when an update is refused, or fails."""

    refused: Callable[[Update, Context, Refusal], Awaitable[None]]
    failed: Callable[[Update, Context], Awaitable[None]]


class Processor:
    """Works through the inbox in the order of arrival; a chat that waits for a look-up holds up no other."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        workplace: Workplace,
        house: House,
        excuses: Excuses,
        sender: Sender,
        arrived: Bell,
        tally: Tally,
        share: Share,
    ) -> None:
        self._sender = sender
        self._turn = asyncio.Lock()
        self._rests = False  # is there nothing to deal with, and somebody to deal with it when there is?
        self._tally = tally
        self._share = share
        self._dispatcher = dispatcher
        self._workplace = workplace
        self._house = house
        self._excuses = excuses
        self._arrived = arrived
        self._asking: dict[int, asyncio.Task[None]] = {}

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep what came; where nothing waits before it, it has its effect in the same transaction.

        Raises SQLAlchemyError when it cannot be kept. What can be kept and not dealt with comes up again.
        """
        if self._rests and not self._turn.locked():
            with suppress(SQLAlchemyError):
                if await self.once(updates) == BATCH:
                    self._arrived.ring()
                return
        await self._workplace.run(partial(_keep, updates))
        self._arrived.ring()

    async def once(self, updates: Sequence[dict[str, Any]] = ()) -> int:
        """Keep these updates, and deal with a batch, in one transaction.

        Returns how many it dealt with: below BATCH, all there are. Raises SQLAlchemyError when the database cannot be
        written: then nothing happened, and all come again.
        """
        ended: dict[int, str] = {}  # with what became of it
        async with self._turn, self._house.rights.for_now(ended):
            with self._sender.along() as choose:

                async def do(work: Work) -> int:
                    if updates:
                        await _keep(updates, work)
                    looked_at = await self._batch(ended, work)
                    await choose(work)
                    return looked_at

                looked_at = await self._workplace.run(do)
        self._tally.updates.update(ended.values())
        return looked_at

    async def _batch(self, ended: dict[int, str], work: Work) -> int:
        ended.clear()
        if not await self._share.holds(work):
            return 0
        # A look-up may be answered while the batch is dealt with, but what follows in its chat waits for it still.
        held: set[int | None] = set(self._asking)
        batch = await work.inbox.waiting(BATCH, list(self._asking), self._share.shards)
        for received in batch:
            if received.chat_id in held:
                continue
            try:
                with dealing_with(update=received.id):
                    outcome = await self._deal(work, received)
            except AdminUnknown as question:
                held.add(self._ask(received, question))
            else:
                ended[received.id] = outcome
        if ended:
            await work.inbox.done(list(ended), work.now)
        return len(batch)

    async def drain(self) -> None:
        """Deal with all that waits, look-ups included."""
        while await self.once() or self._asking:
            await asyncio.gather(*self._asking.values())

    async def forever(self, stop: asyncio.Event) -> None:
        """Work until `stop`; the transaction in hand is finished."""
        while not stop.is_set():
            try:
                if await self.once() < BATCH:  # else there may be more; whatever comes, and each look-up's end, rings
                    await self._rest()
            except SQLAlchemyError:  # the workplace has told it
                await self._arrived.heard(PAUSE_S)
        for task in self._asking.values():
            task.cancel()

    async def _rest(self) -> None:
        self._rests = True
        try:
            await self._arrived.heard(None if self._share.shards is None else LONGEST_SLEEP_S)
        finally:
            self._rests = False

    async def _deal(self, work: Work, received: Received) -> str:
        """Give it its effect; returns the outcome as the tally has it. Raises AdminUnknown."""
        update: Update | None = None
        work.outbox.asked_at = received.received_at
        try:
            update = Update.de_json(_as_text(json.loads(received.payload)), self._dispatcher.bot)
            try:
                await self._handle(work, received, update)
            except IntegrityError:
                # Another replica may just have written down the same person or club: then it is there now.
                await self._handle(work, received, update)
        except AdminUnknown:
            raise
        except Refusal as refusal:
            if update is not None:
                await self._excuse(work, received, update, refusal)
            return "refused"
        except Exception as error:
            if is_of_the_machine(error):
                raise
            await self._set_aside(work, received, error)
            if update is not None:
                await self._excuse(work, received, update, None)
            return "failed"
        return "done"

    async def _handle(self, work: Work, received: Received, update: Update) -> None:
        async with work.part():
            turn.set(Turn(work, self._house, received.id))
            await self._dispatcher.process_update(update)

    async def _excuse(self, work: Work, received: Received, update: Update, refusal: Refusal | None) -> None:
        try:
            async with work.part():
                context = Context.from_update(update, self._dispatcher)
                if refusal is None:
                    await self._excuses.failed(update, context)
                else:
                    await self._excuses.refused(update, context, refusal)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            await self._set_aside(work, received, error)

    async def _set_aside(self, work: Work, received: Received, error: Exception) -> None:
        # The error's own words may hold what people wrote: they go into the database, not into the log.
        log.error("Update %d failed and was set aside: %s", received.id, type(error).__name__)
        await work.inbox.failed(received.id, f"{type(error).__name__}: {error}", work.now)

    def _ask(self, received: Received, question: AdminUnknown) -> int:
        """Begin the look-up; returns the chat that waits for it."""
        chat_id = question.chat_id if received.chat_id is None else received.chat_id

        async def ask() -> None:
            try:
                await self._house.rights.ask(received.id, question.chat_id, question.user_id)
            finally:
                del self._asking[chat_id]
                self._arrived.ring()

        self._asking[chat_id] = asyncio.create_task(ask())
        return chat_id


async def _keep(updates: Sequence[dict[str, Any]], work: Work) -> None:
    await work.inbox.store(updates, work.now)


def _as_text(update: dict[str, Any]) -> dict[str, Any]:
    """Let what stands under a picture be read like any text; python-telegram-bot finds no command in a caption.

    Who photographs a business card writes the /refer under it.
    """
    for kind in ("message", "edited_message"):
        message = update.get(kind)
        if message and "caption" in message and "text" not in message:
            message |= {"text": message["caption"], "entities": message.get("caption_entities", [])}
    return update
