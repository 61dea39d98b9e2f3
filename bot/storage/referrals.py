"""The referrals of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Referral, Source
from bot.storage.schema import referrals, thanks


def counting(table: FromClause) -> ColumnElement[bool]:
    """What counts as given: the one rule behind every ranking and total. `table` is the referrals or an alias."""
    return table.c.undone_at.is_(None) & table.c.declined_at.is_(None) & (table.c.kind == "outside")


LIVE = referrals.c.undone_at.is_(None)
COUNTS = counting(referrals)
_THANKED = select(thanks.c.id).where(thanks.c.referral_id == referrals.c.id, thanks.c.undone_at.is_(None)).exists()
# Business that someone was thanked for is won, whoever moved the referral how far before; take the thanks back, and
# it is as far as it was.
STATUS: ColumnElement[str] = case((_THANKED, "won"), else_=referrals.c.status)
THANKABLE = LIVE & referrals.c.declined_at.is_(None) & ~_THANKED
OPEN = THANKABLE & referrals.c.status.in_(("new", "contacted", "in_progress"))


class Referrals:
    """The referrals within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Referral:
        """Write down a referral; `values` are its columns."""
        added = await self._connection.execute(insert(referrals).values(values).returning(referrals.c.id))
        return await self.get(added.scalar_one())

    async def correct(self, referral_id: int, **values: Any) -> None:
        """Change what the referral says."""
        await self._connection.execute(update(referrals).where(referrals.c.id == referral_id).values(values))

    async def undo(self, referral_id: int, by_id: int, now: datetime) -> None:
        """Take the referral back; it stays in the ledger, marked."""
        await self.correct(referral_id, undone_at=now, undone_by_id=by_id)

    async def by_number(self, club_id: int, number: int) -> Referral | None:
        """The club's referral with this number."""
        query = _select().where(referrals.c.club_id == club_id, referrals.c.number == number)
        return next(iter(await self._all(query)), None)

    async def get(self, referral_id: int) -> Referral:
        """The referral with this id; it must exist."""
        return (await self._all(_select().where(referrals.c.id == referral_id)))[0]

    async def among(self, ids: Collection[int]) -> list[Referral]:
        """The referrals with these ids, by number."""
        return await self._all(_select().where(referrals.c.id.in_(ids)).order_by(referrals.c.number))

    async def received_before(self, recipient_id: int, number: int, limit: int) -> list[Referral]:
        """What this member received, not undone, with a number below this one; the latest first."""
        theirs = and_(referrals.c.recipient_id == recipient_id, referrals.c.number < number, LIVE)
        return await self._all(_select().where(theirs).order_by(referrals.c.given_at.desc()).limit(limit))

    async def from_source(self, source: Source) -> list[Referral]:
        """The referrals that this message made, in the order of its recipients."""
        query = _select().where(referrals.c.chat_id == source.chat_id, referrals.c.message_id == source.message_id)
        return await self._all(query.order_by(referrals.c.position))

    async def after(self, club_id: int, number: int) -> list[Referral]:
        """The club's referrals with a number after this one."""
        query = _select().where(referrals.c.club_id == club_id, referrals.c.number > number)
        return await self._all(query.order_by(referrals.c.number))

    async def to_thank_for(self, giver_id: int, recipient_id: int) -> list[Referral]:
        """What this giver passed this recipient and was not thanked for yet, the oldest first."""
        query = _select().where(referrals.c.giver_id == giver_id, referrals.c.recipient_id == recipient_id, THANKABLE)
        return await self._all(query.order_by(referrals.c.given_at, referrals.c.id))

    async def open_for(self, recipient_id: int) -> list[Referral]:
        """What this member received and is open, the oldest first."""
        query = _select().where(referrals.c.recipient_id == recipient_id, OPEN)
        return await self._all(query.order_by(referrals.c.given_at, referrals.c.id))

    async def open_from(self, giver_id: int) -> list[Referral]:
        """What this member gave and is open, the oldest first."""
        query = _select().where(referrals.c.giver_id == giver_id, OPEN)
        return await self._all(query.order_by(referrals.c.given_at, referrals.c.id))

    async def is_thanked(self, referral_id: int) -> bool:
        """Was somebody thanked for this referral?"""
        query = select(referrals.c.id).where(referrals.c.id == referral_id, _THANKED)
        return (await self._connection.execute(query)).first() is not None

    async def passed(self, giver_id: int, recipient_id: int, since: datetime) -> list[Referral]:
        """What this giver passed this recipient since then and did not take back, the latest first."""
        pair = and_(referrals.c.giver_id == giver_id, referrals.c.recipient_id == recipient_id)
        query = _select().where(pair, LIVE, referrals.c.given_at >= since)
        return await self._all(query.order_by(referrals.c.given_at.desc(), referrals.c.id.desc()))

    async def looking_like(self, referral: Referral) -> list[Referral]:
        """The later referrals that look like this one, as far as their giver did not say otherwise."""
        query = _select().where(referrals.c.giver_id == referral.giver_id, LIVE)
        return await self._all(query.where(referrals.c.double_of_id == referral.id).order_by(referrals.c.id))

    async def last_of_giver(self, giver_id: int, since: datetime) -> Referral | None:
        """The giver's latest referral since then that is not undone."""
        query = _select().where(referrals.c.giver_id == giver_id, LIVE, referrals.c.given_at >= since)
        latest = await self._all(query.order_by(referrals.c.given_at.desc(), referrals.c.id.desc()).limit(1))
        return next(iter(latest), None)

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many referrals the giver wrote down in [since, until), undone ones included."""
        within = and_(referrals.c.given_at >= since, referrals.c.given_at < until)
        query = select(func.count()).where(referrals.c.giver_id == giver_id, within)
        return (await self._connection.execute(query)).scalar_one()

    async def _all(self, query: Select[Any]) -> list[Referral]:
        return [_referral(row) for row in await self._connection.execute(query)]


_COLUMNS: Sequence[Any] = [
    referrals.c[name]
    for name in (
        "id",
        "club_id",
        "number",
        "giver_id",
        "recipient_id",
        "contact",
        "need",
        "phone",
        "email",
        "kind",
        "given_at",
        "undone_at",
        "undone_by_id",
        "declined_at",
        "kind_asked",
        "warmth",
        "agreed",
        "via_id",
        "double_of_id",
        "chat_id",
        "message_id",
    )
]


def _select() -> Select[Any]:
    return select(*_COLUMNS, STATUS.label("status"))


def _referral(row: Row[Any]) -> Referral:
    values = row._asdict()
    return Referral(source=Source(values.pop("chat_id"), values.pop("message_id")), **values)
