"""The referrals of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alike import Introduced
from bot.domain.erased import ERASED
from bot.domain.models import Referral, Source
from bot.storage.schema import referrals, thanks


def passed(table: FromClause) -> ColumnElement[bool]:
    """What was passed on and stands, direct business too. `table` is the referrals or an alias."""
    return table.c.undone_at.is_(None) & table.c.declined_at.is_(None)


def counting(table: FromClause) -> ColumnElement[bool]:
    """What counts as given: the one rule behind every ranking and total. `table` is the referrals or an alias."""
    return passed(table) & (table.c.kind == "outside")


LIVE = referrals.c.undone_at.is_(None)
PASSED = passed(referrals)
COUNTS = counting(referrals)
_THANKED = select(thanks.c.id).where(thanks.c.referral_id == referrals.c.id, thanks.c.undone_at.is_(None)).exists()
# Business that someone was thanked for is won, whoever moved the referral how far before; take the thanks back, and
# it is as far as it was.
STATUS: ColumnElement[str] = case((_THANKED, "won"), else_=referrals.c.status)
THANKABLE = LIVE & referrals.c.declined_at.is_(None) & ~_THANKED
OPEN = THANKABLE & referrals.c.status.in_(("new", "contacted", "in_progress"))


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
_REFERRAL: Select[Any] = select(*_COLUMNS, STATUS.label("status"))
_GET = _REFERRAL.where(referrals.c.id == bindparam("id"))
_IN_CLUB = _REFERRAL.where(referrals.c.club_id == bindparam("club_id"))
_BY_NUMBER = _IN_CLUB.where(referrals.c.number == bindparam("number"))
_AFTER = _IN_CLUB.where(referrals.c.number > bindparam("number")).order_by(referrals.c.number)
_AMONG = _REFERRAL.where(referrals.c.id.in_(bindparam("ids", expanding=True))).order_by(referrals.c.number)
_FROM_SOURCE = _REFERRAL.where(
    referrals.c.chat_id == bindparam("chat_id"), referrals.c.message_id == bindparam("message_id")
).order_by(referrals.c.position)
_OLDEST_FIRST = (referrals.c.given_at, referrals.c.id)
_LATEST_FIRST = (referrals.c.given_at.desc(), referrals.c.id.desc())
_GIVEN = _REFERRAL.where(referrals.c.giver_id == bindparam("giver_id"))
_RECEIVED = _REFERRAL.where(referrals.c.recipient_id == bindparam("recipient_id"))
_OPEN_FOR = _RECEIVED.where(OPEN).order_by(*_OLDEST_FIRST)
_OPEN_FROM = _GIVEN.where(OPEN).order_by(*_OLDEST_FIRST)
_BETWEEN = _GIVEN.where(referrals.c.recipient_id == bindparam("recipient_id"))
_TO_THANK_FOR = _BETWEEN.where(THANKABLE).order_by(*_OLDEST_FIRST)
_SINCE = referrals.c.given_at >= bindparam("since")
_LAST_OF_GIVER = _GIVEN.where(LIVE, _SINCE).order_by(*_LATEST_FIRST).limit(1)
_LOOKING_LIKE = _GIVEN.where(LIVE, referrals.c.double_of_id == bindparam("first_id")).order_by(referrals.c.id)
_INTRODUCED: Select[Any] = select(
    referrals.c.id, referrals.c.number, referrals.c.contact, referrals.c.phone, referrals.c.email
).where(referrals.c.recipient_id == bindparam("recipient_id"), LIVE)
_RECEIVED_BEFORE = (
    _INTRODUCED.where(referrals.c.number < bindparam("number"))
    .order_by(referrals.c.given_at.desc())
    .limit(bindparam("limit"))
)
_PASSED = _INTRODUCED.where(referrals.c.giver_id == bindparam("giver_id"), _SINCE).order_by(*_LATEST_FIRST)
_IS_THANKED = select(referrals.c.id).where(referrals.c.id == bindparam("id"), _THANKED)
_COUNT_GIVEN = select(func.count()).where(
    referrals.c.giver_id == bindparam("giver_id"), _SINCE, referrals.c.given_at < bindparam("until")
)
# Nobody was thanked for one that is new, so it is as far as its own column says.
_ADD = insert(referrals).returning(*_COLUMNS, referrals.c.status)
_CHANGE = update(referrals).where(referrals.c.id == bindparam("referral"))


class Referrals:
    """The referrals within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, **values: Any) -> Referral:
        """Write down a referral; `values` are its columns."""
        return _referral((await self._connection.execute(_ADD, values)).one())

    async def correct(self, referral_id: int, **values: Any) -> None:
        """Change what the referral says."""
        await self._connection.execute(_CHANGE, {"referral": referral_id, **values})

    async def undo(self, referral_id: int, by_id: int, now: datetime) -> None:
        """Take the referral back; it stays in the ledger, marked."""
        await self.correct(referral_id, undone_at=now, undone_by_id=by_id)

    async def by_number(self, club_id: int, number: int) -> Referral | None:
        """The club's referral with this number."""
        return next(iter(await self._all(_BY_NUMBER, club_id=club_id, number=number)), None)

    async def get(self, referral_id: int) -> Referral:
        """The referral with this id; it must exist."""
        return (await self._all(_GET, id=referral_id))[0]

    async def among(self, ids: Collection[int]) -> list[Referral]:
        """The referrals with these ids, by number."""
        return await self._all(_AMONG, ids=list(ids))

    async def received_before(self, recipient_id: int, number: int, limit: int) -> list[Introduced]:
        """What this member received, not undone, with a number below this one; the latest first."""
        about = {"recipient_id": recipient_id, "number": number, "limit": limit}
        return [Introduced(*row) for row in (await self._connection.execute(_RECEIVED_BEFORE, about)).all()]

    async def from_source(self, source: Source) -> list[Referral]:
        """The referrals that this message made, in the order of its recipients."""
        return await self._all(_FROM_SOURCE, chat_id=source.chat_id, message_id=source.message_id)

    async def after(self, club_id: int, number: int) -> list[Referral]:
        """The club's referrals with a number after this one."""
        return await self._all(_AFTER, club_id=club_id, number=number)

    async def to_thank_for(self, giver_id: int, recipient_id: int) -> list[Referral]:
        """What this giver passed this recipient and was not thanked for yet, the oldest first."""
        return await self._all(_TO_THANK_FOR, giver_id=giver_id, recipient_id=recipient_id)

    async def open_for(self, recipient_id: int) -> list[Referral]:
        """What this member received and is open, the oldest first."""
        return await self._all(_OPEN_FOR, recipient_id=recipient_id)

    async def open_from(self, giver_id: int) -> list[Referral]:
        """What this member gave and is open, the oldest first."""
        return await self._all(_OPEN_FROM, giver_id=giver_id)

    async def is_thanked(self, referral_id: int) -> bool:
        """Was somebody thanked for this referral?"""
        return (await self._connection.execute(_IS_THANKED, {"id": referral_id})).first() is not None

    async def passed(self, giver_id: int, recipient_id: int, since: datetime) -> list[Introduced]:
        """What this giver passed this recipient since then and did not take back, the latest first."""
        about = {"giver_id": giver_id, "recipient_id": recipient_id, "since": since}
        return [Introduced(*row) for row in (await self._connection.execute(_PASSED, about)).all()]

    async def looking_like(self, referral: Referral) -> list[Referral]:
        """The later referrals that look like this one, as far as their giver did not say otherwise."""
        return await self._all(_LOOKING_LIKE, giver_id=referral.giver_id, first_id=referral.id)

    async def last_of_giver(self, giver_id: int, since: datetime) -> Referral | None:
        """The giver's latest referral since then that is not undone."""
        return next(iter(await self._all(_LAST_OF_GIVER, giver_id=giver_id, since=since)), None)

    async def count_given(self, giver_id: int, since: datetime, until: datetime) -> int:
        """How many referrals the giver wrote down in [since, until), undone ones included."""
        about = {"giver_id": giver_id, "since": since, "until": until}
        return (await self._connection.execute(_COUNT_GIVEN, about)).scalar_one()

    async def _all(self, query: Select[Any], **about: Any) -> list[Referral]:
        return [_referral(row) for row in (await self._connection.execute(query, about)).all()]


def _referral(row: Row[Any]) -> Referral:
    values = row._asdict() | {"contact": row.contact or ERASED}
    return Referral(source=Source(values.pop("chat_id"), values.pop("message_id")), **values)
