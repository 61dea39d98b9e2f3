"""The first weeks in a club: what a referral is, and whom to meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.examples import is_nameless
from bot.domain.models import Club, Member
from bot.services import members
from bot.services.reminders import is_night

if TYPE_CHECKING:
    from bot.storage.work import Work

FIRST_WEEKS = timedelta(weeks=8)
BETWEEN_SUGGESTIONS = timedelta(days=7)
TOGETHER = timedelta(minutes=10)
"""Who joins within so long of each other is welcomed in the group by one line."""
_RECENT = 50


@dataclass(frozen=True)
class Suggestion:
    """Whom the member might meet. `key`: it is made once, ever."""

    club: Club
    member: Member
    whom: Member
    name: str
    key: str


async def example(work: "Work", clubs: Sequence[Club]) -> str | None:
    """A need from these clubs' own recent referrals that tells no name and no contact details; None without one."""
    for club in clubs:
        everyone = [
            name
            for member in await work.members.all_of(club.id)
            for name in (member.first_name, member.last_name or "", member.username or "")
        ]
        for contact, need in await work.newcomers.recent_needs(club.id, _RECENT):
            if is_nameless(need, [contact, *everyone], club.country):
                return need
    return None


def is_new(work: "Work", member: Member) -> bool:
    """Is the member in their first weeks?"""
    return work.now - member.joined_at <= FIRST_WEEKS


async def suggest(work: "Work") -> tuple[int, list[Suggestion]]:
    """Whom to tell now whom to meet, once a week each and by day; each of those whose turn it was counts as told.

    Returns how many they were, and the suggestions: for some there is nobody left.
    """
    turns, made = 0, []
    for member_id in await work.newcomers.to_suggest_to(work.now - FIRST_WEEKS, work.now - BETWEEN_SUGGESTIONS):
        member = await work.members.get(member_id)
        club = await work.clubs.get(member.club_id)
        if is_night(work.now, club.zone):
            continue
        turns += 1
        await work.newcomers.suggested(member.id, work.now)
        prefix = f"meet:{member.id}:"
        before = await work.newcomers.once_suggested(prefix)
        if strangers := [id_ for id_ in await work.links.none_with(member) if id_ not in before]:
            # Not everybody's first is the club's first member.
            whom_id = strangers[member.id % len(strangers)]
            cast = await members.cast(work, club.id, [whom_id])
            made.append(Suggestion(club, member, cast.members[whom_id], cast.names[whom_id], f"{prefix}{whom_id}"))
    return turns, made
