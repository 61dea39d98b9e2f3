"""The figures for a club's board: who has to do with whom, what waits, and what happens week by week."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from bot.domain.models import Club
from bot.domain.sorting import sort_key
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work

LONG_WAIT = timedelta(days=14)
NOTHING_FOR = timedelta(weeks=6)
SWAPS_SINCE = timedelta(weeks=26)
WEEKS = 8

Pair = tuple[int, int]


@dataclass(frozen=True)
class Waiting:
    """A referral that nobody has touched for long."""

    number: int
    giver_id: int
    recipient_id: int
    days: int


@dataclass(frozen=True)
class WeekOfClub:
    """What happened in the week that began then (local)."""

    began: datetime
    referrals: int
    thanks: int
    one_to_ones: int
    visitors: int


@dataclass(frozen=True)
class Figures:
    """What the board is shown. All members are current ones.

    `swaps`: two who gave to each other and to nobody else in half a year, with how many each gave. `strangers`:
    two of whom neither ever gave the other one; no member is in two of the first of them while others are in none.
    `pairs`: how many pairs there are. `received_nothing` in six weeks, of those who are in the club that long.
    """

    weeks: Sequence[WeekOfClub]
    waiting: Sequence[Waiting]
    received_nothing: Sequence[int]
    strangers: Sequence[Pair]
    pairs: int
    swaps: Sequence[tuple[Pair, Pair]]
    names: Mapping[int, str]


async def of_club(work: "Work", club: Club) -> Figures:
    """The club's figures now."""
    here = [m for m in await work.members.all_of(club.id) if m.left_at is None and m.user_id is not None]
    ids = [member.id for member in here]
    ever = await work.board.passed(club.id)
    lately = {recipient for _, recipient in await work.board.passed(club.id, work.now - NOTHING_FOR)}
    waiting = [
        Waiting(number, giver, recipient, (work.now - given_at).days)
        for number, giver, recipient, given_at in await work.board.waiting(club.id, work.now - LONG_WAIT)
    ]
    named = {*ids, *(each.giver_id for each in waiting), *(each.recipient_id for each in waiting)}
    names = (await members.cast(work, club.id, named)).names
    nothing = [m.id for m in here if m.joined_at <= work.now - NOTHING_FOR and m.id not in lately]
    return Figures(
        weeks=await _weeks(work, club),
        waiting=waiting,
        received_nothing=sorted(nothing, key=lambda id_: sort_key(names[id_])),
        strangers=_spread([pair for pair in combinations(ids, 2) if pair not in ever and pair[::-1] not in ever]),
        pairs=len(ids) * (len(ids) - 1) // 2,
        swaps=_swaps(await work.board.passed(club.id, work.now - SWAPS_SINCE), ids),
        names=names,
    )


async def _weeks(work: "Work", club: Club) -> list[WeekOfClub]:
    """The club's last weeks, the present one last."""
    ended = await work.clubs.recent_posts(club.id, WEEKS - 1)
    bounds = [(post.week_began_at, post.slot_at) for post in reversed(ended)]
    weeks = []
    for since, until in [*bounds, (club.week_began_at, work.now + timedelta(microseconds=1))]:
        counted = await work.figures.week(club.id, since, until)
        one_to_ones, visitors = await work.board.activities(club.id, since, until)
        began = since.astimezone(club.zone)
        weeks.append(WeekOfClub(began, counted.total, counted.thanked, one_to_ones, visitors))
    return weeks


def _swaps(passed: Mapping[Pair, int], ids: Collection[int]) -> list[tuple[Pair, Pair]]:
    gave_to: dict[int, set[int]] = {}
    for giver, recipient in passed:
        gave_to.setdefault(giver, set()).add(recipient)
    return [
        ((one, other), (passed[one, other], passed[other, one]))
        for one, other in combinations(sorted(ids), 2)
        if gave_to.get(one) == {other} and gave_to.get(other) == {one}
    ]


def _spread(pairs: Sequence[Pair]) -> list[Pair]:
    """First such pairs as share no member, then the others."""
    taken: set[int] = set()
    first = []
    for pair in pairs:
        if taken.isdisjoint(pair):
            taken.update(pair)
            first.append(pair)
    chosen = set(first)
    return first + [pair for pair in pairs if pair not in chosen]
