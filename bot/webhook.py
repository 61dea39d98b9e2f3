"""The webhook, which takes the intake's place: Telegram posts updates, and is told 2xx when they are in the inbox."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.intake import BATCH, News, Take
from bot.kinds import KINDS
from bot.stopping import rest, unless
from bot.storage.workplace import Workplace
from bot.tally import Tally

log = logging.getLogger(__name__)

CONNECTIONS = 100
"""How many posts Telegram may make at the same time, each for another chat: the most it does."""
PATIENCE_S = 10.0
"""How long a post waits for its commit; Telegram would wait a minute, and its chat with it."""
LOOK_EVERY_S, LOOK_AGAIN_S = 15.0, 2.0
"""How often Telegram is asked what it still has for us: as a rule, and while it has something from an outage."""
SETTLED = timedelta(minutes=5)
"""So long after a post that failed Telegram has tried all of them again: it waits two minutes at most."""


class Webhook:
    """Keeps what is posted. Posts that come while one is being committed share the next commit."""

    def __init__(self, bot: Bot, take: Take, workplace: Workplace, tally: Tally, url: str, secret: str) -> None:
        self._bot = bot
        self._workplace = workplace
        self._take = take
        self._tally = tally
        self._url = url
        self._secret = secret
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None
        self._news = News()
        self._since = workplace.clock.now()
        self.caught_up = False
        """Has everything been posted that was sent before an outage or a start?

        It has when Telegram has nothing for us. In a large house it always has something, just on its way: then when
        no post has failed for so long that none waits to be tried again.
        """

    async def keep(self, update: dict[str, Any]) -> None:
        """Keep an update for good; it has an id. Raises SQLAlchemyError or TimeoutError: then it is to come again."""
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((update, kept))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        with self._tally.to_commit.measured():
            await asyncio.wait_for(kept, PATIENCE_S)

    async def _store(self) -> None:
        while batch := self._next():
            failure: Exception | None = None
            try:
                await self._take([update for update, _ in batch])
            except Exception as error:  # whatever it is, whoever posted hears of it
                failure = error
                self.caught_up = False
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(failure) if failure else kept.set_result(None)
        self._storing = None

    def _next(self) -> list[tuple[dict[str, Any], asyncio.Future[None]]]:
        """What is to be kept next. What nobody waits for any more comes again."""
        waiting = [(update, kept) for update, kept in self._waiting if not kept.done()]
        batch, self._waiting = waiting[:BATCH], waiting[BATCH:]
        return batch

    async def set_up(self) -> None:
        """Have Telegram post to us, if it does not yet: another replica may have told it. Raises TelegramError."""
        info = await self._bot.get_webhook_info()
        what, wanted = f"webhook:{self._bot.id}", self._digest()
        known: dict[str, str] = {}
        with suppress(SQLAlchemyError):
            async with self._workplace.look() as work:
                known = await work.settled.digests()
        if self._is_set(info) and known.get(what) == wanted:
            return
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=KINDS,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        log.info("Telegram posts to WEBHOOK_URL from now on")
        with suppress(SQLAlchemyError):  # then the next start sets it once more
            async with self._workplace.work() as work:
                await work.settled.put(what, wanted)

    async def once(self) -> int:
        """Ask Telegram whether it still has something from before. Returns 0: what comes, comes by itself."""
        info = await self._bot.get_webhook_info()
        failed_at = info.last_error_date
        if info.url != self._url:
            # Not set again from here: the replicas of two versions would fight about it.
            self.caught_up = False
            if self._news.is_new("elsewhere"):
                log.error(
                    "Telegram does not post to WEBHOOK_URL any more: another program with this token has changed that. "
                    "Stop that one, and start this one anew."
                )
            return 0
        if failed_at is not None and failed_at > self._since:
            self._since = failed_at
            if self._news.is_new("failed"):
                log.warning("Telegram could not post to WEBHOOK_URL, and tries again: %s", info.last_error_message)
        settled = failed_at is None or self._workplace.clock.now() - failed_at >= SETTLED
        self.caught_up = info.pending_update_count == 0 or settled
        return 0

    async def forever(self, stop: asyncio.Event) -> None:
        """Ask now and then until `stop`. Raises InvalidToken."""
        while not stop.is_set():
            try:
                await unless(stop, self.once())
            except InvalidToken:
                raise
            except TelegramError as error:
                self.caught_up = False
                if self._news.is_new(type(error)):
                    log.warning("Asking Telegram what it still has for us failed; trying again: %s", error)
            await rest(stop, LOOK_EVERY_S if self.caught_up else LOOK_AGAIN_S)

    def _is_set(self, info: WebhookInfo) -> bool:
        kinds: Sequence[str] = info.allowed_updates or ()
        return (info.url, info.max_connections, set(kinds)) == (self._url, CONNECTIONS, set(KINDS))

    def _digest(self) -> str:
        """What Telegram is to have, the secret included, which it does not tell; nothing can be read from it."""
        return hashlib.sha256(json.dumps([self._url, self._secret, CONNECTIONS, KINDS]).encode()).hexdigest()
