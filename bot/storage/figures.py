"""What is counted from the ledger. No total is kept anywhere: each is counted when it is asked for."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import MemberFigures, Post, Week
from bot.storage import meetings as meetings_storage
from bot.storage import thanks as thanks_storage
from bot.storage import visitors as visitors_storage
from bot.storage.referrals import COUNTS, OPEN
from bot.storage.schema import members, referrals, thanks, visitors


def _live_at(ended_at: Any, instant: ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(ended_at.is_(None), ended_at >= instant)


_EVER = datetime(1, 1, 1, tzinfo=UTC)
"""Before anything was recorded."""
_SINCE: BindParameter[datetime] = bindparam("since")
_UNTIL: BindParameter[datetime] = bindparam("until")
_AS_OF: BindParameter[datetime] = bindparam("as_of")
_GIVEN = (
    select(referrals.c.giver_id, func.count())
    .where(
        referrals.c.club_id == bindparam("club_id"),
        referrals.c.kind == "outside",
        _live_at(referrals.c.undone_at, _AS_OF),
        _live_at(referrals.c.declined_at, _AS_OF),
        referrals.c.given_at >= _SINCE,
        referrals.c.given_at < _UNTIL,
    )
    .group_by(referrals.c.giver_id)
)
_THANKED = and_(
    thanks.c.club_id == bindparam("club_id"),
    _live_at(thanks.c.undone_at, _AS_OF),
    thanks.c.given_at >= _SINCE,
    thanks.c.given_at < _UNTIL,
)
_COUNT_THANKED = select(func.count()).where(_THANKED)
_WHO_WAS_THANKED = select(thanks.c.to_id).where(_THANKED).distinct()
_THESE: BindParameter[int] = bindparam("member_ids", expanding=True)
_GAVE_BEFORE = select(members.c.id).where(
    members.c.id.in_(_THESE),
    exists().where(referrals.c.giver_id == members.c.id, COUNTS, referrals.c.given_at < bindparam("before")),
)
_GIVEN_BY = select(referrals.c.giver_id, referrals.c.given_at, referrals.c.undone_at, referrals.c.declined_at).where(
    referrals.c.giver_id.in_(_THESE),
    referrals.c.kind == "outside",
    referrals.c.given_at >= _SINCE,
    referrals.c.given_at < _UNTIL,
)
_RANKABLE = select(members.c.id).where(
    members.c.id.in_(_THESE), members.c.left_at.is_(None), members.c.quiet.is_(False)
)


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).where(*conditions).scalar_subquery()


_MEMBER: BindParameter[int] = bindparam("member_id")
_RECEIVED = and_(referrals.c.recipient_id == _MEMBER, COUNTS)
_OF_MEMBER = select(
    _count(referrals.c.giver_id == _MEMBER, COUNTS).label("given"),
    _count(_RECEIVED).label("received"),
    _count(thanks.c.from_id == _MEMBER, thanks_storage.LIVE).label("thanks_given"),
    _count(thanks.c.to_id == _MEMBER, thanks_storage.LIVE).label("thanks_received"),
    _count(_RECEIVED, OPEN).label("open"),
    _count(meetings_storage.of_member(_MEMBER)).label("met"),
    _count(visitors.c.by_id == _MEMBER, visitors_storage.LIVE).label("visitors"),
)


class Figures:
    """What the ledger adds up to, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def week(
        self, club_id: int, since: datetime | None, until: datetime, *, as_of: datetime | None = None
    ) -> Week:
        """Who gave how many referrals in [since, until), and how many thanks there were: as it was at `until`.

        Or `as_of` another instant: what was taken back before that does not count.
        """
        about = {"club_id": club_id, "since": since or _EVER, "until": until, "as_of": as_of or until}
        given: dict[int, int] = {row[0]: row[1] for row in await self._connection.execute(_GIVEN, about)}
        thanked = (await self._connection.execute(_COUNT_THANKED, about)).scalar_one()
        return Week(given, sum(given.values()), thanked)

    async def givers(self, member_ids: Collection[int], weeks: Sequence[Post]) -> list[set[int]]:
        """Which of these gave in each of the weeks, which are one after the other, the latest first: as it was at their
        slots."""
        about = {"member_ids": list(member_ids), "since": weeks[-1].week_began_at, "until": weeks[0].slot_at}
        rows = (await self._connection.execute(_GIVEN_BY, about)).all()
        return [
            {
                giver_id
                for giver_id, given_at, *ends in rows
                if week.week_began_at <= given_at < week.slot_at
                and all(end is None or end >= week.slot_at for end in ends)
            }
            for week in weeks
        ]

    async def gave_before(self, member_ids: Collection[int], before: datetime) -> set[int]:
        """Which of these had given a referral before then."""
        about = {"member_ids": list(member_ids), "before": before}
        return set(await self._connection.scalars(_GAVE_BEFORE, about))

    async def thanked(self, club_id: int, since: datetime, until: datetime) -> set[int]:
        """Who was thanked in [since, until): as it was at `until`."""
        about = {"club_id": club_id, "since": since, "until": until, "as_of": until}
        return set(await self._connection.scalars(_WHO_WAS_THANKED, about))

    async def rankable(self, member_ids: Collection[int]) -> set[int]:
        """Which of these are in the club now, and did not take themselves out of the rankings."""
        return set(await self._connection.scalars(_RANKABLE, {"member_ids": list(member_ids)}))

    async def of_member(self, member_id: int) -> MemberFigures:
        """The member's own figures."""
        found = (await self._connection.execute(_OF_MEMBER, {"member_id": member_id})).one()
        return MemberFigures(**found._asdict())
