"""Taking many entries into a club's ledger at once, and taking them out again."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, literal, null, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.imports.plan import Standing
from bot.domain.imports.roster import Known
from bot.domain.imports.tables import Kind
from bot.storage.merging import OTHERS_OF_A_MEMBER
from bot.storage.schema import clubs, meetings, members, people, referral_events, referrals, thanks, visitors

_BATCH = 500
_NAMING: tuple[Any, ...] = (
    *(referrals.c.giver_id, referrals.c.recipient_id, referrals.c.undone_by_id),
    *(thanks.c.from_id, thanks.c.to_id, thanks.c.undone_by_id),
    *OTHERS_OF_A_MEMBER,
)
_TABLES = {Kind.REFERRAL: referrals, Kind.THANKS: thanks, Kind.MEETING: meetings, Kind.VISITOR: visitors}


class TakingIn:
    """Whole ledgers within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def members(self, club_id: int, shown: Mapping[int, str]) -> list[Known]:
        """The club's members, by what they are called."""
        query = (
            select(
                members.c.id,
                func.coalesce(members.c.user_id, members.c.told_user_id).label("user_id"),
                func.coalesce(people.c.username, members.c.pending_username).label("username"),
                func.coalesce(people.c.first_name, members.c.told_first_name).label("first_name"),
                func.coalesce(people.c.last_name, members.c.told_last_name).label("last_name"),
                members.c.user_id.is_not(None).label("is_seen"),
                members.c.joined_at,
                members.c.pending_key,
                members.c.erased_at.is_not(None).label("erased"),
            )
            .join_from(members, people, members.c.user_id == people.c.user_id, isouter=True)
            .where(members.c.club_id == club_id)
            .order_by(members.c.id)
        )
        return [
            Known(
                row.id,
                shown[row.id],
                row.user_id,
                row.username,
                row.first_name or "",
                row.last_name or "",
                bool(row.is_seen),
                row.joined_at,
                row.pending_key,
                bool(row.erased),
            )
            for row in await self._connection.execute(query)
        ]

    async def entries(self, club_id: int) -> tuple[list[Standing], bool]:
        """All entries of the club, undone ones too; and did all with a number come by imports?"""
        sides = (
            (Kind.REFERRAL, referrals, "giver_id", "recipient_id", "given_at", "contact"),
            (Kind.THANKS, thanks, "from_id", "to_id", "given_at", None),
            (Kind.MEETING, meetings, "by_id", "with_id", "met_at", None),
            (Kind.VISITOR, visitors, "by_id", None, "came_at", "name"),
        )
        queries = [
            select(
                literal(kind.value).label("kind"),
                table.c.id,
                table.c.get("number", null()).label("number"),
                table.c[at].label("at"),
                table.c[giver].label("giver_id"),
                (table.c[taker] if taker else null()).label("taker_id"),
                (table.c[words] if words else literal("")).label("words"),
                table.c.get("amount_minor", null()).label("minor"),
                table.c.message_id,
                table.c.import_id,
                table.c.get("file_number", null()).label("file_number"),
            ).where(table.c.club_id == club_id)
            for kind, table, giver, taker, at, words in sides
        ]
        found: list[Standing] = []
        imported_only = True
        for query in queries:
            for row in await self._connection.execute(query):
                is_imported = row.import_id is not None
                imported_only &= is_imported or row.number is None
                key = row.message_id if is_imported else None
                values = (row.id, row.number, row.at, row.giver_id, row.taker_id, row.words, row.minor)
                found.append(Standing(Kind(row.kind), *values, key, row.file_number))
        return found, imported_only

    async def last_number(self, club_id: int) -> int:
        """The number of the club's last entry."""
        query = select(clubs.c.last_number).where(clubs.c.id == club_id)
        return int((await self._connection.execute(query)).scalar_one())

    async def set_last_number(self, club_id: int, number: int) -> None:
        """The next entry of the club has the number after this one."""
        await self._connection.execute(update(clubs).where(clubs.c.id == club_id).values(last_number=number))

    async def add_member(self, **values: Any) -> int:
        """Somebody becomes a member who was never seen; returns the member's id."""
        added = await self._connection.execute(insert(members).values(values).returning(members.c.id))
        return int(added.scalar_one())

    async def known_by_name(self, club_id: int) -> list[int]:
        """The members of the club whom a file names, and nothing tells who they are."""
        nameless = and_(
            members.c.club_id == club_id,
            members.c.user_id.is_(None),
            members.c.told_user_id.is_(None),
            members.c.pending_username.is_(None),
            members.c.erased_at.is_(None),
        )
        return list(await self._connection.scalars(select(members.c.id).where(nameless).order_by(members.c.id)))

    async def same_in(self, club_id: int, member_id: int) -> int | None:
        """The member of another club who was never seen and is known by the same as this one."""
        key = select(members.c.pending_key).where(members.c.id == member_id).scalar_subquery()
        query = select(members.c.id).where(members.c.club_id == club_id, members.c.pending_key == key)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def set_joined(self, joined: Mapping[int, datetime]) -> dict[int, datetime]:
        """These members came then; returns what was known before."""
        query = select(members.c.id, members.c.joined_at).where(members.c.id.in_(joined))
        before: dict[int, datetime] = {row.id: row.joined_at for row in await self._connection.execute(query)}
        for id_, at in joined.items():
            await self._connection.execute(update(members).where(members.c.id == id_).values(joined_at=at))
        return before

    async def add(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write down entries of one kind; each has all its columns."""
        await self._insert(_TABLES[kind], rows)

    async def referral_ids(self, import_id: int) -> dict[int, int]:
        """The ids of the referrals that this import made, by their numbers."""
        query = select(referrals.c.number, referrals.c.id).where(referrals.c.import_id == import_id)
        return {row.number: row.id for row in await self._connection.execute(query)}

    async def link(self, links: Sequence[Mapping[str, int]]) -> None:
        """Keep which referral came out of which: each link has the `later` and the `earlier`."""
        if links:
            change = update(referrals).where(referrals.c.id == bindparam("later"))
            await self._connection.execute(change.values(via_id=bindparam("earlier")), list(links))

    async def add_events(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep what happened to referrals."""
        await self._insert(referral_events, rows)

    async def take_out(self, club_id: int, import_id: int) -> None:
        """Remove all that an import made, but members who have come to be named elsewhere or were seen since.

        What was written down since and leads to an entry of it stays, without leading there.
        """
        made = select(referrals.c.id).where(referrals.c.club_id == club_id, referrals.c.import_id == import_id)
        for column in (thanks.c.referral_id, referrals.c.via_id, referrals.c.double_of_id):
            others = and_(column.table.c.club_id == club_id, column.in_(made))
            await self._connection.execute(update(column.table).where(others).values({column.name: None}))
        await self._connection.execute(delete(referral_events).where(referral_events.c.referral_id.in_(made)))
        for table in (thanks, referrals, meetings, visitors):
            theirs = and_(table.c.club_id == club_id, table.c.import_id == import_id)
            await self._connection.execute(delete(table).where(theirs))
        named = union_all(*(select(column).where(column.is_not(None)) for column in _NAMING))
        unused = and_(
            members.c.club_id == club_id,
            members.c.import_id == import_id,
            members.c.user_id.is_(None),
            members.c.id.not_in(named),
        )
        await self._connection.execute(delete(members).where(unused))

    async def _insert(self, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        left = iter(rows)
        while batch := [dict(row) for row in islice(left, _BATCH)]:
            await self._connection.execute(insert(table), batch)
            await asyncio.sleep(0)  # a long file has many of these: whoever only asks something has a turn meanwhile
