"""The club's circle: who referred to whom, and whom that reached outside the club."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.domain.models import Club, Member
from bot.domain.names import display_names
from bot.domain.periods import Stretch, bounds

if TYPE_CHECKING:
    from bot.storage.work import Work

MOST, OF_MORE = 80, 60
"""So many members are shown at most; of a club that has more, so many."""
_STRONGEST = 3
_SECOND, _THIRD = 2, 3

Pair = tuple[int, int]
"""Giver and recipient."""


@dataclass(frozen=True)
class Seat:
    """A member as the circle shows them. `linked`: did they give or receive, or did a chain of theirs go on?

    `second` and `third`: how many people outside the club were reached through them, by degree. Who is in no ranking
    is shown with no more than one of anything: in the circle all the same, and standing out in nothing.
    """

    name: str
    given: int
    linked: bool
    second: int
    third: int


@dataclass(frozen=True)
class Circle:
    """The circle of a period that began then (local; None: ever). `seats` are in the order in which members came.

    `arrows` lead from one of the seats to another, by their places, with a strength. `strongest`: giver, recipient and
    count of the pairs with the most referrals, those in no ranking left out. All other figures are the whole club's,
    with those who left and are not shown: `given` referrals by `givers` people to `takers`, and the people reached in
    the `second` and in the `third` degree or further. `waiting`: members without any link. `members`: how many could
    be shown, so more than the seats where they are too many. `left`: do those who left have a part in the figures?
    `is_over`: nothing is added to the period any more.
    """

    period: Stretch
    since: datetime | None
    last_day: date
    seats: Sequence[Seat]
    arrows: Sequence[tuple[int, int, int]]
    strongest: Sequence[tuple[str, str, int]]
    given: int
    givers: int
    takers: int
    second: int
    third: int
    waiting: int
    members: int
    left: bool
    is_over: bool


async def of_club(work: "Work", club: Club, period: Stretch) -> Circle:
    """The circle of the period, of what counts now.

    In it are the members that the club has now, and those of whom only the @username is known if they are linked.
    """
    since, until = bounds(period, work.now, club.zone, club.week_began_at)
    passed = await work.board.passed(club.id, since, until)
    reached = await work.chains.reached(club.id, since, until)
    everyone = await work.members.all_of(club.id)
    names = display_names(member.name for member in everyone)
    links = _links(passed, reached)
    here = [each for each in everyone if each.left_at is None and (each.user_id is not None or links[each.id])]
    shown = _shown(here, links)
    place = {member.id: at for at, member in enumerate(shown)}
    quiet = {member.id for member in shown if member.quiet}
    here_ids = {member.id for member in here}
    return Circle(
        period=period,
        since=since and since.astimezone(club.zone),
        last_day=work.now.astimezone(club.zone).date(),
        seats=[_seat(member, names[member.id], passed, reached, links) for member in shown],
        arrows=[
            (place[giver], place[taker], 1 if {giver, taker} & quiet else count)
            for (giver, taker), count in sorted(passed.items())
            if giver in place and taker in place
        ],
        strongest=_strongest({pair: n for pair, n in passed.items() if place.keys() - quiet >= set(pair)}, names),
        given=sum(passed.values()),
        givers=len({giver for giver, _ in passed}),
        takers=len({taker for _, taker in passed}),
        second=sum(count for (_, degree), count in reached.items() if degree == _SECOND),
        third=sum(count for (_, degree), count in reached.items() if degree == _THIRD),
        waiting=sum(not links[member.id] for member in here),
        members=len(here),
        left=not here_ids >= links.keys(),
        is_over=until <= work.now,
    )


def _links(passed: Mapping[Pair, int], reached: Mapping[tuple[int, int], int]) -> Counter[int]:
    """How much each has to do with the others: what they gave and received, and what came of chains they began."""
    links: Counter[int] = Counter()
    for (giver, taker), count in passed.items():
        links[giver] += count
        links[taker] += count
    for (member, degree), count in reached.items():
        links[member] += count if degree == _THIRD else 0
    return +links


def _shown(here: Sequence[Member], links: Counter[int]) -> list[Member]:
    """All, or where they are too many the ones with the most links; in the order in which they came."""
    if len(here) <= MOST:
        return list(here)
    first = sorted(here, key=lambda member: (-links[member.id], member.id))[:OF_MORE]
    return sorted(first, key=lambda member: member.id)


def _seat(
    member: Member,
    name: str,
    passed: Mapping[Pair, int],
    reached: Mapping[tuple[int, int], int],
    links: Counter[int],
) -> Seat:
    given = sum(count for (giver, _), count in passed.items() if giver == member.id)
    counts = (given, reached.get((member.id, _SECOND), 0), reached.get((member.id, _THIRD), 0))
    given, second, third = (min(count, 1) for count in counts) if member.quiet else counts
    return Seat(name, given, links[member.id] > 0, second, third)


def _strongest(passed: Mapping[Pair, int], names: Mapping[int, str]) -> list[tuple[str, str, int]]:
    """The pairs with the most referrals, more than one; equals in the order of their names."""
    several = [(names[giver], names[taker], count) for (giver, taker), count in passed.items() if count > 1]
    return sorted(several, key=lambda pair: (-pair[2], pair[0].casefold(), pair[1].casefold()))[:_STRONGEST]
