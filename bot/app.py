"""The composition root: the one place that picks real things, and lists the handlers in order."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    TypeHandler,
    filters,
)

from bot import menu
from bot.bell import Bell
from bot.clock import Clock
from bot.commands import Command, Router
from bot.connections import Connections
from bot.context import Context, House
from bot.delivery import Makers
from bot.documents import UPLOAD_LIMIT, clear_up, made
from bot.domain.errors import UnknownButton
from bot.intake import FIRST_PAUSE_S, LONGEST_PAUSE_S, Intake, seconds
from bot.limits import Limits
from bot.nightly import Nightly
from bot.outbox import Aftermath, Sender
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.processor import Dispatcher, Excuses, Processor
from bot.rights import Rights
from bot.schedule import Chore, Schedule
from bot.services import contacts
from bot.services.clubs import Defaults
from bot.settings import Settings
from bot.stopping import rest, unless
from bot.storage.address import path_of
from bot.storage.backup import Backups
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from bot.storage.work import Work, Workplace
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
        self.workplace = Workplace(self._database, clock, self._said)
        self._dispatcher = _dispatcher(settings.bot_token.get_secret_value(), settings.bot_api_url)
        self._bot = self._dispatcher.bot
        house = House(
            defaults=Defaults(settings.default_language, settings.default_currency, settings.default_slot),
            daily_limit=settings.daily_limit,
            rights=Rights(self._bot),
            operator=settings.operator,
            commands=COMMANDS,
        )
        limits = Limits(settings.send_per_second, settings.send_per_minute_group, settings.send_per_second_chat)
        self.intake: Intake | Webhook = (
            Webhook(self._bot, self.workplace, self._arrived, tally, *settings.webhook)
            if settings.webhook
            else Intake(self._bot, self.workplace, self._arrived, tally)
        )
        self._web = _web(settings, self.workplace, self.intake, tally) if settings.listens_at else None
        self.processor = Processor(
            self._dispatcher, self.workplace, house, Excuses(errors.refused, errors.failed), self._arrived, tally
        )
        aftermath = Aftermath(referrals.show_again, membership.group_upgraded)
        self._renderer = Renderer()
        makers = Makers(
            file=partial(made, self.workplace.look, limit=UPLOAD_LIMIT), picture=partial(make_picture, self._renderer)
        )
        self.sender = Sender(self._bot, self.workplace, limits, makers, aftermath, self._said, tally)
        errands = (reminders.send, questions.ask_due, newcomers.suggest, contacts.erase_due)
        self.schedule = Schedule(self.workplace, lambda: self.intake.caught_up, errands, _chores(settings, clock))

    async def open(self) -> None:
        """Bring the database up to date, and decide on what a crash cut off."""
        clear_up()
        if await migrate(self._database):
            log.info("The database is up to date now")
        # Not by the workplace, which tells the log of a failure: at the start whoever opens tells the operator.
        async with self._database.write() as connection:
            await self.sender.recover(Work(connection, self.workplace.clock.now()))

    async def connect(self) -> None:
        """Make Telegram's acquaintance. Raises InvalidToken, and NetworkError while it cannot be reached."""
        await self._dispatcher.initialize()
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
        loops = [
            asyncio.create_task(loop(stop))
            for loop in (self.intake.forever, self.processor.forever, self.sender.forever)
        ]
        stopped = asyncio.create_task(stop.wait())
        # No loop ends before the stop; if one does, the others are stopped too, and its error is told.
        await asyncio.wait([stopped, *loops], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        self._arrived.ring()
        self._said.ring()
        await self.schedule.stop()
        ended = await asyncio.gather(stopped, *loops, return_exceptions=True)
        for error in ended:
            if isinstance(error, BaseException):
                raise error
        log.info("Kring stopped; what is not said yet is kept")

    async def settle(self) -> None:
        """Do all there is to do now, without the loops: fetch, process, post what is due, send."""
        while True:
            fetched = await self.intake.once()
            await self.processor.drain()
            posted = await self.schedule.sweep()
            await self.sender.drain()
            if not fetched and not posted:
                return

    async def close(self) -> None:
        """Let go of the database, of Telegram and of the renderer."""
        await self._renderer.close()
        await self._dispatcher.shutdown()
        await self._database.close()

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


def _dispatcher(token: str, api_url: str) -> Dispatcher:
    dispatcher = (
        ApplicationBuilder()
        .application_class(Dispatcher)
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(Connections(api_url))
        .get_updates_request(Connections(api_url))
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    assert isinstance(dispatcher, Dispatcher)  # noqa: S101  for the type checker, the builder promises less
    dispatcher.add_handler(TypeHandler(Update, membership.seen), group=-1)
    # What someone passes on from elsewhere is not their own command, nor is what another bot wrote for them.
    own = ~filters.FORWARDED & ~filters.VIA_BOT
    typed, edited = filters.UpdateType.MESSAGE & own, filters.UpdateType.EDITED_MESSAGE & own
    for command in COMMANDS:
        dispatcher.add_handler(CommandHandler(command.names, command.handler, typed))
        if command.on_edit is not None:
            dispatcher.add_handler(CommandHandler(command.names, command.on_edit, edited))
    for router in ROUTERS:
        for word, handler in router.buttons.items():
            dispatcher.add_handler(CallbackQueryHandler(handler, pattern=f"^{word}(:|$)"))
        dispatcher.add_handlers(router.others)
    # What no button of ours said: forged, or from an old version. It is answered all the same.
    dispatcher.add_handler(CallbackQueryHandler(_unknown_button))
    return dispatcher


async def _unknown_button(update: Update, context: Context) -> None:
    raise UnknownButton
