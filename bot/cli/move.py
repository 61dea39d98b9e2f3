"""python -m bot move: from SQLite's file to a PostgreSQL server."""

import asyncio
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.cli.terminal import complain, counted, progress, say
from bot.storage.address import is_postgres, path_of
from bot.storage.backup import Progress, back_up
from bot.storage.engine import Database
from bot.storage.migrate import check_known, migrate
from bot.storage.move import Moved, move
from bot.storage.sole_use import sole_use


def take(parser: ArgumentParser) -> None:
    """What has to be typed after it."""
    parser.add_argument("--from", dest="source", metavar="URL", required=True, help="as in sqlite:///kring.db")
    parser.add_argument("--to", metavar="URL", required=True, help="as in postgresql://kring:password@localhost/kring")


def do(arguments: Namespace) -> int:
    """Move, while no Kring runs on the file, which stays as it is."""
    source, to = arguments.source, arguments.to
    if not source.startswith("sqlite:///") or not is_postgres(to):
        return complain("Say it as in: move --from sqlite:///kring.db --to postgresql://kring:password@localhost/kring")
    file = path_of(source)
    if not file.exists():
        return complain(f"There is no database {file}.")
    with sole_use(source), sole_use(to), progress("Moving") as told:
        moved = _move(file, to, told)
    place = Database(to).place
    said = ", ".join(counted(moved.rows[f"{noun}s"], noun) for noun in ("club", "member", "referral"))
    said += f", {moved.rows['thanks']:,} thanks"
    say(f"{place} {'had it all already' if moved.before else 'has it all now'}, checked club by club: {said}.")
    say(f"Now give that address to Kring as DATABASE_URL. {file} is as it was; do not start Kring on it again.")
    return 0


def _move(file: Path, to: str, told: Progress) -> Moved:
    """By way of a copy, which is brought up to this version: a Kring that does not move yet can go on with the file."""
    copy = Path(f"{file}-moving")
    try:
        check_known(back_up(file, copy, lambda _done, _all: None, at_rest=True).revision, file)
        return asyncio.run(_move_copy(copy, to, told))
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


async def _move_copy(copy: Path, to: str, told: Progress) -> Moved:
    source, target = Database(f"sqlite:///{copy}"), Database(to)
    try:
        await migrate(source)
        return await move(source, target, told)
    finally:
        await source.close()
        await target.close()
