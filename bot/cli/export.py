"""python -m bot export: a club's records as files, also while Kring works with the database."""

import asyncio
import os
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.cli.database import looking
from bot.cli.terminal import complain, progress, remark, say
from bot.clock import SystemClock
from bot.documents import CannotBeMade, Progress, made
from bot.domain.alike import are_alike
from bot.domain.exports import CSV, FORMATS, Export
from bot.domain.models import Club
from bot.domain.names import strip_invisible
from bot.domain.periods import BackwardPeriod, FuturePeriod, Period, UnknownPeriod
from bot.services.export import asked_for
from bot.settings import Settings
from bot.texts.periods import read

_TOLD_EVERY_S = 0.2


def take(parser: ArgumentParser) -> None:
    """What may be typed after it."""
    parser.add_argument("--club", required=True, metavar="ID|TITLE", help="which one; `clubs` lists them")
    parser.add_argument("--format", choices=FORMATS, default=CSV, help="what to make; three files of csv unless told")
    parser.add_argument(
        "--period",
        nargs="+",
        default=[],
        metavar="WORD",
        help="such as 2026, q3, march 2026 or 2026-01..2026-06; else all",
    )
    parser.add_argument("--out", default=".", metavar="FOLDER|FILE", help="where to; a file of that name is replaced")


def do(arguments: Namespace) -> int:
    """Make the files, and print where they are."""
    return asyncio.run(_do(arguments, Settings().database_url))


async def _do(arguments: Namespace, url: str) -> int:
    now = SystemClock().now()
    async with looking(url) as work:
        clubs = [seen.club for seen in await work.overview.clubs()]
    if not clubs:
        return complain("There are no clubs yet: add the bot to a group.")
    named = _named(clubs, arguments.club)
    if len(named) != 1:
        wanted = "There is no such club" if not named else "There is more than one club of that title; name its id"
        return complain(
            f"{wanted}. These are the clubs:\n"
            + "\n".join(f"  {each.id}  {strip_invisible(each.title)}" for each in clubs)
        )
    (club,) = named
    typed = " ".join(arguments.period)
    try:
        period = read(typed, now.astimezone(club.zone).date(), Period.ALL)
    except FuturePeriod:
        return complain(f"“{typed}” is still to come, so there is nothing to show yet")
    except (UnknownPeriod, BackwardPeriod):
        return complain(
            f"“{typed}” is no period. These are: week, last month, q3, march 2026, 2026, 2026-01..2026-06, all"
        )
    try:
        for export in asked_for(club, arguments.format, period, now, club.language):
            for path in await _make(url, export, Path(arguments.out)):
                say(str(path))
    except (CannotBeMade, OSError) as problem:
        return complain(f"The file cannot be made: {problem}")
    remark("They hold contact details: keep them as safe as the database.")
    return 0


def _named(clubs: Sequence[Club], typed: str) -> list[Club]:
    by_id = [club for club in clubs if str(club.id) == typed]
    return by_id or [club for club in clubs if are_alike(club.title, typed)]


async def _make(url: str, export: Export, out: Path) -> list[Path]:
    """Where the file was put; or its parts, where a sheet has too few rows for all."""
    told = Progress()
    with progress(f"Writing {export.table or export.format}") as tell:
        telling = asyncio.create_task(_tell(told, tell))
        try:
            async with made(partial(looking, url), export.recipe(), told, limit=None) as file:
                if not file.parts:
                    return [await asyncio.to_thread(_put, file.path, export, out)]
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
    return [path for part, _ in file.parts for path in await _make(url, part, out)]


async def _tell(told: Progress, tell: Callable[[int, int], None]) -> None:
    while True:
        tell(told.done, told.whole)
        await asyncio.sleep(_TOLD_EVERY_S)


def _put(made_at: Path, export: Export, out: Path) -> Path:
    """Put the file there, whole or not at all."""
    named = export.format != CSV and out.suffix == f".{export.format}" and not out.is_dir()
    part = f"-{export.part}" if export.part else ""
    place = out.with_stem(out.stem + part) if named else out / made_at.name
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{place.name}.part")
    try:
        shutil.copyfile(made_at, half)
        os.replace(half, place)
    finally:
        half.unlink(missing_ok=True)
    return place
