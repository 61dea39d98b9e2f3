"""The contacts of the referrals: how long what tells who they are is kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.retention import Losses, months_before
from bot.storage.schema import clubs, referral_events, referrals, thanks, visitors


class Contacts:
    """The contacts within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def due(self, now: datetime, limit: int) -> dict[tuple[int, bool], list[int]]:
        """Referrals to which nothing happened for so long that their contact is to be erased.

        By club, and by whether the contacts' names go too; some at a time.
        """
        found: dict[tuple[int, bool], list[int]] = {}
        for alike, before, keep_names in await self._wishes(now):
            states = ("none",) if keep_names else ("none", "details")
            query = (
                select(referrals.c.id, referrals.c.club_id)
                .where(referrals.c.club_id.in_(alike), referrals.c.erased.in_(states), *_quiet_since(before))
                .limit(limit)
            )
            for id_, club_id in await self._connection.execute(query):
                found.setdefault((club_id, not keep_names), []).append(id_)
        return found

    async def to_lose(self, club_id: int, now: datetime, months: int, *, keep_names: bool) -> Losses:
        """What of a club's contacts would be erased now if it kept them for so many months."""
        before = months_before(now, months)
        details, named = _pieces(referrals.c.phone) + _pieces(referrals.c.email), referrals.c.contact != ""
        counted = select(
            func.coalesce(func.sum(details), 0),
            func.count().filter(details > 0),
            func.count().filter(named),
        ).where(referrals.c.club_id == club_id, referrals.c.erased != "all", *_quiet_since(before))
        of_details, of_referrals, of_names = (await self._connection.execute(counted)).one()
        if keep_names:
            return Losses(of_details, of_referrals)
        guests = select(func.count()).where(
            visitors.c.club_id == club_id, visitors.c.came_at < before, visitors.c.name != ""
        )
        return Losses(of_details, of_referrals, of_names, (await self._connection.execute(guests)).scalar_one())

    async def erase(self, referral_ids: Collection[int], **values: Any) -> None:
        """The phone numbers and addresses of these contacts go, and what else `values` say."""
        gone = {"phone": "", "email": "", "erased": "details"} | values
        await self._connection.execute(update(referrals).where(referrals.c.id.in_(referral_ids)).values(gone))

    async def notes(self, referral_id: int) -> list[tuple[int, str]]:
        """What was said with the thanks for this referral, undone ones too: the id of each, and its note."""
        query = select(thanks.c.id, thanks.c.note).where(thanks.c.referral_id == referral_id)
        return [(id_, note) for id_, note in await self._connection.execute(query)]

    async def erase_notes(self, thanks_ids: Collection[int]) -> None:
        """The notes of these thanks go."""
        await self._connection.execute(update(thanks).where(thanks.c.id.in_(thanks_ids)).values(note=""))

    async def erase_visitors(self, now: datetime, limit: int) -> int:
        """The names of visitors go after the same time, where a club wants no names kept; returns how many did."""
        ids: list[int] = []
        for alike, before, keep_names in await self._wishes(now):
            old = and_(visitors.c.club_id.in_(alike), visitors.c.came_at < before, visitors.c.name != "")
            if not keep_names:
                ids += await self._connection.scalars(select(visitors.c.id).where(old).limit(limit))
        await self._connection.execute(update(visitors).where(visitors.c.id.in_(ids)).values(name=""))
        return len(ids)

    async def _wishes(self, now: datetime) -> list[tuple[Select[int], datetime, bool]]:
        """What clubs want, each wish once: which clubs those are, what is too old for them, and whether names stay."""
        wished = select(clubs.c.contact_months, clubs.c.keep_names).distinct()
        return [
            (
                select(clubs.c.id).where(clubs.c.contact_months == months, clubs.c.keep_names.is_(keep_names)),
                months_before(now, months),
                keep_names,
            )
            for months, keep_names in await self._connection.execute(wished)
        ]


def _pieces(column: Any) -> ColumnElement[int]:
    """How many numbers or addresses are written in the column, with commas between."""
    commas = func.length(column) - func.length(func.replace(column, ",", ""))
    return case((column == "", 0), else_=commas + 1)


def _quiet_since(then: datetime) -> list[Any]:
    """Nothing happened to the referral since then: not given, moved, declined, thanked for or taken back."""

    def before(column: Any) -> Any:
        return or_(column.is_(None), column < then)

    moved = exists().where(referral_events.c.referral_id == referrals.c.id, referral_events.c.at >= then)
    thanked = exists().where(
        thanks.c.referral_id == referrals.c.id, or_(thanks.c.given_at >= then, thanks.c.undone_at >= then)
    )
    return [
        referrals.c.given_at < then,
        before(referrals.c.undone_at),
        before(referrals.c.declined_at),
        ~moved,
        ~thanked,
    ]
