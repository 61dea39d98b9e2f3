"""Members in their first weeks: who was welcomed, and whom they were suggested to meet."""

from datetime import datetime

from sqlalchemy import and_, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.referrals import COUNTS
from bot.storage.schema import clubs, members, outbox, people, referrals


class Newcomers:
    """The newcomers within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def welcome(self, member_id: int, now: datetime) -> None:
        """The member came in now and is welcomed: once, ever."""
        values = {"joined_at": now, "welcomed_at": now, "suggestions": "asked"}
        await self._connection.execute(update(members).where(members.c.id == member_id).values(values))

    async def welcomed_since(self, club_id: int, since: datetime) -> list[int]:
        """The club's members who were welcomed since then and cannot be written to in private; in order."""
        query = (
            select(members.c.id)
            .join_from(members, people, members.c.user_id == people.c.user_id)
            .where(
                members.c.club_id == club_id,
                members.c.welcomed_at >= since,
                members.c.left_at.is_(None),
                people.c.reachable.is_(False),
            )
            .order_by(members.c.id)
        )
        return list(await self._connection.scalars(query))

    async def suggestions(self, member_id: int) -> str:
        """Does the member want suggestions: none (was never asked), asked, yes, no."""
        query = select(members.c.suggestions).where(members.c.id == member_id)
        return str((await self._connection.execute(query)).scalar_one())

    async def want(self, member_id: int, wanted: bool) -> None:
        """The member says whether they want suggestions."""
        values = {"suggestions": "yes" if wanted else "no"}
        await self._connection.execute(update(members).where(members.c.id == member_id).values(values))

    async def to_suggest_to(self, joined_since: datetime, not_since: datetime) -> list[int]:
        """Who wants suggestions, joined since then, had none since `not_since`, and can be written to."""
        query = (
            select(members.c.id)
            .join_from(members, people, members.c.user_id == people.c.user_id)
            .join(clubs, members.c.club_id == clubs.c.id)
            .where(
                members.c.suggestions == literal_column("'yes'"),  # written out, as in the index of these members
                members.c.left_at.is_(None),
                members.c.joined_at >= joined_since,
                or_(members.c.suggested_at.is_(None), members.c.suggested_at <= not_since),
                people.c.reachable,
                clubs.c.bot_left_at.is_(None),
            )
        )
        return sorted(await self._connection.scalars(query))

    async def suggested(self, member_id: int, at: datetime) -> None:
        """The member had a suggestion then."""
        await self._connection.execute(update(members).where(members.c.id == member_id).values(suggested_at=at))

    async def once_suggested(self, prefix: str) -> set[int]:
        """Whom the messages that are said once, under `prefix` and a member's id, were about."""
        keys = select(outbox.c.once_key).where(outbox.c.once_key.startswith(prefix, autoescape=True))
        return {int(key.removeprefix(prefix)) for key in await self._connection.scalars(keys)}

    async def recent_needs(self, club_id: int, limit: int) -> list[tuple[str, str]]:
        """Contact and need of the club's last referrals, the latest first."""
        query = (
            select(referrals.c.contact, referrals.c.need)
            .where(and_(referrals.c.club_id == club_id, COUNTS))
            .order_by(referrals.c.given_at.desc(), referrals.c.id.desc())
            .limit(limit)
        )
        return [(contact, need) for contact, need in await self._connection.execute(query)]
