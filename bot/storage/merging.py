"""Members who turn out to be one, and pending ones whom nothing names any more."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import audit, meetings, members, question_voters, referral_events, referrals, thanks, visitors

_MET: tuple[Any, ...] = (meetings.c.by_id, meetings.c.with_id)
# Where a member is named, beside the referrals and the thanks.
OTHERS_OF_A_MEMBER: tuple[Any, ...] = (
    referral_events.c.by_id,
    *_MET,
    meetings.c.undone_by_id,
    visitors.c.by_id,
    visitors.c.undone_by_id,
    question_voters.c.member_id,
    audit.c.by_id,
)


class Merging:
    """What becomes of members, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def merge(self, from_id: int, into_id: int, now: datetime) -> None:
        """Two members turn out to be one: all of `from_id` is `into_id`'s now.

        What this makes a referral or thanks to oneself is undone: nobody can be credited for it. So is the second
        of two referrals that one message made to them.
        """
        for table, giver, taker in (
            (referrals, referrals.c.giver_id, referrals.c.recipient_id),
            (thanks, thanks.c.from_id, thanks.c.to_id),
        ):
            both = and_(giver.in_((from_id, into_id)), taker.in_((from_id, into_id)))
            await self._connection.execute(update(table).where(both, table.c.undone_at.is_(None)).values(undone_at=now))
            for column in (giver, taker, table.c.undone_by_id):
                await self._connection.execute(update(table).where(column == from_id).values({column.name: into_id}))
        first = referrals.alias("first")
        twice = exists().where(
            first.c.chat_id == referrals.c.chat_id,
            first.c.message_id == referrals.c.message_id,
            first.c.recipient_id == referrals.c.recipient_id,
            first.c.position < referrals.c.position,
            first.c.undone_at.is_(None),
        )
        live = and_(referrals.c.recipient_id == into_id, referrals.c.undone_at.is_(None))
        await self._connection.execute(update(referrals).where(live, twice).values(undone_at=now))
        await self._merge_the_rest(from_id, into_id, now)
        await self._connection.execute(members.delete().where(members.c.id == from_id))

    async def _merge_the_rest(self, from_id: int, into_id: int, now: datetime) -> None:
        both = and_(meetings.c.by_id.in_((from_id, into_id)), meetings.c.with_id.in_((from_id, into_id)))
        await self._connection.execute(
            update(meetings).where(both, meetings.c.undone_at.is_(None)).values(undone_at=now)
        )
        voted = select(question_voters.c.question_id).where(question_voters.c.member_id == into_id)
        await self._connection.execute(
            delete(question_voters).where(
                question_voters.c.member_id == from_id, question_voters.c.question_id.in_(voted)
            )
        )
        for column in OTHERS_OF_A_MEMBER:
            await self._connection.execute(update(column.table).where(column == from_id).values({column.name: into_id}))

    async def drop_unused(self, member_id: int) -> None:
        """Remove the member if it is a pending one that no entry names any more, and that no file brought."""
        named = [
            exists().where(column == members.c.id)
            for column in (referrals.c.giver_id, referrals.c.recipient_id, thanks.c.from_id, thanks.c.to_id, *_MET)
        ]
        pending = and_(members.c.id == member_id, members.c.user_id.is_(None), members.c.import_id.is_(None))
        unused = and_(pending, ~or_(*named))
        await self._connection.execute(members.delete().where(unused))
