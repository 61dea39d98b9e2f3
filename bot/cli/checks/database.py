"""Is the database as it should be, a file or a server's, and is there a back-up of it?"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.checks.findings import Finding, advice, change, passing, well
from bot.storage import trouble
from bot.storage.address import place_of
from bot.storage.backup import Backups
from bot.storage.contents import examine, try_to_write
from bot.storage.engine import Database
from bot.storage.migrate import head, revision
from bot.storage.sole_use import Unusable
from bot.storage.work import Work

LITTLE_ROOM_BYTES = 200 << 20
LAST = 5
"""So many of what was set aside are named."""
A_NIGHT = timedelta(hours=26)
"""A back-up may take a while, and one night of the year has an hour more."""


def check_file(file: Path) -> Iterator[Finding]:
    """Is it there and sound, may it be written, and is there room for more?"""
    if not file.exists():
        yield advice("database", f"there is no {file} yet", "start Kring, which makes it; or see DATABASE_URL")
        return
    try:
        found = examine(file).revision
        try_to_write(file)
    except Unusable as problem:
        weigh = passing if problem.passes else change
        yield weigh("database", f"{file} cannot be used", str(problem))
        return
    size = sum(path.stat().st_size for path in (file, Path(f"{file}-wal")) if path.exists())
    yield well("database", f"{file} is sound and can be written, {size / 1e6:,.1f} MB")
    yield from _check_revision(found)
    yield from _check_room(file)


async def check_server(url: str) -> list[Finding]:
    """Does the server let Kring in, and what is there?"""
    database = Database(url)
    try:
        async with database.read() as connection:
            found = await connection.run_sync(revision)
    except SQLAlchemyError as error:
        weigh = passing if trouble.passes(error) else change
        return [weigh("database", f"{place_of(url)} cannot be used", trouble.advice(error, place_of(url)))]
    finally:
        await database.close()
    return [
        well("database", f"{place_of(url)} answers"),
        *_check_revision(found),
        advice("back-up", "a server's are not made by Kring", "have pg_dump run each night: `python -m bot backup`"),
    ]


def _check_revision(found: str | None) -> Iterator[Finding]:
    if found == head():
        yield well("schema", f"{found}, that of this version")
    elif found is None or found < head():
        yield advice(
            "schema", f"{found or 'none'}, older than this version's {head()}", "start Kring, which brings it up"
        )
    else:
        yield change("schema", f"{found}, of a newer Kring: this one knows those up to {head()}", "upgrade Kring")


def _check_room(file: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(file.parent).free
    words = f"{free / 1e9:,.1f} GB are free in {file.parent}"
    if free < LITTLE_ROOM_BYTES:
        yield change("disk", words, "make room, before Kring cannot write any more")
    else:
        yield well("disk", words)


def check_backups(backups: Backups, kept: int, now: datetime) -> Iterator[Finding]:
    """Was one made last night?"""
    try:
        made = backups.made()
    except Unusable as problem:
        yield change("back-up", "the folder cannot be looked into", str(problem))
        return
    if not kept:
        yield advice("back-up", "none is made at night, as BACKUPS_KEPT is 0", "set it, or run `python -m bot backup`")
        if made:
            yield advice(
                "back-up", f"{len(made)} of before are in {backups.folder} still", "remove them, or keep them safe"
            )
        return
    if not made:
        yield advice("back-up", f"there is none in {backups.folder} yet", "start Kring, which makes one at once")
        return
    age = now - made[0].made_at
    words = f"the last of {len(made)} was made {_hours(age)} ago: {made[0].file}"
    if age > A_NIGHT:
        yield change("back-up", words, "see that Kring runs, and whether its log tells what keeps it from making one")
    else:
        yield well("back-up", words)


def _hours(age: timedelta) -> str:
    days, seconds = max(age, timedelta()).days, max(age, timedelta()).seconds
    return f"{days} days" if days > 1 else f"{days * 24 + seconds // 3600} hours"


async def check_leftovers(work: Work) -> list[Finding]:
    """What could not be dealt with, and what could not be said?"""
    failed = await work.inbox.failures()
    unsaid = await work.outbox.count_unsaid()
    kinds = ", ".join(f"#{id_} {error.partition(':')[0]}" for id_, error in failed[-LAST:])
    aside = well("set aside", "nothing: all that came in was dealt with")
    if failed:
        words = f"updates that could not be dealt with: {len(failed)}, the last are {kinds}"
        aside = advice("set aside", words, 'see "When something fails" in README.md, and report the error')
    lost = ", ".join(f"{count} {state}" for state, count in sorted(unsaid.items()))
    words = f"messages that could not be said, mostly as somebody blocked the bot: {lost}" if lost else "all were said"
    return [aside, well("messages", words)]
