"""python -m bot backup: a copy of the database, also while Kring works with it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from shlex import quote

from bot.cli.terminal import complain, counted, progress, remark, say
from bot.clock import SystemClock
from bot.settings import Settings
from bot.storage.address import is_postgres, path_of, without_password
from bot.storage.backup import Backups, back_up
from bot.storage.contents import Contents


def take(parser: ArgumentParser) -> None:
    """What may be typed after it."""
    parser.add_argument("--to", metavar="PLACE", help="a folder, or the new file; else where those of each night are")


def do(arguments: Namespace) -> int:
    """Make it, and print where it is."""
    settings = Settings()
    if is_postgres(settings.database_url):
        return complain(
            "The database is on a PostgreSQL server, whose own program makes the back-up, also while Kring works:\n"
            f"  pg_dump --format=custom --file=kring.dump --dbname={quote(without_password(settings.database_url))}"
        )
    database = path_of(settings.database_url)
    automatic = Backups(database, settings.backup_folder).place(SystemClock().now())
    place = _place(arguments.to, automatic) if arguments.to else automatic
    with progress("Copying") as told:
        contents = back_up(database, place, told)
    say(str(place))
    remark(f"{described(contents)}, {size(place)}. It holds contact details: keep it as safe as the database.")
    return 0


def described(contents: Contents) -> str:
    """What is in a database, to recognise it by."""
    last = contents.last_given_at
    told = f", the last given on {last:%Y-%m-%d %H:%M} UTC" if last else ""
    return f"{counted(contents.clubs, 'club')}, {counted(contents.referrals, 'referral')}{told}"


def size(file: Path) -> str:
    """How large the file is."""
    return f"{file.stat().st_size / 1e6:,.1f} MB"


def _place(typed: str, automatic: Path) -> Path:
    named = Path(typed)
    return named / automatic.name if named.is_dir() or typed.endswith("/") else named
