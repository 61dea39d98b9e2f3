"""What people ask of a club with a long history, beside one whose history is short.

Their members and their last two years are alike. There are so many members that a million referrals are a life's work
for each: one a week for twenty years.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.bell import Bell
from bot.clock import SystemClock
from bot.domain.models import Club, Member
from bot.domain.periods import Period
from bot.services import leaderboards, month, standing, value
from bot.storage.engine import Database
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.bench.filled import LATELY, fill

Question = Callable[[Work, Club, Member], Awaitable[object]]
SMALL, LARGE = 1, 2
MEMBERS = 1_000


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    referrals, times = (20_000, 5) if short else (1_000_000, 100)
    with TemporaryDirectory() as place:
        asyncio.run(fill(Path(place), {SMALL: LATELY, LARGE: referrals}, MEMBERS))
        return [
            f"| milliseconds in a club of {referrals:,} referrals, of {times} times | p50 | p95 "
            f"| of {LATELY:,} referrals | ratio |",
            "|---|---|---|---|---|",
            *asyncio.run(_asked(Path(place), times)),
        ]


async def _my_stats(work: Work, club: Club, member: Member) -> None:
    figures = await work.figures.of_member(member.id)
    await standing.of_member(work, club, member, figures)
    await month.of_member(work, club, member)


async def _value(work: Work, club: Club, member: Member) -> None:
    await value.of_club(work, club)
    await value.of_member(work, club, member)


def _board(period: Period) -> Question:
    return lambda work, club, _: leaderboards.over(work, club, period)


ASKED: dict[str, Question] = {
    "`/leaderboard`": _board(Period.WEEK),
    "`/leaderboard year`": _board(Period.YEAR),
    "`/mystats`": _my_stats,
    "`/value`, the club's and one's own": _value,
    "the weekly post": lambda work, club, _: leaderboards.close_week(work, club),
    "`/leaderboard all`": _board(Period.ALL),
}


async def _asked(place: Path, times: int) -> list[str]:
    database = Database(f"sqlite:///{place / 'kring.db'}")
    workplace = Workplace(database, SystemClock(), Bell())
    lines = []
    for name, question in ASKED.items():
        small, large = [await _times(workplace, question, club, times) for club in (SMALL, LARGE)]
        p95 = quantiles(large, n=20)[18]
        ratio = median(large) / median(small)
        lines.append(f"| {name} | {median(large):.1f} | {p95:.1f} | {median(small):.1f} | {ratio:.2f} |")
    await database.close()
    return lines


async def _times(workplace: Workplace, question: Question, club_id: int, times: int) -> list[float]:
    """Milliseconds it takes, each time in a transaction that is undone; the first time, unseen, warms up."""
    taken = []
    for _ in range(times + 1):
        try:
            async with workplace.work() as work:
                club = await work.clubs.get(club_id)
                member = (await work.members.all_of(club_id))[0]
                began = time.perf_counter()
                await question(work, club, member)
                taken.append(1000 * (time.perf_counter() - began))
                raise _Undone
        except _Undone:
            pass
    return taken[1:]


class _Undone(Exception):  # noqa: N818  no error: nothing is kept
    pass
