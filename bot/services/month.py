"""A member's own month: what they gave and received week by week, and their circle of the second degree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.models import Club, Member
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work

WEEKS = 8
"""So many at most: with the one that runs, nearly two months, as one learns little from four."""


@dataclass(frozen=True)
class WeekOfMember:
    """A week of the club and what the member gave and received in it; `began` is its first day, local."""

    began: date
    given: int
    received: int


@dataclass(frozen=True)
class Tie:
    """A member whom this one gave to or received from, and what it led to.

    `went_on`: to whom what was given went on from there; `came_from`: from whom what was received came. Names, each
    once. `business`: how many thanks there were for business with people outside the club. All three are further on
    than the other member themselves: the second degree, and what lies beyond it.
    """

    name: str
    given: int
    received: int
    went_on: Sequence[str]
    came_from: Sequence[str]
    business: int


@dataclass(frozen=True)
class Month:
    """The last weeks of the club, the one that runs last; and the ties, the strongest first."""

    name: str
    weeks: Sequence[WeekOfMember]
    ties: Sequence[Tie]


async def of_member(work: "Work", club: Club, member: Member) -> Month:
    """The member's month as it is now."""
    months = work.months
    given, received = await months.given_to(member.id), await months.received_from(member.id)
    went_on, came_from = await months.went_on(member.id), await months.came_from(member.id)
    business = await months.business(member.id)
    others = given.keys() | received.keys() | business.keys()
    further = {whom for _, whom in (*went_on, *came_from)}
    names = (await members.cast(work, club.id, others | further | {member.id})).names

    def reached(pairs: Iterable[tuple[int, int]], through: int) -> list[str]:
        return [names[whom] for whom in dict.fromkeys(whom for first, whom in pairs if first == through)]

    ties = {
        id_: Tie(
            name=names[id_],
            given=given[id_],
            received=received[id_],
            went_on=reached(went_on, id_),
            came_from=reached(came_from, id_),
            business=business[id_],
        )
        for id_ in others
    }
    strongest = sorted(ties, key=lambda id_: (-_strength(ties[id_]), id_))
    return Month(names[member.id], await _weeks(work, club, member), [ties[id_] for id_ in strongest])


def _strength(tie: Tie) -> int:
    return tie.given + tie.received + len(tie.went_on) + len(tie.came_from) + tie.business


async def _weeks(work: "Work", club: Club, member: Member) -> list[WeekOfMember]:
    """Up to WEEKS of them. What is recorded at this very instant counts."""
    posts = reversed(await work.clubs.recent_posts(club.id, WEEKS - 1))
    weeks = [(post.week_began_at, post.slot_at) for post in posts]
    weeks.append((club.week_began_at, work.now + timedelta(microseconds=1)))
    counted = await work.months.by_week(member.id, weeks)
    return [
        WeekOfMember(began.astimezone(club.zone).date(), given, received)
        for (began, _), (given, received) in zip(weeks, counted, strict=True)
    ]
