"""All clubs at a glance, for the operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Club
from bot.storage.clubs import Clubs
from bot.storage.referrals import LIVE
from bot.storage.schema import clubs, meetings, members, referrals, thanks, visitors

_RECORDED = (referrals.c.given_at, thanks.c.given_at, meetings.c.met_at, visitors.c.came_at)


@dataclass(frozen=True)
class AtAGlance:
    """A club, how many people are in it and how many referrals stand in its ledger, and when something was last
    recorded."""

    club: Club
    members: int
    referrals: int
    last_at: datetime | None


class Overview:
    """The clubs within one transaction."""

    def __init__(self, connection: AsyncConnection, each: Clubs) -> None:
        self._connection = connection
        self._each = each

    async def clubs(self) -> list[AtAGlance]:
        """All of them, the oldest first; also those that the bot was removed from."""
        ids = list(await self._connection.scalars(select(clubs.c.id).order_by(clubs.c.id)))
        return [await self._at_a_glance(id_) for id_ in ids]

    async def _at_a_glance(self, id_: int) -> AtAGlance:
        here = select(func.count()).where(
            members.c.club_id == id_, members.c.left_at.is_(None), members.c.user_id.is_not(None)
        )
        given = select(func.count()).where(referrals.c.club_id == id_, LIVE)
        last = [select(func.max(at)).where(at.table.c.club_id == id_) for at in _RECORDED]
        moments = [(await self._connection.execute(query)).scalar_one() for query in last]
        return AtAGlance(
            club=await self._each.get(id_),
            members=(await self._connection.execute(here)).scalar_one(),
            referrals=(await self._connection.execute(given)).scalar_one(),
            last_at=max((moment for moment in moments if moment is not None), default=None),
        )
