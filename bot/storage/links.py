"""Which members have to do with each other: by a referral, a thanks or a one-to-one."""

from sqlalchemy import BindParameter, bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Member
from bot.storage import meetings as meetings_storage
from bot.storage import referrals as referrals_storage
from bot.storage import thanks as thanks_storage
from bot.storage.schema import meetings, members, referrals, thanks

_ME: BindParameter[int] = bindparam("member_id")
# All of the member's own, whoever of the two began it: the database finds them by the member, and looks at no other's.
_LINKED = union_all(
    *(
        select(other).where(live, mine == _ME)
        for live, one, another in (
            (referrals_storage.LIVE, referrals.c.giver_id, referrals.c.recipient_id),
            (thanks_storage.LIVE, thanks.c.from_id, thanks.c.to_id),
            (meetings_storage.LIVE, meetings.c.by_id, meetings.c.with_id),
        )
        for mine, other in ((one, another), (another, one))
    )
)
_NOT_LINKED = (
    select(members.c.id)
    .where(members.c.club_id == bindparam("club_id"), members.c.user_id.is_not(None), members.c.left_at.is_(None))
    .where(members.c.id != _ME, members.c.id.not_in(_LINKED))
    .order_by(members.c.id)
)


class Links:
    """The links between members within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def none_with(self, member: Member) -> list[int]:
        """The other members, in the club now and known, with whom this one has no link yet; in the order of ids."""
        about = {"club_id": member.club_id, "member_id": member.id}
        return list(await self._connection.scalars(_NOT_LINKED, about))
