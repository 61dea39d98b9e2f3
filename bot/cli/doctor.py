"""python -m bot doctor: is all as it should be, and if not, what is to be done?"""

import asyncio
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
from pydantic import ValidationError

from bot.cli.checks.database import check_backups, check_file, check_leftovers, check_server
from bot.cli.checks.findings import Finding, Weight, change
from bot.cli.checks.machine import ENV_FILE, check_files, check_fonts, check_settings, check_zones
from bot.cli.checks.telegram import Telegram, check_clubs, check_token
from bot.cli.database import looking
from bot.cli.terminal import is_read_along, remark, say
from bot.clock import Clock, SystemClock
from bot.domain.models import Club
from bot.settings import Settings, problems
from bot.storage.address import is_postgres, path_of
from bot.storage.backup import Backups
from bot.storage.sole_use import Unusable

_LOOKS = {
    Weight.WELL: ("✓", "green"),
    Weight.ADVICE: ("!", "yellow"),
    Weight.PASSES: ("✗", "red"),
    Weight.CHANGE: ("✗", "bold red"),
}


def do(_: Namespace) -> int:
    """Look at everything, also while Kring works; 2 where something is to be changed, 1 where it may pass by itself."""
    return asyncio.run(_look(SystemClock()))


async def _look(clock: Clock) -> int:
    weights: Counter[Weight] = Counter()
    async for finding in _findings(clock):
        weights[finding.weight] += 1
        _tell(finding)
    words = {
        Weight.CHANGE: "to be changed",
        Weight.PASSES: "may pass by itself",
        Weight.ADVICE: "could be better",
        Weight.WELL: "well",
    }
    remark(", ".join(f"{weights[weight]} {word}" for weight, word in words.items() if weights[weight]) + ".")
    if weights[Weight.CHANGE]:
        return 2
    return 1 if weights[Weight.PASSES] else 0


async def _findings(clock: Clock) -> AsyncIterator[Finding]:
    try:
        settings = Settings()
    except ValidationError as error:
        for problem in problems(error):
            yield change("settings", problem, "correct it in .env, or in the environment; README.md lists them")
        return
    on_server = is_postgres(settings.database_url)
    database = await check_server(settings.database_url) if on_server else _on_disk(settings, clock)
    for each in (check_settings(settings), check_files(_private(settings)), check_fonts(), database):
        for finding in each:
            yield finding
    clubs: list[Club] = []
    with suppress(Unusable):  # told above
        async with looking(settings.database_url) as work:
            clubs = [seen.club for seen in await work.overview.clubs()]
            for finding in await check_leftovers(work):
                yield finding
    for finding in check_zones([settings.default_timezone, *(club.timezone for club in clubs)]):
        yield finding
    async for finding in _at_telegram(settings, clubs, clock):
        yield finding


async def _at_telegram(settings: Settings, clubs: list[Club], clock: Clock) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield change("token", "there is none", "get one from @BotFather and put it into .env as BOT_TOKEN")
        return
    async with httpx.AsyncClient() as client:
        telegram = Telegram(client, settings.bot_api_url, settings.bot_token.get_secret_value())
        findings, bot = await check_token(telegram, clock)
        for finding in findings:
            yield finding
        if bot is not None:
            for finding in await check_clubs(telegram, bot["id"], clubs):
                yield finding


def _on_disk(settings: Settings, clock: Clock) -> Iterator[Finding]:
    database = path_of(settings.database_url)
    yield from check_file(database)
    yield from check_backups(Backups(database, settings.backup_folder), settings.backups_kept, clock.now())


def _private(settings: Settings) -> Iterator[Path]:
    """The files that are Kring's alone."""
    yield ENV_FILE
    if is_postgres(settings.database_url):
        return
    database = path_of(settings.database_url)
    backups = Backups(database, settings.backup_folder)
    yield from (Path(f"{database}{ending}") for ending in ("", "-wal", "-shm"))
    yield backups.folder
    with suppress(Unusable):  # told by `check_backups`
        yield from (backup.file for backup in backups.made())


def _tell(finding: Finding) -> None:
    if not is_read_along(sys.stdout):
        say("\t".join((finding.weight, finding.about, finding.words, finding.to_do)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    mark, style = _LOOKS[finding.weight]
    line = Table.grid(padding=(0, 1))
    line.add_column(width=1)
    line.add_column(width=9)
    line.add_column()
    line.add_row(Text(mark, style), Text(finding.about), Text(finding.words))
    if finding.to_do:
        line.add_row("", "", Text(f"→ {finding.to_do}", "bold"))
    Console(highlight=False).print(line)
