"""Intake: fetches updates by long polling. Each is committed to the inbox before Telegram is told it arrived."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, TypeGuard

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.calls import call
from bot.kinds import KINDS
from bot.share import Share
from bot.stopping import rest
from bot.tally import Tally

log = logging.getLogger(__name__)

# The type of RetryAfter.retry_after is about to change, and whoever does not choose the new one is warned each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")

BATCH = 100
POLL_S = 50
"""How long Telegram may hold a request open when there is nothing to tell."""
ANSWER_S = 10
"""How long its answer may take beyond that."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
FORGET_S = 600.0
"""A failure that was not seen for so long is news again."""
DATABASE_PAUSE_S = 2.0
"""How long after a failure of the database it is tried again."""


Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Keeps raw updates for good, each once however often it comes. Raises SQLAlchemyError."""


class News:
    """What the log was told of, so that what lasts, or comes every other time, is told once."""

    def __init__(self) -> None:
        self._told: dict[object, float] = {}  # when it was seen last

    def is_new(self, what: object) -> bool:
        """Was this not seen for a good while? It is seen now."""
        now = asyncio.get_running_loop().time()
        new = now - self._told.get(what, -FORGET_S) >= FORGET_S
        self._told[what] = now
        return new


class Intake:
    """Reads from Telegram. The next request confirms what the last one brought, so it is made after the commit.

    No offset is kept on disk: Telegram gives the earliest unconfirmed update first, and after a quiet week its
    ids start somewhere else.
    """

    def __init__(self, bot: Bot, take: Take, tally: Tally, share: Share) -> None:
        self._bot = bot
        self._share = share
        self._tally = tally
        self._take = take
        self._offset: int | None = None
        self._asks = False  # is Telegram being asked just now?
        self._news = News()
        self._failing = False  # is the log waiting to hear that it is over?
        self._stuck = False  # did something come that cannot be confirmed, and so comes again at once?
        self.caught_up = False
        """Has everything been fetched that was sent before the last request? Not during an outage or a backlog."""

    async def set_up(self) -> None:
        """Take away a webhook, if one is set: it would keep getUpdates from working. Raises TelegramError."""
        if (await self._bot.get_webhook_info()).url:
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def once(self, hold_s: int = 0) -> int:
        """Fetch what there is, waiting `hold_s` seconds for it, and commit it. Returns how many came.

        Raises TelegramError when Telegram cannot be asked, SQLAlchemyError when it cannot be stored: then nothing
        is confirmed, and it comes again. What has no update id cannot be confirmed, so it is passed over.
        """
        self.caught_up = self.caught_up and hold_s > 0
        answer = await self._fetch(hold_s)
        updates = [each for each in answer if is_update(each)]
        self._stuck = len(updates) < len(answer)
        self._tally.passed_over += len(answer) - len(updates)
        if updates:
            with self._tally.to_commit.measured(len(updates)):
                await self._take(updates)
        # An offset confirms all ids below it, and is done with by then: kept through a quiet week, it would confirm
        # unseen what comes after, as the ids may begin anew lower.
        self._offset = max(update["update_id"] for update in updates) + 1 if updates else None
        self.caught_up = len(answer) < BATCH
        return len(updates)

    async def forever(self, stop: asyncio.Event) -> None:
        """Fetch until `stop`. Raises InvalidToken; waits out everything else."""
        pause = FIRST_PAUSE_S
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            if not self._share.leads:  # of several replicas one fetches
                self.caught_up = False
                await rest(stop, FIRST_PAUSE_S)
                continue
            # The first request after a start or a failure asks what waits, so that a backlog is known as one.
            poll = asyncio.create_task(self.once(POLL_S if self.caught_up else 0))
            await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if self._asks:  # a transaction in hand is finished
                poll.cancel()
            try:
                await poll
                if self._failing:
                    log.warning("Telegram answers again")
                pause, self._failing = FIRST_PAUSE_S, False
                if self._stuck:
                    log.error("Telegram sends something that is no update; it is passed over")
                    await rest(stop, LONGEST_PAUSE_S)
            except asyncio.CancelledError:
                break
            except InvalidToken:
                stopped.cancel()
                raise
            except SQLAlchemyError:  # the workplace has told it
                self.caught_up = False
                await rest(stop, DATABASE_PAUSE_S)
            except TelegramError as error:
                self.caught_up = False
                pause = await self._pause(error, pause, stop)
        stopped.cancel()

    async def _pause(self, error: TelegramError, pause: float, stop: asyncio.Event) -> float:
        # It is told once, however long it lasts; also when, as with a second program, every other request works.
        if self._news.is_new(type(error)):
            self._tell(error)
            self._failing = True
        if isinstance(error, Conflict):
            pause = LONGEST_PAUSE_S
        if isinstance(error, RetryAfter):
            pause = max(pause, seconds(error))
        await rest(stop, pause)
        return min(pause * 2, LONGEST_PAUSE_S)

    def _tell(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            log.error("Another program polls with this bot's token, or a webhook is set; stop it. %s", error)
            return
        log.warning("Fetching updates failed, trying again until it works: %s", error)

    async def _fetch(self, hold_s: int) -> list[Any]:
        about = {"offset": self._offset, "limit": BATCH, "timeout": hold_s, "allowed_updates": KINDS}
        self._asks = True
        try:
            answer = await call(self._bot, "getUpdates", about, answer_s=hold_s + ANSWER_S)
        finally:
            self._asks = False
        if not isinstance(answer, list):
            raise TelegramError("getUpdates was answered with something that is no list")
        return answer


def is_update(value: object) -> TypeGuard[dict[str, Any]]:
    """Is this an update as Telegram sends them: an object with an id that can be kept?"""
    id_ = value.get("update_id") if isinstance(value, dict) else None
    return type(id_) is int and abs(id_) < 2**63


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
