"""What an export of a long ledger costs: time, memory, and how long others wait for their turn, 99 times of 100.

Run as a program it is the process that is measured: one with all of the bot in it, as that is what makes the files.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from bot import app  # noqa: F401  all that a bot has in memory
from bot.bell import Bell
from bot.clock import SystemClock
from bot.documents import Progress, made
from bot.domain.exports import FORMATS, Export, files_of
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from bot.storage.workplace import Workplace
from tests.bench.memory import resident_mb

MEMBERS = 60
_HEARTBEAT_S = 0.005
_CLUB = """
INSERT INTO clubs (id, title, language, timezone, currency, post_day, post_time, week_began_at, next_slot_at,
                   last_number, created_at)
VALUES (1, 'Kring Gent', 'en', 'Europe/Brussels', 'EUR', 0, '09:00', '2026-11-23', '2026-11-30', :rows, '2016-01-01');
INSERT INTO club_chats (chat_id, club_id, current) VALUES (-1, 1, true);
"""
_PEOPLE = """
WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :members)
INSERT INTO people (user_id, first_name, last_name, reachable, first_seen_at)
SELECT 5000000000 + n, 'Member ' || n, 'Peeters', false, '2016-01-01' FROM each
"""
_REFERRALS = """
WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :rows)
INSERT INTO referrals (club_id, number, giver_id, recipient_id, contact, need, phone, email, given_at, chat_id,
                       message_id, position, status)
SELECT 1, n, 1 + n % :members, 1 + (n + 1 + n % 7) % :members, 'Piet Peeters ' || n, 'a new website and a logo',
       '+32 470 12 34 56', 'piet' || n || '@example.org', datetime('2016-01-01', '+' || (n * 5) || ' minutes'), -1, n,
       0, CASE n % 3 WHEN 0 THEN 'new' ELSE 'won' END
FROM each WHERE n % 10 < 7
"""
_THANKS = """
WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :rows)
INSERT INTO thanks (club_id, number, from_id, to_id, amount_minor, currency, referral_id, note, given_at, chat_id,
                    message_id)
SELECT 1, n, 1 + n % :members, 1 + (n + 1) % :members, 100 * n, 'EUR',
       (SELECT id FROM referrals WHERE club_id = 1 AND number = n - 7), 'thanks for the introduction',
       datetime('2016-01-01', '+' || (n * 5) || ' minutes'), -1, n
FROM each WHERE n % 10 >= 7
"""
_EVENTS = """
INSERT INTO referral_events (referral_id, at, by_id, side, value)
SELECT id, given_at, recipient_id, 'status', 'contacted' FROM referrals WHERE number % 2 = 0
"""
_MEMBERS = "INSERT INTO members (club_id, user_id, joined_at) SELECT 1, user_id, first_seen_at FROM people"


def measured(rows: int) -> list[str]:
    """The table, in lines."""
    lines = [
        f"| export of {rows:,} entries | time | of that at work | memory at most | more than before | others wait |"
    ]
    lines.append("|---|---|---|---|---|---|")
    with TemporaryDirectory() as place:
        url = f"sqlite:///{place}/kring.db"
        asyncio.run(fill(url, rows))
        for format_ in FORMATS:
            child = [sys.executable, "-m", "tests.bench.exports", url, format_]
            lines.append(subprocess.run(child, capture_output=True, check=True, text=True).stdout.strip())  # noqa: S603
    return lines


async def fill(url: str, rows: int) -> None:
    """A club with so many entries, given over the years: seven referrals to three thanks, half of them moved on."""
    database = Database(url)
    await migrate(database)
    await database.close()
    values = {"rows": rows, "members": MEMBERS}
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        for statement in (*_CLUB.split(";")[:-1], _PEOPLE, _MEMBERS, _REFERRALS, _THANKS, _EVENTS):
            connection.execute(statement, values)


async def _make(url: str, format_: str) -> str:
    database, now = Database(url), datetime(2026, 11, 30, tzinfo=UTC)
    workplace = Workplace(database, SystemClock(), Bell())
    before, gaps, size = resident_mb(os.getpid()), [0.0], 0
    began, at_work = time.perf_counter(), time.process_time()
    beating = asyncio.create_task(_beat(gaps))
    for table in files_of(format_):
        export = Export(1, format_, table, None, now, now, "en")
        async with made(workplace.look, export.recipe(), Progress(), limit=None) as file:
            size += file.path.stat().st_size
    taken, worked = time.perf_counter() - began, time.process_time() - at_work
    beating.cancel()
    await database.close()
    most = resident_mb(os.getpid(), "VmHWM")
    return (
        f"| {format_}, {size / 1e6:.0f} MB | {taken:.0f} s | {worked:.0f} s | {most:.0f} MB "
        f"| {most - before:.0f} MB | {1000 * sorted(gaps)[len(gaps) * 99 // 100]:.0f} ms |"
    )


async def _beat(gaps: list[float]) -> None:
    """How much later than asked for this task is woken."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_HEARTBEAT_S)
        gaps.append(time.perf_counter() - began - _HEARTBEAT_S)


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(_make(*sys.argv[1:])))
