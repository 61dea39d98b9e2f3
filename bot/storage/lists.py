"""The rows of the ledger, for the export: a piece at a time, so that a long ledger stays out of memory."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import thanks as thanks_storage
from bot.storage.referrals import STATUS
from bot.storage.schema import meetings, members, referrals, thanks, visitors
from bot.storage.sqlite import GOES_THROUGH_MUCH

PIECE = 200
"""Rows that are read at once: few, as nobody else is answered while they are unpacked."""


class Lists:
    """The ledger's rows within one transaction, undone ones too.

    They are read by the ledger's own keys and joined to no members, whom the reader knows: given the choice, SQLite
    goes through all entries of each member first.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def referrals(self, club_id: int, since: datetime | None, until: datetime) -> AsyncIterator[Sequence[Any]]:
        """The referrals given in [since, until), by number."""
        before = referrals.alias("before")
        given = and_(referrals.c.club_id == club_id, *within(referrals.c.given_at, since, until))
        query = select(referrals, STATUS.label("status_now"), before.c.number.label("via_number")).join_from(
            referrals, before, referrals.c.via_id == before.c.id, isouter=True
        )
        return self._pieces(query, given, referrals.c.number)

    def thanks(self, club_id: int, since: datetime | None, until: datetime) -> AsyncIterator[Sequence[Any]]:
        """The thanks given in [since, until), by number."""
        given = and_(thanks.c.club_id == club_id, *within(thanks.c.given_at, since, until))
        query = select(
            thanks, referrals.c.number.label("referral_number"), thanks_storage.DEGREE.label("degree_now")
        ).join_from(thanks, referrals, thanks.c.referral_id == referrals.c.id, isouter=True)
        return self._pieces(query, given, thanks.c.number)

    def one_to_ones(self, club_id: int, since: datetime | None, until: datetime) -> AsyncIterator[Sequence[Any]]:
        """The one-to-ones of [since, until), in the order in which they were written down."""
        met = and_(meetings.c.club_id == club_id, *within(meetings.c.met_at, since, until))
        return self._pieces(select(meetings), met, meetings.c.id)

    def visitors(self, club_id: int, since: datetime | None, until: datetime) -> AsyncIterator[Sequence[Any]]:
        """The visitors of [since, until), in the order in which they were written down."""
        came = and_(visitors.c.club_id == club_id, *within(visitors.c.came_at, since, until))
        return self._pieces(select(visitors), came, visitors.c.id)

    async def counts(self, club_id: int, since: datetime | None, until: datetime) -> dict[str, int]:
        """How many rows each of these lists has."""
        found = {"members": await self._count(members.c.club_id == club_id)}
        for name, table, at in (
            ("referrals", referrals, referrals.c.given_at),
            ("thanks", thanks, thanks.c.given_at),
            ("one_to_ones", meetings, meetings.c.met_at),
            ("visitors", visitors, visitors.c.came_at),
        ):
            found[name] = await self._count(table.c.club_id == club_id, *within(at, since, until))
        return found

    async def cuts(self, club_id: int, since: datetime | None, until: datetime, parts: int) -> list[datetime]:
        """The instants that cut [since, until) into at most so many parts with about as many referrals and thanks.

        None where all are of one instant, as no part would be smaller.
        """
        given = union_all(
            *(
                select(table.c.given_at).where(table.c.club_id == club_id, *within(table.c.given_at, since, until))
                for table in (referrals, thanks)
            )
        ).subquery()
        count = (await self._one(select(func.count()).select_from(given)))[0]
        at = select(given.c.given_at).order_by(given.c.given_at).limit(1)
        found = [(await self._one(at.offset(count * part // parts)))[0] for part in range(parts) if count]
        return [instant for instant in dict.fromkeys(found) if instant > found[0]]

    async def _count(self, *which: ColumnElement[bool]) -> int:
        return int((await self._one(select(func.count()).where(*which)))[0])

    async def _one(self, query: Select[Any]) -> Any:
        return (await self._connection.execute(query, execution_options=GOES_THROUGH_MUCH)).one()

    async def _pieces(
        self, query: Select[Any], condition: ColumnElement[bool], key: Any
    ) -> AsyncIterator[Sequence[Any]]:
        """The rows with this condition, in the order of the key, by which each piece begins where the last ended."""
        first, last = await self._one(select(func.min(key), func.max(key)).where(condition))
        if first is None:
            return
        begin = first
        while True:
            piece = query.where(condition, key >= begin, key <= last).order_by(key).limit(PIECE)
            rows = (await self._connection.execute(piece)).all()
            if rows:
                yield rows
            if len(rows) < PIECE:
                return
            begin = getattr(rows[-1], key.name) + 1


def within(column: Any, since: datetime | None, until: datetime) -> list[ColumnElement[bool]]:
    """What says that this instant is in [since, until); since None: ever."""
    return [column < until] if since is None else [column >= since, column < until]
