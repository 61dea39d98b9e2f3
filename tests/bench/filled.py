"""A database with clubs of whatever size, written at once."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.domain.slots import Slot, slot_after
from bot.storage.engine import Database
from bot.storage.migrate import migrate

MEMBERS, FEW = 60, 5
"""Of a club unless told; of one with fewer referrals than members."""
LATELY = 1_000
"""So many of a club's referrals are of the last two years; those before came every ten minutes, and none is open."""
_SLOT = Slot(0, time(9), ZoneInfo("Europe/Brussels"))

_PREPARED = (
    "CREATE TEMP TABLE sizes (club INTEGER PRIMARY KEY, referrals INTEGER, members INTEGER, before INTEGER)",
    "CREATE TEMP TABLE each (n INTEGER PRIMARY KEY)",
)
_WRITTEN = (
    """
    INSERT INTO each
    WITH RECURSIVE up(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up WHERE n + 1 < :most) SELECT n FROM up
    """,
    """
    INSERT INTO clubs (id, title, language, timezone, currency, post_day, post_time, week_began_at, next_slot_at,
                       last_number, created_at, remind_days, monthly_question)
    SELECT club, 'Kring ' || club, 'en', 'Europe/Brussels', 'EUR', 0, '09:00', :week_began_at, :next_slot_at,
           2 * referrals, '2000-01-01', 0, false
    FROM sizes
    """,
    "INSERT INTO club_chats (chat_id, club_id, current) SELECT -club, club, true FROM sizes",
    """
    INSERT INTO people (user_id, first_name, last_name, username, username_key, reachable, first_seen_at)
    SELECT 5000000000 + before + n, 'Member ' || n, 'Peeters', 'member' || (before + n), 'member' || (before + n),
           true, '2000-01-01'
    FROM sizes JOIN each ON n < members
    """,
    """
    INSERT INTO members (id, club_id, user_id, joined_at)
    SELECT 1 + before + n, club, 5000000000 + before + n, '2000-01-01' FROM sizes JOIN each ON n < members
    """,
    """
    INSERT INTO referrals (club_id, number, giver_id, recipient_id, contact, need, phone, email, given_at, chat_id,
                           message_id, position, status)
    SELECT club, referrals - n, 1 + before + n % members, 1 + before + (n + 1 + n % (members - 1)) % members,
           'Piet Peeters ' || n, 'a new website and a logo', '+32 470 12 34 56', 'piet' || n || '@example.org',
           strftime('%Y-%m-%d %H:%M:%f000', :now, '-' || CASE WHEN n < :lately THEN 730.0 * n / :lately
                                                              ELSE 730 + (n - :lately) / 144.0 END || ' days'),
           -club, n, 0, CASE WHEN n >= :lately THEN 'lost' WHEN n % 3 = 0 THEN 'new' ELSE 'contacted' END
    FROM sizes JOIN each ON n < referrals
    """,
    """
    INSERT INTO referral_events (referral_id, at, by_id, side, value)
    SELECT id, given_at, recipient_id, 'status', 'contacted' FROM referrals WHERE status = 'contacted'
    """,
    """
    INSERT INTO thanks (club_id, number, from_id, to_id, amount_minor, currency, referral_id, note, given_at, chat_id,
                        message_id)
    SELECT club_id, number + (SELECT referrals FROM sizes WHERE club = club_id), recipient_id, giver_id, 100 * number,
           'EUR', id, 'thanks for the introduction', given_at, chat_id, message_id
    FROM referrals WHERE number % 10 < 3
    """,
)


async def fill(folder: Path, referrals: Mapping[int, int], members: int = MEMBERS) -> None:
    """Give the folder a database with these clubs, by id, and so many referrals in each: three in ten thanked for."""
    database = Database(f"sqlite:///{folder / 'kring.db'}")
    await migrate(database)
    await database.close()
    now = SystemClock().now()
    next_slot_at = slot_after(_SLOT, now)
    values = {
        "most": max(*referrals.values(), members),
        "lately": LATELY,
        "now": now.isoformat(sep=" ", timespec="seconds")[:19],
        "week_began_at": _as_stored(next_slot_at - timedelta(days=7)),
        "next_slot_at": _as_stored(next_slot_at),
    }
    with closing(sqlite3.connect(folder / "kring.db")) as connection, connection:
        for statement in _PREPARED:
            connection.execute(statement)
        before = 0
        for club, count in referrals.items():
            there = members if count >= members else FEW
            connection.execute("INSERT INTO sizes VALUES (?, ?, ?, ?)", (club, count, there, before))
            before += there
        for statement in _WRITTEN:
            connection.execute(statement, values)


def _as_stored(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
