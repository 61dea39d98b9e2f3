"""How many entries of a kind one member may write down in a day, so that nobody fills the club's ledger."""

from datetime import datetime, time, timedelta
from typing import Protocol

from bot.domain.errors import DailyLimit
from bot.domain.models import Club, Member
from bot.domain.slots import instant_of


class Given(Protocol):
    """The referrals or the thanks of the ledger."""

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many this member wrote down in [since, until), undone ones included."""
        ...


async def check(
    entries: Given, club: Club, giver: Member, given_at: datetime, *, more: int, limit: int, refusal: type[DailyLimit]
) -> None:
    """Raise `refusal` when `more` of these entries go over the limit in the club's local day; 0 is no limit."""
    if limit == 0:
        return
    day = given_at.astimezone(club.zone).date()
    begin, end = (instant_of(day + timedelta(days=n), time(0), club.zone) for n in (0, 1))
    if await entries.count_given(giver.id, begin, end) + more > limit:
        raise refusal(limit, end)
