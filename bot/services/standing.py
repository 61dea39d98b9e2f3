"""A member's own place in the club, what still waits for them, and one hint that would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from bot.domain.models import Club, Member, MemberFigures, Referral
from bot.domain.periods import Period
from bot.services import leaderboards, members

if TYPE_CHECKING:
    from bot.storage.work import Work

LONG_WAIT = timedelta(days=7)
LONG_AGO = timedelta(weeks=3)


class Hint(Enum):
    """What would help most, by a few plain rules."""

    CALL = "call"  # a referral waits for them
    FIRST = "first"  # they never gave one
    AGAIN = "again"  # they gave none for some weeks
    MEET = "meet"  # there is a member they have no link with


@dataclass(frozen=True)
class Standing:
    """`week` and `year`: the member's rank and among how many, None without one. `open`: what they were passed.

    `whom`: the name of the member to meet, with Hint.MEET.
    """

    quiet: bool
    week: tuple[int, int] | None
    year: tuple[int, int] | None
    open: Sequence[Referral]
    hint: Hint | None
    whom: str = ""


async def of_member(work: "Work", club: Club, member: Member, figures: MemberFigures) -> Standing:
    """Where the member stands now."""
    week, year = [await leaderboards.place(work, club, member, period) for period in (Period.WEEK, Period.YEAR)]
    open_ones = await work.referrals.open_for(member.id)
    hint, whom = await _hint(work, member, figures, open_ones)
    return Standing(member.quiet, week, year, open_ones, hint, whom)


async def _hint(
    work: "Work", member: Member, figures: MemberFigures, open_ones: Sequence[Referral]
) -> tuple[Hint | None, str]:
    if open_ones and _waits_long(open_ones[0], work.now):
        return Hint.CALL, ""
    if figures.given == 0:
        return Hint.FIRST, ""
    if await work.referrals.last_of_giver(member.id, work.now - LONG_AGO) is None:
        return Hint.AGAIN, ""
    if strangers := await work.links.none_with(member):
        whom = strangers[member.id % len(strangers)]
        return Hint.MEET, (await members.cast(work, member.club_id, [whom])).names[whom]
    return None, ""


def _waits_long(referral: Referral, now: datetime) -> bool:
    return referral.status == "new" and now - referral.given_at >= LONG_WAIT
