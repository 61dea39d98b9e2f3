"""Deals with the files that admins send, outside every transaction and beside the event loop.

What is to be done is in the database: a file to be read, or to be taken in. It is fetched from Telegram for that, read
in a process of its own, and what comes of it is one transaction together with what is said. So neither a restart nor
an outage loses an import, and none is taken in twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.domain.imports.brought import MAX_BYTES, Import
from bot.domain.imports.entries import Content
from bot.domain.imports.lines import House, read_tables
from bot.domain.models import Club
from bot.importing.columns import layout_of, tables_of
from bot.importing.voice import Voice
from bot.intake import seconds
from bot.services import imports
from bot.share import Share
from bot.sheets.reader import Unreadable, read
from bot.storage.trouble import is_of_the_machine
from bot.texts import import_report, language
from bot.texts import imports as texts
from bot.texts.catalogues import SPOKEN
from bot.texts.language import Language

if TYPE_CHECKING:
    from bot.storage.work import Work
    from bot.storage.workplace import Workplace

log = logging.getLogger(__name__)

PAUSE_S = 5.0
LOOK_EVERY_S = 60.0
"""What rings is not kept over a restart; what waits is."""


@dataclass(frozen=True)
class Job:
    """An import that waits, with what is needed to deal with it."""

    import_: Import
    club: Club
    lang: Language
    now: datetime


class Importer:
    """One file at a time, the longest waiting first; of several replicas one does it."""

    def __init__(self, bot: Bot, workplace: "Workplace", voice: Voice, share: Share) -> None:
        self._bot = bot
        self._share = share
        self._voice = voice
        self._workplace = workplace
        self._later: set[int] = set()  # whose file Telegram does not give now

    async def forever(self) -> None:
        """Work until cancelled; what is in hand then is begun anew after the next start."""
        while True:
            self._later.clear()
            try:
                while await self.once():
                    pass
                pause = PAUSE_S if self._later else LOOK_EVERY_S
            except SQLAlchemyError:  # the workplace has told it
                pause = PAUSE_S
            except RetryAfter as error:
                pause = seconds(error)
            await self._workplace.brought.heard(pause)

    async def once(self) -> bool:
        """Deal with one import, or leave one whose file cannot be fetched now; was there one? Raises RetryAfter."""
        job = await self._job() if self._share.leads else None
        if job is None:
            return False
        try:
            await self._deal(job)
        except Unreadable as error:
            await self._end(job, texts.unreadable(job.lang, job.import_.file_name, error.why))
        except RetryAfter:
            raise
        except TelegramError as error:  # the others do not wait for this one
            log.warning("A file for an import cannot be fetched, trying again: %s", type(error).__name__)
            self._later.add(job.import_.id)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            # The error's own words may hold what people wrote.
            log.error("Import %d failed and was set aside: %s", job.import_.id, type(error).__name__)
            await self._end(job, texts.failed(job.lang, job.import_.file_name))
        return True

    async def _job(self) -> Job | None:
        async with self._workplace.look() as work:
            import_ = await work.imports.next_to_deal_with(self._later)
            if import_ is None or import_.club_id is None:
                return None
            person = await work.members.person(import_.user_id)
            club = await work.clubs.get(import_.club_id)
            return Job(import_, club, language(person.language if person else None), work.now)

    async def _fetched(self, import_: Import) -> bytes:
        """The file. Raises Unreadable when Telegram will never give it, TelegramError when it does not now."""
        try:
            file = await self._bot.get_file(import_.file_id)
            if (file.file_size or 0) > MAX_BYTES:
                raise Unreadable("too_big")
            return bytes(await file.download_as_bytearray())
        except (BadRequest, Forbidden, InvalidToken) as error:
            raise Unreadable("too_big" if "too big" in str(error).lower() else "gone") from error

    async def _deal(self, job: Job) -> None:
        sheets = await read(await self._fetched(job.import_))
        tables, ignored = tables_of(sheets, job.import_.layout)
        if not tables:
            layout = layout_of(sheets)

            async def ask(work: "Work") -> None:
                changed = await work.imports.change(job.import_.id, state="matching", layout=layout)
                await work.outbox.put(self._voice.matching(job.lang, changed, layout))

            await self._change(job, ask)
            return
        house = House(job.club.zone, job.club.currency, job.club.country, job.lang.decimal_sign, SPOKEN, job.now)
        content = await asyncio.to_thread(read_tables, tables, house, ignored)
        await (self._take_in if job.import_.state == "agreed" else self._try)(job, content)

    async def _try(self, job: Job, content: Content) -> None:
        async with self._workplace.look() as work:
            plan = await imports.plan(work, job.club, content)
        report = await asyncio.to_thread(import_report.report, job.lang, plan)

        async def ask(work: "Work") -> None:
            state = "ready" if plan.count else "ended"
            changed = await work.imports.change(job.import_.id, state=state, report=report)
            await work.outbox.put(self._voice.tried(job.lang, changed, job.club, plan))
            await work.outbox.put(self._voice.report(job.lang, changed))

        await self._change(job, ask)

    async def _take_in(self, job: Job, content: Content) -> None:
        async def take_in(work: "Work") -> None:
            plan = await imports.plan(work, job.club, content)
            done = await imports.take_in(work, job.club, job.import_, plan)
            nameless = await work.taking_in.known_by_name(job.club.id)
            await work.outbox.put(self._voice.done(job.lang, done, job.club, len(nameless)))

        await self._change(job, take_in)

    async def _end(self, job: Job, words: Markup) -> None:
        async def end(work: "Work") -> None:
            await imports.end(work, job.import_)
            await work.outbox.put(self._voice.change(job.import_, words))

        await self._change(job, end)

    async def _change(self, job: Job, do: Callable[["Work"], Awaitable[None]]) -> None:
        """Do this in a transaction, unless the import was called off or its club became another meanwhile."""

        async def change(work: "Work") -> None:
            await work.clubs.find(job.club.id)  # nobody else writes to its ledger until this ends
            now = await work.imports.get(job.import_.id)
            if (now.state, now.club_id) == (job.import_.state, job.import_.club_id):
                await do(work)

        await self._workplace.run(change, alone="imports")
