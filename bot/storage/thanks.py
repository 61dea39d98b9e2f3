"""The thanks of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.amounts import Amount
from bot.domain.models import Source, Thanks
from bot.storage.schema import referrals, thanks

LIVE = thanks.c.undone_at.is_(None)
_its, _before = referrals.alias("its_referral"), referrals.alias("before_it")  # whatever else a query is about
_CAME_OUT_OF_ONE = select(_before.c.id).where(_before.c.id == _its.c.via_id, _before.c.undone_at.is_(None)).exists()
_OF_ITS_REFERRAL = (
    select(case((_its.c.kind_asked, null()), (_its.c.kind == "inside", 1), (_CAME_OUT_OF_ONE, 3), else_=2))
    .where(_its.c.id == thanks.c.referral_id)
    .scalar_subquery()
)
# Where the business came from: 1 the giver, 2 the contact they introduced, 3 someone further on. The referral tells,
# as it is now (nothing while its giver is still asked); without one it is what the thanker said.
DEGREE: ColumnElement[int] = func.coalesce(_OF_ITS_REFERRAL, thanks.c.degree)


class ThanksGiven:
    """The thanks within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Thanks:
        """Write down a thanks; `values` are its columns, the amount as an Amount."""
        added = await self._connection.execute(insert(thanks).values(_with_amount(values)).returning(thanks.c.id))
        query = _select().where(thanks.c.id == added.scalar_one())
        return _thanks((await self._connection.execute(query)).one())

    async def correct(self, thanks_id: int, **values: Any) -> None:
        """Change what the thanks says."""
        await self._connection.execute(update(thanks).where(thanks.c.id == thanks_id).values(_with_amount(values)))

    async def undo(self, thanks_id: int, by_id: int, now: datetime) -> None:
        """Take the thanks back; it stays in the ledger, marked."""
        await self.correct(thanks_id, undone_at=now, undone_by_id=by_id)

    async def by_number(self, club_id: int, number: int) -> Thanks | None:
        """The club's thanks with this number."""
        return await self._first(_select().where(thanks.c.club_id == club_id, thanks.c.number == number))

    async def from_source(self, source: Source) -> Thanks | None:
        """The thanks that this message made."""
        return await self._first(
            _select().where(thanks.c.chat_id == source.chat_id, thanks.c.message_id == source.message_id)
        )

    async def for_referrals(self, referral_ids: Collection[int]) -> list[Thanks]:
        """The thanks for these referrals, not undone, by number."""
        query = _select().where(thanks.c.referral_id.in_(referral_ids), LIVE).order_by(thanks.c.number)
        return [_thanks(row) for row in await self._connection.execute(query)]

    async def after(self, club_id: int, number: int) -> list[Thanks]:
        """The club's thanks with a number after this one."""
        query = _select().where(thanks.c.club_id == club_id, thanks.c.number > number).order_by(thanks.c.number)
        return [_thanks(row) for row in await self._connection.execute(query)]

    async def last_from(self, member_id: int, since: datetime) -> Thanks | None:
        """The member's latest thanks since then that is not undone."""
        query = _select().where(thanks.c.from_id == member_id, LIVE, thanks.c.given_at >= since)
        return await self._first(query.order_by(thanks.c.given_at.desc(), thanks.c.id.desc()))

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many thanks this member wrote down in [since, until), undone ones included."""
        within = and_(thanks.c.given_at >= since, thanks.c.given_at < until)
        query = select(func.count()).where(thanks.c.from_id == giver_id, within)
        return (await self._connection.execute(query)).scalar_one()

    async def _first(self, query: Select[Any]) -> Thanks | None:
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        return _thanks(row) if row else None


_COLUMNS: Sequence[Any] = [
    thanks.c[name]
    for name in (
        "id",
        "club_id",
        "number",
        "from_id",
        "to_id",
        "amount_minor",
        "currency",
        "referral_id",
        "note",
        "given_at",
        "undone_at",
        "undone_by_id",
        "chat_id",
        "message_id",
    )
]


def _select() -> Select[Any]:
    return select(*_COLUMNS, DEGREE.label("degree"))


def _with_amount(values: dict[str, Any]) -> dict[str, Any]:
    if "amount" not in values:
        return values
    amount: Amount | None = values.pop("amount")
    return values | {
        "amount_minor": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
    }


def _thanks(row: Row[Any]) -> Thanks:
    return Thanks(
        id=row.id,
        club_id=row.club_id,
        number=row.number,
        from_id=row.from_id,
        to_id=row.to_id,
        amount=None if row.amount_minor is None else Amount(row.amount_minor, row.currency),
        degree=row.degree,
        referral_id=row.referral_id,
        note=row.note,
        given_at=row.given_at,
        undone_at=row.undone_at,
        undone_by_id=row.undone_by_id,
        source=Source(row.chat_id, row.message_id),
    )
