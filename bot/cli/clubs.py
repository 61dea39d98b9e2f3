"""python -m bot clubs: the clubs that Kring serves."""

import asyncio
import sys
from argparse import Namespace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli.database import looking
from bot.cli.terminal import is_read_along, remark, table
from bot.settings import Settings
from bot.storage.overview import AtAGlance

HEADINGS = ("id", "title", "chat", "members", "referrals", "last activity", "next post", "language", "bot")
NUMBERS = ("id", "chat", "members", "referrals")


def do(_: Namespace) -> int:
    """List them; where a program reads, with instants as ISO 8601 tells them."""
    clubs = asyncio.run(_clubs(Settings().database_url))
    table(HEADINGS, [_row(each) for each in clubs], NUMBERS, spare=("chat",))
    if not clubs:
        remark("There are no clubs yet: add the bot to a group.")
    return 0


async def _clubs(url: str) -> list[AtAGlance]:
    async with looking(url) as work:
        return await work.overview.clubs()


def _row(seen: AtAGlance) -> tuple[str, ...]:
    club = seen.club
    gone = club.bot_left_at
    return (
        str(club.id),
        club.title,
        str(club.chat_id),
        str(seen.members),
        str(seen.referrals),
        _moment(seen.last_at, club.zone, "%Y-%m-%d"),
        "" if gone else _moment(club.next_slot_at, club.zone, "%a %H:%M"),
        club.language,
        f"removed {_moment(gone, club.zone, '%Y-%m-%d')}" if gone else "in",
    )


def _moment(instant: datetime | None, zone: ZoneInfo, read_along: str) -> str:
    """The club's local time; on a terminal as short as it can be understood."""
    if instant is None:
        return ""
    local = instant.astimezone(zone)
    return f"{local:{read_along}}" if is_read_along(sys.stdout) else local.isoformat(timespec="seconds")
