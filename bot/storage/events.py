"""What happened to the referrals after they were given, and those that nothing happened to."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Event
from bot.storage import thanks as thanks_storage
from bot.storage.referrals import OPEN
from bot.storage.schema import clubs, referral_events, referrals, thanks

# Written out, as the index of the untouched ones is used for nothing else.
_NEW = text("referrals.status = 'new'")


class Events:
    """The referrals' events within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, referral_id: int, at: datetime, by_id: int | None, side: str, value: str) -> None:
        """Keep that this `side` of the referral took this `value`."""
        values = {"referral_id": referral_id, "at": at, "by_id": by_id, "side": side, "value": value}
        await self._connection.execute(insert(referral_events), values)

    async def of_referral(self, referral_id: int) -> list[Event]:
        """All that happened to this referral, in order."""
        return (await self._where(referrals.c.id == referral_id)).get(referral_id, [])

    async def of_referrals(self, referral_ids: Collection[int]) -> dict[int, list[Event]]:
        """What happened to each of these referrals, in order."""
        return await self._where(referrals.c.id.in_(referral_ids))

    async def untouched(
        self, days: int, timezone: str, since: datetime, until: datetime, limit: int, *, told: str
    ) -> list[tuple[int, int]]:
        """(Club, referral) of those given in [since, until) that nobody did anything with, the oldest first.

        In clubs that remind after so many days, in this time zone; `told` names the column that says it was told.
        """
        query = (
            select(referrals.c.club_id, referrals.c.id)
            .join_from(referrals, clubs, referrals.c.club_id == clubs.c.id)
            .where(_NEW, OPEN, referrals.c.kind_asked.is_(False), referrals.c[told].is_(None))
            .where(referrals.c.given_at >= since, referrals.c.given_at < until)
            .where(clubs.c.remind_days == days, clubs.c.timezone == timezone, clubs.c.bot_left_at.is_(None))
            .order_by(referrals.c.given_at, referrals.c.id)
            .limit(limit)
        )
        return [(row.club_id, row.id) for row in await self._connection.execute(query)]

    async def _where(self, condition: ColumnElement[bool]) -> dict[int, list[Event]]:
        happened = (
            select(
                referral_events.c.referral_id,
                referral_events.c.at,
                referral_events.c.by_id,
                referral_events.c.side,
                referral_events.c.value,
            )
            .join_from(referral_events, referrals, referral_events.c.referral_id == referrals.c.id)
            .where(condition)
            .order_by(referral_events.c.id)
        )
        thanked = (
            select(
                thanks.c.referral_id,
                thanks.c.given_at.label("at"),
                thanks.c.from_id.label("by_id"),
                literal("thanks").label("side"),
                literal("won").label("value"),
            )
            .join_from(thanks, referrals, thanks.c.referral_id == referrals.c.id)
            .where(condition, thanks_storage.LIVE)
        )
        found: dict[int, list[Event]] = defaultdict(list)
        rows: list[Any] = [*await self._connection.execute(happened), *await self._connection.execute(thanked)]
        for row in rows:
            found[row.referral_id].append(Event(**row._asdict()))
        return {id_: sorted(events, key=lambda event: event.at) for id_, events in found.items()}
