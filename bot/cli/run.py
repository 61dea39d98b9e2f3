"""python -m bot run: the bot against Telegram."""

import asyncio
from argparse import Namespace
from functools import partial

from telegram.error import InvalidToken

from bot.cli.signals import until_signal
from bot.cli.terminal import complain
from bot.clock import SystemClock
from bot.loading import loading
from bot.logs import set_up
from bot.settings import Settings
from bot.stopping import unless
from bot.storage.sole_use import sole_use


def do(_: Namespace) -> int:
    """Work until asked to stop."""
    settings = Settings()
    set_up(settings.log_level)
    if settings.bot_token is None:
        return complain(
            "There is no BOT_TOKEN. Get one from @BotFather in Telegram and put it into the file .env "
            "(see README.md); or try the bot without one: make demo"
        )
    with sole_use(settings.database_url):
        return until_signal(partial(_run, settings))


async def _run(settings: Settings, stop: asyncio.Event) -> int:
    with loading():
        from bot.app import Kring  # once it is certain that this one may run: it takes longest to import

    kring = Kring(settings, SystemClock())
    try:
        if await unless(stop, kring.open()):
            await kring.run(stop)
    except InvalidToken:
        return complain("Telegram does not know this BOT_TOKEN. Copy it anew from @BotFather, /mybots.")
    finally:
        await kring.close()
    return 0
