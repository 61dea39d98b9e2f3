"""A member's weeks, and whom what passed between members led on to. As it counts now, whatever it was at a slot."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import thanks as thanks_storage
from bot.storage.referrals import COUNTS, counting
from bot.storage.schema import referrals, thanks

Pair = tuple[int, int]
_next = referrals.alias("next")
_NEXT_COUNTS = counting(_next)
_INDIRECT = and_(thanks_storage.LIVE, thanks_storage.DEGREE.in_((2, 3)))


class Months:
    """What one member has to do with the others, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_week(self, member_id: int, weeks: Sequence[tuple[datetime, datetime]]) -> list[Pair]:
        """How many referrals the member gave and received in each of these weeks, which follow each other.

        A week begins with the first of its instants and ends before the second.
        """
        given, received = [
            (await self._connection.execute(_per_week(column, member_id, weeks))).one()
            for column in (referrals.c.giver_id, referrals.c.recipient_id)
        ]
        return list(zip(given, received, strict=True))

    async def given_to(self, member_id: int) -> Counter[int]:
        """How many referrals the member gave to each other one."""
        return await self._counted(referrals.c.recipient_id, referrals.c.giver_id == member_id)

    async def received_from(self, member_id: int) -> Counter[int]:
        """How many referrals the member received from each other one."""
        return await self._counted(referrals.c.giver_id, referrals.c.recipient_id == member_id)

    async def went_on(self, member_id: int) -> list[Pair]:
        """To whom what the member gave went on: each time the one it went through first, and who received it.

        In the order in which it did, as far as nothing between was undone.
        """
        line = _onward(member_id)
        # Put in order here: to have them in order, SQLite would go through all referrals of all clubs.
        query = select(_next.c.id, line.c.through, _next.c.recipient_id).join_from(
            line, _next, _next.c.via_id == line.c.id
        )
        query = query.where(_NEXT_COUNTS, _next.c.recipient_id.not_in((member_id, line.c.through)))
        return [(through, to) for _, through, to in sorted(await self._connection.execute(query))]

    async def came_from(self, member_id: int) -> list[Pair]:
        """From whom what the member received came: each time the one it came through last, and who had given it."""
        line = _backward(member_id)
        query = select(_next.c.id, line.c.through, _next.c.giver_id).join_from(line, _next, _next.c.id == line.c.via_id)
        query = query.where(_NEXT_COUNTS, _next.c.giver_id.not_in((member_id, line.c.through)))
        found = sorted(await self._connection.execute(query), reverse=True)
        return [(through, giver) for _, through, giver in found]

    async def business(self, member_id: int) -> Counter[int]:
        """How many thanks there were for business that people outside the club brought, by the member it came through.

        For what passed between the two, and for what went on from what the member gave.
        """
        line = _onward(member_id)
        received = select(referrals.c.id).where(referrals.c.recipient_id == member_id, COUNTS)
        either = or_(thanks.c.referral_id.is_(None), thanks.c.referral_id.in_(received))
        queries = [
            select(line.c.through, thanks.c.id).join_from(line, thanks, thanks.c.referral_id == line.c.id),
            select(thanks.c.to_id, thanks.c.id).where(thanks.c.from_id == member_id, either),
            select(thanks.c.from_id, thanks.c.id).where(thanks.c.to_id == member_id, either),
        ]
        each_once = union(*(query.where(_INDIRECT) for query in queries))
        return Counter(row[0] for row in await self._connection.execute(each_once))

    async def _counted(self, other: Any, mine: Any) -> Counter[int]:
        query = select(other, func.count()).where(mine, COUNTS).group_by(other)
        return Counter({row[0]: row[1] for row in await self._connection.execute(query)})


def _per_week(column: Any, member_id: int, weeks: Sequence[tuple[datetime, datetime]]) -> Select[Any]:
    counted: list[Any] = [
        func.count(case((and_(referrals.c.given_at >= began, referrals.c.given_at < ended), 1)))
        for began, ended in weeks
    ]
    within = and_(referrals.c.given_at >= weeks[0][0], referrals.c.given_at < weeks[-1][1])
    return select(*counted).where(column == member_id, within, COUNTS)


def _onward(member_id: int) -> CTE:
    """What the member gave, and all that came out of it; `through` is who received the first of each chain."""
    line = (
        select(referrals.c.id, referrals.c.recipient_id.label("through"))
        .where(referrals.c.giver_id == member_id, COUNTS)
        .cte("onward", recursive=True)
    )
    later = select(_next.c.id, line.c.through).join_from(line, _next, _next.c.via_id == line.c.id)
    return line.union(later.where(_NEXT_COUNTS))


def _backward(member_id: int) -> CTE:
    """What the member received, and all that it came out of; `through` is who gave the last of each chain."""
    line = (
        select(referrals.c.id, referrals.c.via_id, referrals.c.giver_id.label("through"))
        .where(referrals.c.recipient_id == member_id, COUNTS)
        .cte("backward", recursive=True)
    )
    before = select(_next.c.id, _next.c.via_id, line.c.through).join_from(line, _next, _next.c.id == line.c.via_id)
    return line.union(before.where(_NEXT_COUNTS))
