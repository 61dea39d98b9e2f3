"""python -m bot restore: back to a back-up."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from shlex import quote

from bot.cli.backup import described
from bot.cli.terminal import complain, is_read_along, progress, remark, say
from bot.clock import SystemClock
from bot.settings import Settings
from bot.storage.address import is_postgres, path_of, without_password
from bot.storage.contents import Contents, examine
from bot.storage.restore import Restore
from bot.storage.sole_use import Unusable, sole_use


def take(parser: ArgumentParser) -> None:
    """What may be typed after it."""
    parser.add_argument("file", type=Path, help="the back-up")
    parser.add_argument("--yes", action="store_true", help="do not ask: put it in the place of what is there")


def do(arguments: Namespace) -> int:
    """Put the back-up in the place of the database, which is kept aside."""
    settings = Settings()
    if is_postgres(settings.database_url):
        return complain(
            "The database is on a PostgreSQL server, whose own program goes back to a back-up, while no Kring runs:\n"
            "  pg_restore --clean --if-exists --single-transaction "
            f"--dbname={quote(without_password(settings.database_url))} {quote(str(arguments.file))}"
        )
    database = path_of(settings.database_url)
    with sole_use(settings.database_url, to_replace=True):
        restore = Restore(arguments.file, database)
        try:
            with progress("Copying") as told:
                contents = restore.prepare(told)
            if database.exists() and not arguments.yes and not _agreed(database, contents):
                return complain("Nothing was changed.")
            aside = asyncio.run(restore.finish(SystemClock()))
        finally:
            restore.abandon()
    say(f"{database} is what the back-up was: {described(contents)}.")
    if aside:
        say(f"What was there before is kept as {aside}; it holds contact details, so remove it when all is well.")
    return 0


def _agreed(database: Path, contents: Contents) -> bool:
    remark(f"There is a database already: {database}")
    remark(f"  in it now:      {_now(database)}")
    remark(f"  in the back-up: {described(contents)}")
    if not is_read_along(sys.stdin):
        remark("Say --yes to put the back-up in its place. What is there now is kept aside.")
        return False
    remark("What is there now is kept aside, and what was recorded since the back-up is not in use any more.")
    try:
        return input(f"To go back to the back-up type {database.name}: ").strip() == database.name
    except EOFError:
        return False


def _now(database: Path) -> str:
    try:
        return described(examine(database))
    except Unusable as problem:
        return str(problem)
