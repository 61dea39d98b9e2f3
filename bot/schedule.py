"""What happens by the clock: the weekly posts, what else is due, and forgetting what is no longer needed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot import speech
from bot.domain.models import Club
from bot.domain.outgoing import Priority
from bot.domain.retention import FAILED_KEPT, INBOX_KEPT, OUTBOX_KEPT
from bot.services import leaderboards
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from bot.texts import language_of
from bot.texts import leaderboard as texts

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=15)
PRUNE_EVERY = timedelta(hours=1)
CHORES_EVERY = timedelta(minutes=1)
CLUBS_AT_ONCE = 10
"""In one transaction, of however many whose slot has come: some hundredths of a second, in which all others wait."""

ALONE = "schedule"
"""However many replicas look, one at a time does what is due: the others then find it done."""

Errand = Callable[[Work], Awaitable[int]]
"""Does some of what is due in one transaction; returns how much it did, 0 when nothing is left."""


Chore = Callable[[], Awaitable[None]]
"""Sees to something that is no matter of a transaction, if it is due; no more of it is begun before it ends."""


class Schedule:
    """APScheduler says when to look; what is kept says what is due. Besides the weekly posts there are `errands`, and
    `chores`."""

    def __init__(
        self,
        workplace: Workplace,
        caught_up: Callable[[], bool],
        errands: Sequence[Errand] = (),
        chores: Sequence[Chore] = (),
    ) -> None:
        self._workplace = workplace
        self._errands = errands
        self._chores = chores
        self._caught_up = caught_up
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._busy = asyncio.Lock()
        self._stops = False

    def start(self) -> None:
        """Look from now on."""
        chores = [(chore, CHORES_EVERY) for chore in self._chores]
        for job, every in ((self.sweep, SWEEP_EVERY), (self.prune, PRUNE_EVERY), *chores):
            self._scheduler.add_job(
                job,
                IntervalTrigger(seconds=int(every.total_seconds())),
                # The library's own default gives a job up when the machine is a second late.
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Look no more; the transaction under way is finished, chores are not. What is due still is after a start."""
        if self._scheduler.running:
            self._stops = True
            self._scheduler.pause()
            async with self._busy:
                self._scheduler.shutdown(wait=False)

    async def sweep(self) -> int:
        """Post for the clubs whose slot has come, and run the errands; returns how much was done.

        Waits while updates from before the slot may still be on their way: after a start, and during an outage.
        """
        if not self._caught_up():
            return 0
        done = 0
        try:
            async with self._busy:
                for errand in (_end_weeks, *self._errands):
                    some = partial(_by_the_clock, errand)
                    while not self._stops and (batch := await self._workplace.run(some, alone=ALONE)):
                        done += batch
                    if errand is _end_weeks and done:
                        log.info("Clubs whose week has ended: %d", done)
        except SQLAlchemyError:
            log.debug("What is due waits until the database can be written")
        return done

    async def prune(self) -> None:
        """Forget old updates and messages."""
        try:
            async with self._busy:
                await self._workplace.run(_prune, alone=ALONE)
                await self._workplace.tidy()
        except SQLAlchemyError:
            log.debug("Nothing is tidied up until the database can be written")


async def _by_the_clock(errand: Errand, work: Work) -> int:
    work.outbox.priority = Priority.BY_THE_CLOCK
    return await errand(work)


async def _prune(work: Work) -> None:
    await work.inbox.prune(work.now - INBOX_KEPT, work.now - FAILED_KEPT)
    await work.outbox.prune(work.now - OUTBOX_KEPT)


async def _end_weeks(work: Work) -> int:
    due = await work.clubs.due(work.now, CLUBS_AT_ONCE)
    for club in due:
        await _end_week(work, club)
    return len(due)


async def _end_week(work: Work, club: Club) -> None:
    result = await leaderboards.close_week(work, club)
    if result is None:
        return
    post, ranking = result
    lang, once_key = language_of(club), f"week:{club.id}:{post.slot_at.isoformat()}"
    if not club.pictures or not ranking.standings:
        said = speech.weekly_post(club.chat_id, texts.week(lang, ranking), once_key)
    else:
        words, card = texts.week(lang, ranking, speech.MAX_CAPTION), texts.card(lang, club.title, ranking)
        said = speech.weekly_post(club.chat_id, words, once_key, card)
    await work.outbox.put(said)
