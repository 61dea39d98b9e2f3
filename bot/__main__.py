"""The command line: python -m bot run | demo | migrate | commands."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken

from bot.clock import SystemClock
from bot.logs import set_up
from bot.settings import Settings
from bot.storage.sole_use import Unusable, sole_use
from bot.storage.trouble import advice
from bot.texts.catalogues import BrokenCatalogueError


def main() -> int:
    """Do what the command line says; return the exit code.

    0 is well; 1 what may pass by itself, so another start may help; 2 what the operator has to change.
    """
    parser = argparse.ArgumentParser(prog="python -m bot", description="Kring, the referral bot for clubs.")
    doing = parser.add_subparsers(dest="do", required=True)
    doing.add_parser("run", help="run the bot against Telegram (needs BOT_TOKEN)")
    doing.add_parser("demo", help="try the bot in a browser page on this machine; no token needed")
    doing.add_parser("migrate", help="bring the database up to this version; `run` does it by itself")
    doing.add_parser("commands", help="print the table of commands that stands in the README")
    do: dict[str, Callable[[], int]] = {
        "run": _run,
        "demo": _demo,
        "migrate": _migrate,
        "commands": _commands,
    }
    os.umask(0o077)  # what is kept is for this user alone
    try:
        return do[parser.parse_args().do]()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            print(f"{name}: {problem['msg'].removeprefix('Value error, ')}", file=sys.stderr)  # noqa: T201  the command line
        return 2
    except BrokenCatalogueError as problem:
        return _tell(str(problem))
    except Unusable as problem:
        return _tell(str(problem), 1 if problem.passes else 2)
    except SQLAlchemyError as error:
        return _tell(advice(error, "the database"))


def _run() -> int:
    settings = Settings()
    set_up(settings.log_level)
    if settings.bot_token is None:
        return _tell(
            "There is no BOT_TOKEN. Get one from @BotFather in Telegram and put it into the file .env "
            "(see README.md); or try the bot without one: make demo"
        )
    with sole_use(settings.database_url):
        return _run_alone(settings)


def _run_alone(settings: Settings) -> int:
    from bot.app import Kring

    async def run(stop: asyncio.Event) -> int:
        kring = Kring(settings, SystemClock())
        try:
            await kring.open()
            await kring.run(stop)
        except InvalidToken:
            return _tell("Telegram does not know this BOT_TOKEN. Copy it anew from @BotFather, /mybots.")
        finally:
            await kring.close()
        return 0

    return asyncio.run(_until_signal(run))


def _demo() -> int:
    from bot.demo import demo

    set_up("WARNING")
    return asyncio.run(_until_signal(demo))


def _migrate() -> int:
    from bot.storage.engine import Database
    from bot.storage.migrate import migrate

    settings = Settings()

    async def run() -> bool:
        database = Database(settings.database_url)
        try:
            return await migrate(database)
        finally:
            await database.close()

    with sole_use(settings.database_url):
        changed = asyncio.run(run())
    print("The database is up to date now." if changed else "There was nothing to do.")  # noqa: T201  the command line
    return 0


def _commands() -> int:
    from bot.app import COMMANDS
    from bot.commands import table

    print(table(COMMANDS), end="")  # noqa: T201  the command line
    return 0


async def _until_signal(run: Callable[[asyncio.Event], Coroutine[Any, Any, int]]) -> int:
    """Run until Ctrl-C or SIGTERM asks to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(asked, stop.set)
    return await run(stop)


def _tell(problem: str, code: int = 2) -> int:
    print(problem, file=sys.stderr)  # noqa: T201  the command line
    return code


if __name__ == "__main__":
    sys.exit(main())
