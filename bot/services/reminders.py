"""Which referrals nobody did anything with: their recipient is reminded once, later their giver is told once."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.models import Club, Referral

if TYPE_CHECKING:
    from bot.storage.work import Work

NIGHT_BEGINS, NIGHT_ENDS = time(21), time(8)
"""In between nobody is reminded of anything (the club's time)."""
MISSED_FOR = timedelta(days=60)
"""What should have been said longer ago than this is not said any more."""
AT_ONCE = 50


@dataclass(frozen=True)
class Due:
    """Referrals to say something about now: to their recipients, and to their givers."""

    to_recipient: list[tuple[Club, Referral]]
    to_giver: list[tuple[Club, Referral]]


async def due(work: "Work") -> Due:
    """Some of what is due, marked as said: with what is then said it is one transaction, so nothing comes twice."""
    found = Due([], [])
    for days, zone in await work.clubs.reminding():
        if is_night(work.now, ZoneInfo(zone)):
            continue
        for told, times, into in (("reminded_at", 1, found.to_recipient), ("wait_told_at", 2, found.to_giver)):
            until = work.now - times * timedelta(days=days) + timedelta(microseconds=1)
            ids = await work.events.untouched(days, zone, until - MISSED_FOR, until, AT_ONCE, told=told)
            for club_id, referral_id in ids:
                await work.referrals.correct(referral_id, **{told: work.now})
                into.append((await work.clubs.get(club_id), await work.referrals.get(referral_id)))
    return found


def is_night(now: datetime, zone: ZoneInfo) -> bool:
    """Is it a time at which people are left in peace?"""
    local = now.astimezone(zone).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS
