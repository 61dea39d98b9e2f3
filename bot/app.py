"""The composition root: the one place that picks real things, and lists the handlers in order."""

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot import menu
from bot.bell import Bell
from bot.choosing import Chooser
from bot.clock import Clock
from bot.commands import Command, Router
from bot.context import House
from bot.delivery import Makers
from bot.dispatcher import dispatcher
from bot.documents import UPLOAD_LIMIT, clear_up, made
from bot.importing.loop import Importer
from bot.intake import FIRST_PAUSE_S, LONGEST_PAUSE_S, Intake, seconds
from bot.limits import Limits
from bot.nightly import Nightly
from bot.outbox import Aftermath, Sender
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.processor import Excuses, Processor
from bot.replicas import Replica
from bot.rights import Rights
from bot.schedule import Chore, Schedule
from bot.services import contacts
from bot.services.clubs import Defaults
from bot.settings import Settings
from bot.share import Share
from bot.stopping import finished, rest, unless
from bot.storage.address import path_of
from bot.storage.backup import Backups
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from bot.tally import Tally
from bot.webhook import Webhook
from handlers import (
    audit,
    board,
    chains,
    circle,
    club_settings,
    direct,
    errors,
    export,
    forgetting,
    forms,
    help,
    import_says,
    imports,
    known_by_name,
    language,
    leaderboard,
    meetings,
    membership,
    newcomers,
    privacy,
    progress,
    quality,
    questions,
    referrals,
    reminders,
    thanks,
    undo,
    value,
)

if TYPE_CHECKING:
    from bot.web.server import Web

log = logging.getLogger(__name__)

FINISH_S, LET_GO_S = 6.0, 3.0
"""How long what is in hand may take to be finished at a stop, and the database to be let go of. It is done in less than
a second, but for a server that says nothing; what is given up is as after a crash."""

# The order of /help, of Telegram's menu and of the README.
ROUTERS: tuple[Router, ...] = (
    referrals.router,
    direct.router,
    thanks.router,
    progress.router,
    quality.router,
    chains.router,
    meetings.router,
    leaderboard.router,
    circle.router,
    value.router,
    undo.router,
    export.router,
    imports.router,
    known_by_name.router,
    club_settings.router,
    audit.router,
    board.router,
    newcomers.router,
    privacy.router,
    forgetting.router,
    language.router,
    help.router,
    membership.router,
    forms.router,
    questions.router,
)
COMMANDS: tuple[Command, ...] = tuple(command for router in ROUTERS for command in router.commands)


class Kring:
    """The bot: intake, processor, sender and schedule around one database."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        if settings.bot_token is None:
            raise ValueError("no token")
        self._database = Database(settings.database_url)
        self._arrived, self._said, tally = Bell(), Bell(), Tally()
        share = Share()
        self.workplace = Workplace(self._database, clock, self._said, share.may_be_of_another)
        self._dispatcher = dispatcher(
            settings.bot_token.get_secret_value(), settings.bot_api_url, ROUTERS, first=membership.seen
        )
        self._bot = self._dispatcher.bot
        house = House(
            defaults=Defaults(settings.default_language, settings.default_currency, settings.default_slot),
            daily_limit=settings.daily_limit,
            rights=Rights(self._bot),
            operator=settings.operator,
            commands=COMMANDS,
        )
        limits = Limits(settings.send_per_second, settings.send_per_minute_group, settings.send_per_second_chat)
        aftermath = Aftermath(referrals.show_again, membership.group_upgraded)
        self._renderer = Renderer()
        makers = Makers(
            file=partial(made, self.workplace.look, limit=UPLOAD_LIMIT), picture=partial(make_picture, self._renderer)
        )
        chooser = Chooser(limits, share)
        self.sender = Sender(self._bot, self.workplace, chooser, makers, aftermath, self._said, tally, share)
        excuses = Excuses(errors.refused, errors.failed)
        self.processor = Processor(
            self._dispatcher, self.workplace, house, excuses, self.sender, self._arrived, tally, share
        )
        self.intake: Intake | Webhook = (
            Webhook(self._bot, self.processor.take, self.workplace, tally, *settings.webhook)
            if settings.webhook
            else Intake(self._bot, self.processor.take, tally, share)
        )
        self._web = _web(settings, self.workplace, self.intake, tally) if settings.listens_at else None
        self._replica = None
        if self._database.replica_id is not None:
            self._replica = Replica(self.workplace, share, self.sender, limits, self._database, self._wake)
        errands = (reminders.send, questions.ask_due, newcomers.suggest, contacts.erase_due, imports.forget)
        self.importer = Importer(self._bot, self.workplace, import_says.VOICE, share)
        self.schedule = Schedule(self.workplace, lambda: self.intake.caught_up, errands, _chores(settings, clock))

    async def open(self) -> None:
        """Bring the database up to date, and decide on what a crash cut off."""
        clear_up()
        if await migrate(self._database):
            log.info("The database is up to date now")
        if self._replica is not None:
            await self._replica.look()
            return
        # Not by the workplace, which tells the log of a failure: at the start whoever opens tells the operator.
        async with self._database.write() as connection:
            await self.sender.recover(Work(connection, self.workplace.clock.now()))

    async def connect(self) -> None:
        """Make Telegram's acquaintance. Raises InvalidToken, and NetworkError while it cannot be reached."""
        await self._dispatcher.initialize()
        async with self._database.apart("acquaintance"):  # or replicas that start together would all set the same
            await self.intake.set_up()
            await menu.offer(self._bot, self.workplace, COMMANDS)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is in hand. Raises InvalidToken, and Unusable for LISTEN."""
        if self._web is not None:
            await self._web.start()  # first: what is posted can be kept before Telegram can be reached
        try:
            await self._work(stop)
        finally:
            if self._web is not None:
                await self._web.stop()

    async def _work(self, stop: asyncio.Event) -> None:
        if not await self._connect_patiently(stop):
            return
        log.info("Kring runs as @%s", self._bot.username)
        self.schedule.start()
        loops: list[asyncio.Task[None] | asyncio.Task[bool]] = [
            asyncio.create_task(loop(stop))
            for loop in (self.intake.forever, self.processor.forever, self.sender.forever)
        ]
        if self._replica is not None:
            loops.append(asyncio.create_task(self._replica.forever(stop)))
        # A long file is read again after the next start.
        loops.append(asyncio.create_task(unless(stop, self.importer.forever())))
        stopped = asyncio.create_task(stop.wait())
        # No loop ends before the stop; if one does, the others are stopped too, and its error is told.
        await asyncio.wait([stopped, *loops], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        self._arrived.ring()
        self._said.ring()
        for error in await finished([stopped, asyncio.create_task(self.schedule.stop()), *loops], FINISH_S):
            raise error
        log.info("Kring stopped; what is not said yet is kept")

    async def settle(self) -> None:
        """Do all there is to do now, without the loops: fetch, process, post what is due, send."""
        while True:
            fetched = await self.intake.once()
            if self._replica is not None:
                await self._replica.look()
            await self.processor.drain()
            posted = await self.schedule.sweep()
            imported = await self.importer.once()
            await self.sender.drain()
            if not fetched and not posted and not imported:
                return

    async def close(self) -> None:
        """Let go of the renderer, of Telegram and of the database, though that may not answer any more."""
        await self._renderer.close()
        await self._dispatcher.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(LET_GO_S):
                if self._replica is not None:
                    await self._replica.close()
                await self._database.close()

    def _wake(self) -> None:
        self._arrived.ring()
        self._said.ring()

    async def _connect_patiently(self, stop: asyncio.Event) -> bool:
        pause = FIRST_PAUSE_S
        while not stop.is_set():
            try:
                if not await unless(stop, self.connect()):
                    return False
            except InvalidToken:
                raise
            except TelegramError as error:
                if pause == FIRST_PAUSE_S:
                    what = "Telegram refuses" if isinstance(error, BadRequest) else "Telegram cannot be reached"
                    log.warning("%s, trying again until it can: %s", what, error)
                if isinstance(error, RetryAfter):
                    pause = max(pause, seconds(error))
                await rest(stop, pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            else:
                return True
        return False


def _web(settings: Settings, workplace: Workplace, intake: Intake | Webhook, tally: Tally) -> "Web":
    from bot.web.server import Web  # only where it is wanted, as it takes time and memory

    return Web(settings, workplace, intake, tally)


def _chores(settings: Settings, clock: Clock) -> tuple[Chore, ...]:
    if not settings.nights_backed_up:
        return ()
    backups = Backups(path_of(settings.database_url), settings.backup_folder)
    return (Nightly(backups, settings.nights_backed_up, settings.default_slot.zone, clock).look,)
