"""Which members have to do with each other: by a referral, a thanks or a one-to-one."""

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Member
from bot.storage import meetings as meetings_storage
from bot.storage import referrals as referrals_storage
from bot.storage import thanks as thanks_storage
from bot.storage.schema import meetings, members, referrals, thanks


class Links:
    """The links between members within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def none_with(self, member: Member) -> list[int]:
        """The other members, in the club now and known, with whom this one has no link yet; in the order of ids."""
        linked = [
            exists().where(
                live,
                or_(
                    and_(one == member.id, other == members.c.id),
                    and_(one == members.c.id, other == member.id),
                ),
            )
            for live, one, other in (
                (referrals_storage.LIVE, referrals.c.giver_id, referrals.c.recipient_id),
                (thanks_storage.LIVE, thanks.c.from_id, thanks.c.to_id),
                (meetings_storage.LIVE, meetings.c.by_id, meetings.c.with_id),
            )
        ]
        here = and_(
            members.c.club_id == member.club_id,
            members.c.id != member.id,
            members.c.user_id.is_not(None),
            members.c.left_at.is_(None),
        )
        query = select(members.c.id).where(here, *(~link for link in linked)).order_by(members.c.id)
        return list(await self._connection.scalars(query))
