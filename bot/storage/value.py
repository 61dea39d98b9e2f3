"""What the ledger says of the return of a club and of a member."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.value import Business
from bot.storage import thanks as thanks_storage
from bot.storage.referrals import COUNTS, STATUS
from bot.storage.schema import members, referrals, thanks


class Value:
    """The return within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_club(
        self, club_id: int, currency: str, since: datetime, until: datetime, as_of: datetime
    ) -> list[Business]:
        """The thanks said in the club in [since, until), but for those that were undone before `as_of`."""
        within = and_(thanks.c.given_at >= since, thanks.c.given_at < until)
        live = or_(thanks.c.undone_at.is_(None), thanks.c.undone_at >= as_of)
        return await self._business(and_(thanks.c.club_id == club_id, within, live), currency)

    async def of_thanker(self, member_id: int, currency: str) -> list[Business]:
        """The thanks that the member ever said, not undone."""
        return await self._business(and_(thanks.c.from_id == member_id, thanks_storage.LIVE), currency)

    async def received(self, member_id: int) -> tuple[int, int]:
        """How many referrals the member was given, and how many of them became business."""
        mine = and_(referrals.c.recipient_id == member_id, COUNTS)
        query = select(func.count(), func.count().filter(STATUS == "won")).select_from(referrals).where(mine)
        given, won = (await self._connection.execute(query)).one()
        return given, won

    async def without(self, club_id: int, since: datetime) -> int:
        """How many members who were there all the time received no referral since then."""
        there = and_(
            members.c.club_id == club_id,
            members.c.user_id.is_not(None),
            members.c.left_at.is_(None),
            members.c.joined_at <= since,
        )
        got = select(referrals.c.id).where(referrals.c.recipient_id == members.c.id, referrals.c.given_at >= since)
        query = select(func.count()).select_from(members).where(there, ~got.where(COUNTS).exists())
        return (await self._connection.execute(query)).scalar_one()

    async def _business(self, which: ColumnElement[bool], currency: str) -> list[Business]:
        query = select(
            thanks.c.from_id,
            thanks.c.to_id,
            thanks_storage.DEGREE.label("degree"),
            thanks.c.amount_minor,
            thanks.c.currency,
        ).where(which)
        return [
            Business(
                from_id=row.from_id,
                to_id=row.to_id,
                degree=row.degree,
                minor=row.amount_minor if row.currency == currency else None,
                foreign=row.currency not in (None, currency),
            )
            for row in await self._connection.execute(query)
        ]
