"""The links between referrals: which came out of which."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.referrals import COUNTS
from bot.storage.schema import referral_events, referrals


class Chains:
    """The links within one transaction. UNION drops what was found before, so that it ends whatever is stored."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def above(self, referral_id: int, *, live: bool = False) -> dict[int, int | None]:
        """The links of this referral and of all those it came out of; with `live` only through what is not undone."""
        line = select(referrals.c.id, referrals.c.via_id).where(referrals.c.id == referral_id).cte(recursive=True)
        before = select(referrals.c.id, referrals.c.via_id).where(referrals.c.id == line.c.via_id)
        if live:
            before = before.where(referrals.c.undone_at.is_(None))
        links = await self._links(line.union(before))
        return {later: link if link in links else None for later, link in links.items()}

    async def below(self, referral_ids: Collection[int]) -> dict[int, int | None]:
        """The links of these referrals and of all that came out of them."""
        line = select(referrals.c.id, referrals.c.via_id).where(referrals.c.id.in_(referral_ids)).cte(recursive=True)
        return await self._links(
            line.union(select(referrals.c.id, referrals.c.via_id).where(referrals.c.via_id == line.c.id))
        )

    async def reached(self, club_id: int, since: datetime | None, until: datetime) -> dict[tuple[int, int], int]:
        """Whom the referrals that count, given in [since, until), reached outside: how many by (member, degree).

        The contact of a referral that came out of none is of the second degree, and its giver's. That of any other
        one is of the third, and belongs to who gave the first of its chain, as far as nothing between was undone.
        """
        wanted = and_(referrals.c.club_id == club_id, COUNTS, referrals.c.given_at < until)
        if since is not None:
            wanted &= referrals.c.given_at >= since
        start = select(referrals.c.id.label("of"), referrals.c.id, referrals.c.via_id, referrals.c.giver_id)
        line = start.where(wanted).cte(recursive=True)
        # Aliased: at the end it is asked once more whether something live comes before.
        above, before = referrals.alias("above"), referrals.alias("before")
        line = line.union(
            select(line.c.of, above.c.id, above.c.via_id, above.c.giver_id)
            .join_from(line, above, above.c.id == line.c.via_id)
            .where(above.c.undone_at.is_(None))
        )
        came_out_of_one = exists().where(before.c.id == line.c.via_id, before.c.undone_at.is_(None))
        degree = case((line.c.of == line.c.id, 2), else_=3)
        query = select(line.c.giver_id, degree, func.count()).where(~came_out_of_one).group_by(line.c.giver_id, degree)
        return {(giver, of): count for giver, of, count in await self._connection.execute(query)}

    async def is_by_button(self, referral_id: int) -> bool:
        """Was it a button that last told what the referral came out of, and not the message?"""
        query = select(referral_events.c.id).where(
            referral_events.c.referral_id == referral_id, referral_events.c.side == "via"
        )
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def _links(self, line: CTE) -> dict[int, int | None]:
        rows: Any = await self._connection.execute(select(line.c.id, line.c.via_id))
        return {row.id: row.via_id for row in rows}
