"""What the board's figures are counted from."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import meetings as meetings_storage
from bot.storage import visitors as visitors_storage
from bot.storage.referrals import COUNTS, OPEN, STATUS
from bot.storage.schema import meetings, referrals, visitors


class Board:
    """The board's figures within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def passed(
        self, club_id: int, since: datetime | None = None, until: datetime | None = None
    ) -> dict[tuple[int, int], int]:
        """How many referrals went from one member to another, by (giver, recipient), ever or in [since, until)."""
        wanted = and_(referrals.c.club_id == club_id, COUNTS)
        if since is not None:
            wanted &= referrals.c.given_at >= since
        if until is not None:
            wanted &= referrals.c.given_at < until
        query = (
            select(referrals.c.giver_id, referrals.c.recipient_id, func.count())
            .where(wanted)
            .group_by(referrals.c.giver_id, referrals.c.recipient_id)
        )
        return {(giver, recipient): count for giver, recipient, count in await self._connection.execute(query)}

    async def waiting(self, club_id: int, before: datetime) -> list[tuple[int, int, int, datetime]]:
        """Number, giver, recipient and instant of what was given before then and not touched, the oldest first."""
        untouched = and_(referrals.c.given_at < before, COUNTS, OPEN, STATUS == "new")
        query = (
            select(referrals.c.number, referrals.c.giver_id, referrals.c.recipient_id, referrals.c.given_at)
            .where(referrals.c.club_id == club_id, untouched)
            .order_by(referrals.c.given_at, referrals.c.number)
        )
        return [(row[0], row[1], row[2], row[3]) for row in await self._connection.execute(query)]

    async def activities(self, club_id: int, since: datetime, until: datetime) -> tuple[int, int]:
        """How many one-to-ones and visitors there were in [since, until)."""
        return (
            await self._count(meetings, meetings.c.met_at, meetings_storage.LIVE, club_id, since, until),
            await self._count(visitors, visitors.c.came_at, visitors_storage.LIVE, club_id, since, until),
        )

    async def _count(self, table: Any, at: Any, live: Any, club_id: int, since: datetime, until: datetime) -> int:
        query = select(func.count()).where(table.c.club_id == club_id, live, at >= since, at < until)
        return int((await self._connection.execute(query)).scalar_one())
