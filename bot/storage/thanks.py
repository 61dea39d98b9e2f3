"""The thanks of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, insert, null, select, update
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
_THANKS: Select[Any] = select(*_COLUMNS, DEGREE.label("degree"))
_GET = _THANKS.where(thanks.c.id == bindparam("id"))
_IN_CLUB = _THANKS.where(thanks.c.club_id == bindparam("club_id"))
_BY_NUMBER = _IN_CLUB.where(thanks.c.number == bindparam("number"))
_AFTER = _IN_CLUB.where(thanks.c.number > bindparam("number")).order_by(thanks.c.number)
_FROM_SOURCE = _THANKS.where(thanks.c.chat_id == bindparam("chat_id"), thanks.c.message_id == bindparam("message_id"))
_FOR_REFERRALS = _THANKS.where(thanks.c.referral_id.in_(bindparam("referral_ids", expanding=True)), LIVE).order_by(
    thanks.c.number
)
_SAID = thanks.c.from_id == bindparam("from_id")
_SINCE = thanks.c.given_at >= bindparam("since")
_LAST_FROM = _THANKS.where(_SAID, LIVE, _SINCE).order_by(thanks.c.given_at.desc(), thanks.c.id.desc()).limit(1)
_COUNT_SAID = select(func.count()).where(_SAID, _SINCE, thanks.c.given_at < bindparam("until"))
_ADD = insert(thanks).returning(thanks.c.id)
_CHANGE = update(thanks).where(thanks.c.id == bindparam("entry"))


class ThanksGiven:
    """The thanks within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Thanks:
        """Write down a thanks; `values` are its columns, the amount as an Amount."""
        added = await self._connection.execute(_ADD, _with_amount(values))
        return (await self._all(_GET, id=added.scalar_one()))[0]

    async def correct(self, thanks_id: int, **values: Any) -> None:
        """Change what the thanks says."""
        await self._connection.execute(_CHANGE, {"entry": thanks_id, **_with_amount(values)})

    async def undo(self, thanks_id: int, by_id: int, now: datetime) -> None:
        """Take the thanks back; it stays in the ledger, marked."""
        await self.correct(thanks_id, undone_at=now, undone_by_id=by_id)

    async def by_number(self, club_id: int, number: int) -> Thanks | None:
        """The club's thanks with this number."""
        return next(iter(await self._all(_BY_NUMBER, club_id=club_id, number=number)), None)

    async def from_source(self, source: Source) -> Thanks | None:
        """The thanks that this message made."""
        made = await self._all(_FROM_SOURCE, chat_id=source.chat_id, message_id=source.message_id)
        return next(iter(made), None)

    async def for_referrals(self, referral_ids: Collection[int]) -> list[Thanks]:
        """The thanks for these referrals, not undone, by number."""
        return await self._all(_FOR_REFERRALS, referral_ids=list(referral_ids))

    async def after(self, club_id: int, number: int) -> list[Thanks]:
        """The club's thanks with a number after this one."""
        return await self._all(_AFTER, club_id=club_id, number=number)

    async def last_from(self, member_id: int, since: datetime) -> Thanks | None:
        """The member's latest thanks since then that is not undone."""
        return next(iter(await self._all(_LAST_FROM, from_id=member_id, since=since)), None)

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many thanks this member wrote down in [since, until), undone ones included."""
        about = {"from_id": giver_id, "since": since, "until": until}
        return (await self._connection.execute(_COUNT_SAID, about)).scalar_one()

    async def _all(self, query: Select[Any], **about: Any) -> list[Thanks]:
        return [_thanks(row) for row in await self._connection.execute(query, about)]


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
