"""Making the files that the outbox names by a recipe, when they are sent.

Those of an export are made on disk and piece by piece: neither memory nor anybody's answer depends on how long the
ledger is.
"""

import asyncio
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.domain.exports import CSV, XLSX, Export, Summary
from bot.domain.models import Club
from bot.domain.names import strip_invisible
from bot.files.csv_file import CsvFile
from bot.files.json_file import JsonFile
from bot.files.writing import Writer
from bot.services import own_data
from bot.services.export import Records
from bot.texts import exports as texts
from bot.texts import language

if TYPE_CHECKING:
    from bot.storage.work import Work

UPLOAD_LIMIT = 50_000_000
"""The bytes of a file that a bot may send, says the Bot API; of the parts of a larger one less, as they differ."""
SHEET = 1_048_575
"""The rows of a sheet without its heading, says Excel."""
_FULL = 0.8
_LONGEST_NAME = 40
_PREFIX = "kring-file-"


Look = Callable[[], AbstractAsyncContextManager["Work"]]
"""Gives one state of the database, to read."""


@dataclass
class Progress:
    """How far a file is: `done` of `whole` records."""

    done: int = 0
    whole: int = 0

    @property
    def percent(self) -> int:
        """It is never said to be complete: there is more to do after the last record."""
        return min(99, 100 * self.done // max(self.whole, 1))


@dataclass(frozen=True)
class Made:
    """A file at `path`; or, where it would be too large, the parts to be made instead of it, each with its caption."""

    path: Path = field(default_factory=Path)
    parts: Sequence[tuple[Export, str]] = ()


class CannotBeMade(Exception):  # noqa: N818  it reads as what is so, like a refusal
    """There will be no file."""


@asynccontextmanager
async def made(look: Look, recipe: dict[str, Any], progress: Progress, *, limit: int | None) -> AsyncIterator[Made]:
    """The file of an Export's recipe, zipped where it has more than `limit` bytes; or what is kept of a `person`, or
    would become of each line of an `import`.

    It is there as long as it is needed. Raises CannotBeMade.
    """
    try:
        folder = await asyncio.to_thread(TemporaryDirectory, prefix=f"{_PREFIX}{os.getpid()}-")
    except OSError as error:
        raise CannotBeMade(str(error)) from error
    try:
        yield await _made(look, recipe, progress, limit, Path(folder.name))
    finally:
        folder.cleanup()


def clear_up() -> None:
    """Remove what processes left that were killed while they made a file: with this one's number, or none's now."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and (int(number) == os.getpid() or not _runs(int(number))):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


async def _made(look: Look, recipe: dict[str, Any], progress: Progress, limit: int | None, folder: Path) -> Made:
    try:
        if "person" in recipe:
            return await _own_data(look, recipe["person"], folder)
        if "import" in recipe:
            return await _report(look, recipe["import"], folder)
        return await _export(look, Export.from_recipe(recipe), progress, limit, folder)
    except OSError as error:
        raise CannotBeMade(str(error)) from error


async def _own_data(look: Look, user_id: int, folder: Path) -> Made:
    async with look() as work:
        own = await own_data.document(work, user_id)
    path = folder / "mydata.json"
    await asyncio.to_thread(path.write_text, json.dumps(own, ensure_ascii=False, indent=2), "utf-8")
    return Made(path)


async def _report(look: Look, import_id: int, folder: Path) -> Made:
    async with look() as work:
        report = await work.imports.report(import_id)
    path = folder / "import-report.csv"
    await asyncio.to_thread(path.write_text, report, "utf-8-sig", newline="")
    return Made(path)


async def _export(look: Look, export: Export, progress: Progress, limit: int | None, folder: Path) -> Made:
    async with look() as work:
        club = await work.clubs.get(export.club_id)
        counts = await work.lists.counts(club.id, export.since, export.until)
        if export.format == XLSX and max(counts.values()) > SHEET:
            return Made(parts=await _parts(work, club, export, ceil(max(counts.values()) / SHEET / _FULL)))
        progress.whole += sum(counts[table.name] for table in export.tables)
        path = folder / _name(club, export)
        await _write(work, club, export, path, progress)
    if limit is None or path.stat().st_size <= limit:
        return Made(path)
    packed = path if export.format == XLSX else await asyncio.to_thread(_zipped, path)  # an XLSX is zipped as it is
    if (size := packed.stat().st_size) <= limit:
        return Made(packed)
    async with look() as work:
        return Made(parts=await _parts(work, club, export, ceil(size / limit / _FULL)))


async def _write(work: "Work", club: Club, export: Export, path: Path, progress: Progress) -> None:
    records = await Records.of(work, club, export.since, export.until)
    writer = await asyncio.to_thread(_writer(club, export, records), path)
    try:
        for table in export.tables:
            await asyncio.to_thread(writer.begin, table)
            async for piece in records.of_table(table):
                progress.done += await asyncio.to_thread(writer.add, piece)
        await asyncio.to_thread(writer.end)
    except BaseException:
        writer.give_up()
        raise


def _writer(club: Club, export: Export, records: Records) -> Callable[[Path], Writer]:
    if export.format == CSV:
        return CsvFile
    since, asked_at = (at and at.astimezone(club.zone) for at in (export.since, export.asked_at))
    assert asked_at is not None  # noqa: S101  for the type checker
    if export.format == XLSX:
        lang = language(export.language)
        summary = texts.summary(
            lang,
            club.title,
            club.currency,
            texts.period(lang, export, club.zone),
            asked_at.date(),
            records.shown,
            records.tallies,
        )
        return lambda path: _spreadsheet(path, summary, asked_at)
    about = {
        "club": {"title": club.title, "timezone": club.timezone, "currency": club.currency},
        "exported_at": asked_at.isoformat(timespec="seconds"),
        "period": {
            "since": since and since.isoformat(timespec="seconds"),
            "until": export.until.astimezone(club.zone).isoformat(timespec="seconds"),
        },
    }
    return lambda path: JsonFile(path, about)


def _spreadsheet(path: Path, summary: Summary, asked_at: datetime) -> Writer:
    from bot.files.xlsx_file import XlsxFile  # it takes memory, and most of the time nobody needs it

    return XlsxFile(path, path.parent, summary, asked_at)


def _name(club: Club, export: Export) -> str:
    """referrals.csv for a table; else after the club and the first and last day, as people keep several."""
    part = f"-{export.part}" if export.part else ""
    if export.table:
        return f"{export.table}{part}.{export.format}"
    title = re.sub(r"[\W_]+", "-", strip_invisible(club.title)).strip("-").lower()[:_LONGEST_NAME] or "club"
    days = "-".join(str(day) for day in dict.fromkeys(export.days(club.zone)) if day)
    return f"{title}-{days}{part}.{export.format}"


def _zipped(path: Path) -> Path:
    zipped = path.with_name(f"{path.name}.zip")
    with ZipFile(zipped, "w", ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    path.unlink()
    return zipped


async def _parts(work: "Work", club: Club, export: Export, number: int) -> Sequence[tuple[Export, str]]:
    lang, parts = (
        language(export.language),
        export.cut_at(await work.lists.cuts(club.id, export.since, export.until, max(number, 2))),
    )
    if len(parts) < 2:
        raise CannotBeMade("it is too large, and cannot be cut by time")
    return [
        (part, texts.part(lang, number, len(parts), texts.period(lang, part, club.zone)))
        for number, part in enumerate(parts, 1)
    ]
