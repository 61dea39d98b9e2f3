"""python -m bot migrate: the database brought up to this version."""

import asyncio
from argparse import Namespace

from bot.cli.terminal import say
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from bot.storage.sole_use import sole_use


def do(_: Namespace) -> int:
    """Migrate, while no Kring runs."""
    settings = Settings()
    with sole_use(settings.database_url):
        changed = asyncio.run(_migrate(settings.database_url))
    say("The database is up to date now." if changed else "There was nothing to do.")
    return 0


async def _migrate(url: str) -> bool:
    database = Database(url)
    try:
        return await migrate(database)
    finally:
        await database.close()
