"""A back-up made while the clubs are busy, restored, gives the leaderboards of its instant."""

import asyncio
import shutil
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bell import Bell
from bot.clock import SystemClock
from bot.domain.periods import Period
from bot.playground.chats import Chat
from bot.playground.people import User
from bot.services import leaderboards
from bot.storage.engine import Database
from bot.storage.workplace import Workplace
from tests.support.databases import committed
from tests.support.operator import Operator
from tests.support.process import BotProcess

pytestmark = pytest.mark.sqlite

BACKUPS = 2
BETWEEN = 40
"""So many commands are dealt with before the first back-up, and between two."""


class Crowd:
    """Three clubs, whose members refer and thank, and whose admin undoes, without a pause."""

    def __init__(self, operator: Operator) -> None:
        self._world = operator.world
        self._admin = operator.anna
        self._people = [self._admin, *(self._world.person(name, username=name.lower()) for name in ("Bert", "Carla"))]
        self._clubs = [self._club(title) for title in ("Kring Aalst", "Kring Brugge", "Kring Gent")]
        self._typed = 0
        self.undoing: dict[int, tuple[int, int]] = {}
        """Of the updates that undo something: the chat, and the number of what they undo."""

    def _club(self, title: str) -> Chat:
        club = self._world.group(title, self._admin, self._people)
        self._world.add_bot(club, self._admin)
        return club

    def types(self) -> None:
        """Somebody types something somewhere."""
        turn, number = divmod(self._typed, len(self._clubs))
        self._typed += 1
        club, who, other = self._clubs[number], self._person(turn), self._person(turn + 1 + turn % 2)["username"]
        if turn % 5 == 4:
            self.undoing[self._world.next_update_id] = club.id, turn // 2
            self._world.say(self._admin, club, f"/undo #{turn // 2}")
        elif turn % 5 == 3:
            self._world.say(who, club, f"/thanks @{other} for #{turn // 3}")
        else:
            self._world.say(who, club, f"/refer @{other} Contact{turn}x: a roof")

    def _person(self, number: int) -> User:
        return self._people[number % len(self._people)]


def dealt_with(folder: Path) -> int:
    return int(committed(folder, "SELECT count(*) FROM inbox WHERE state = 'done'")[0][0])


async def backed_up(operator: Operator, crowd: Crowd, number: int) -> Path:
    """Make a back-up by a program of its own, while the crowd goes on; by themselves two of one second had one name."""
    program = BotProcess(operator.folder)
    place = operator.folder / f"{number}.db"
    program.command = (sys.executable, "-m", "bot", "backup", "--to", str(place))
    await program.start()
    ended = asyncio.create_task(program.ended())
    while not ended.done():
        crowd.types()
        await asyncio.sleep(0.01)
    assert await ended == 0
    return place


def as_it_was(backup: Path, ledger: Path, crowd: Crowd) -> datetime:
    """Make the ledger, a copy of the live one, what it was when the back-up was made: up to the last row of each table,
    and undone what was undone by then. Returns the instant of the last update that had its effect."""
    with closing(sqlite3.connect(backup)) as copy:
        done = {id_ for (id_,) in copy.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
        (last,) = copy.execute("SELECT max(ended_at) FROM inbox").fetchone()
        ends = {
            table: copy.execute(f"SELECT max(id) FROM {table}").fetchone()  # noqa: S608  our own words
            for table in ("thanks", "referrals", "members")
        }
    undone_later = [of_club for update_id, of_club in crowd.undoing.items() if update_id not in done]
    assert 0 < len(undone_later) < len(crowd.undoing)
    with closing(sqlite3.connect(ledger)) as live, live:
        for table in ("thanks", "referrals"):
            live.executemany(
                f"UPDATE {table} SET undone_at = NULL WHERE chat_id = ? AND number = ?",  # noqa: S608  as above
                undone_later,
            )
        for table, end in ends.items():
            live.execute(f"DELETE FROM {table} WHERE id > ?", end)  # noqa: S608  as above
    return datetime.fromisoformat(last).replace(tzinfo=UTC)


async def boards(file: Path, now: datetime) -> Sequence[Any]:
    """All that the leaderboards of all clubs then show, of the week and of all time."""
    database = Database(f"sqlite:///{file}")
    try:
        async with Workplace(database, SystemClock(), Bell()).look() as work:
            work.now = now
            clubs = [await work.clubs.get(number) for number in (2, 3, 4)]
            return [await leaderboards.over(work, club, each) for club in clubs for each in (Period.WEEK, Period.ALL)]
    finally:
        await database.close()


async def test_a_back_up_taken_under_load_and_restored_gives_the_leaderboards_of_its_instant(
    operator: Operator, folder: Path, tmp_path: Path
) -> None:
    crowd = Crowd(operator)
    program = operator.prepare(DAILY_LIMIT="0", BACKUPS_KEPT="0")
    await program.start()
    made = []
    for number in range(BACKUPS):
        enough = dealt_with(folder) + BETWEEN
        while dealt_with(folder) < enough:
            crowd.types()
            await asyncio.sleep(0.01)
        made.append(await backed_up(operator, crowd, number))
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0

    live = Path(shutil.copy(folder / "kring.db", tmp_path / "live.db"))
    (given_by_the_end,) = committed(folder, "SELECT count(*) FROM referrals")[0]
    for backup in made:
        ledger = Path(shutil.copy(live, tmp_path / "as it was.db"))
        then = as_it_was(backup, ledger, crowd)
        restoring = BotProcess(folder)
        restoring.command = (sys.executable, "-m", "bot", "restore", str(backup), "--yes")
        assert await restoring.exit_code() == 0
        now = then + timedelta(microseconds=1)
        restored = await boards(folder / "kring.db", now)
        assert restored == await boards(ledger, now)
        assert 0 < sum(ranking.total for ranking in restored[1::2]) < given_by_the_end
