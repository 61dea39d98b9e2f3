"""The club's real return: how much of it came through people the members know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.models import Club, Member
from bot.domain.periods import Period, start_of
from bot.domain.questions import Question, month_of
from bot.domain.slots import instant_of
from bot.domain.value import FEWEST, Business, Share, by_amount, by_amount_for_all, by_count

if TYPE_CHECKING:
    from bot.storage.work import Work

SIX_WEEKS = timedelta(weeks=6)
MONTHS = 6


@dataclass(frozen=True)
class LeftOut:
    """Thanks that a share leaves out: nobody told whose business it was; or an amount in another currency."""

    untold: int
    foreign: int


@dataclass(frozen=True)
class OwnReturn:
    """A member's own: referrals received, those that became business, and the share; None without any thanks."""

    given: int
    won: int
    share: Share | None
    is_by_amount: bool
    left_out: LeftOut


@dataclass(frozen=True)
class Shares:
    """By count and by amount; None: there are none, or too few people for a figure."""

    count: Share | None
    amount: Share | None


@dataclass(frozen=True)
class ClubReturn:
    """The club's, for everyone's eyes. `before`: up to the same day of the year before.

    `without`: how many received nothing in six weeks. `questions`: the last months', `this_month` is not over.
    """

    year: int
    shares: Shares
    before: Shares
    left_out: LeftOut
    without: int
    questions: Sequence[Question]
    this_month: str


@dataclass(frozen=True)
class SoFar:
    """How many percent of the club's return were indirect in the year so far.

    They are of so many `thanks`; None: of all amounts.
    """

    year: int
    percent: int
    thanks: int | None


async def of_member(work: "Work", club: Club, member: Member) -> OwnReturn:
    """What the others gave this member, and the share of what they earned by it; by count without any amount."""
    given, won = await work.value.received(member.id)
    entries = await work.value.of_thanker(member.id, club.currency)
    share = by_amount(entries)
    return OwnReturn(given, won, share or by_count(entries), share is not None, _left_out(entries))


async def of_club(work: "Work", club: Club) -> ClubReturn:
    """The year so far, beside the same part of the year before."""
    began = start_of(Period.YEAR, work.now, club.zone, club.week_began_at) or work.now
    until = work.now + timedelta(microseconds=1)  # what is recorded at this very instant counts
    entries = await work.value.of_club(club.id, club.currency, began, until, until)
    began_before, until_before = (_year_before(club, each) for each in (began, until))
    before = await work.value.of_club(club.id, club.currency, began_before, until_before, until)
    return ClubReturn(
        year=began.astimezone(club.zone).year,
        shares=_shares(entries),
        before=_shares(before),
        left_out=_left_out(entries),
        without=await work.value.without(club.id, work.now - SIX_WEEKS),
        questions=await work.questions.recent(club.id, MONTHS),
        this_month=month_of(work.now, club.zone),
    )


async def so_far(work: "Work", club: Club, until: datetime) -> SoFar | None:
    """For the group: the club's share in the year up to `until`, as it was then; by amount where that may be told.

    None while there are too few thanks for it to mean anything, and where it is for the club's admins only.
    """
    if not club.open_totals:
        return None
    last = until - timedelta(microseconds=1)  # a week that ends with the year is of that year
    began = start_of(Period.YEAR, last, club.zone, club.week_began_at) or last
    shares = _shares(await work.value.of_club(club.id, club.currency, began, until, until))
    share = shares.amount or shares.count
    if share is None or shares.count is None or shares.count.whole < FEWEST:
        return None
    return SoFar(began.astimezone(club.zone).year, share.percent, shares.count.whole if shares.amount is None else None)


def _shares(entries: Sequence[Business]) -> Shares:
    return Shares(by_count(entries), by_amount_for_all(entries))


def _left_out(entries: Sequence[Business]) -> LeftOut:
    return LeftOut(sum(entry.degree is None for entry in entries), sum(entry.foreign for entry in entries))


def _year_before(club: Club, at: datetime) -> datetime:
    local = at.astimezone(club.zone)
    day = local.day - 1 if (local.month, local.day) == (2, 29) else local.day
    return instant_of(local.date().replace(year=local.year - 1, day=day), local.time(), club.zone)
