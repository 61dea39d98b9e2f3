"""What each member of a club did in a period, counted all at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tallies import Tally
from bot.storage import meetings as meetings_storage
from bot.storage import thanks as thanks_storage
from bot.storage import visitors as visitors_storage
from bot.storage.lists import within
from bot.storage.referrals import PASSED
from bot.storage.schema import meetings, referrals, thanks, visitors
from bot.storage.sqlite import GOES_THROUGH_MUCH


class Tallies:
    """The members' figures within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_club(self, club_id: int, since: datetime | None, until: datetime) -> dict[int, Tally]:
        """What each member did in [since, until), by the member's id; who did nothing is left out."""
        found: dict[int, Tally] = defaultdict(Tally)
        for whose, side in (("given", referrals.c.giver_id), ("received", referrals.c.recipient_id)):
            passed = (referrals.c.club_id == club_id, PASSED, *within(referrals.c.given_at, since, until))
            query = select(side, referrals.c.kind, func.count()).where(*passed).group_by(side, referrals.c.kind)
            for member_id, kind, count in await self._rows(query):
                getattr(found[member_id], whose)[kind] = count
        for whose, side in (("thanks_given", thanks.c.from_id), ("thanks_received", thanks.c.to_id)):
            said = (thanks.c.club_id == club_id, thanks_storage.LIVE, *within(thanks.c.given_at, since, until))
            thanked = select(side, thanks.c.currency, func.count(), func.sum(thanks.c.amount_minor)).where(*said)
            for member_id, currency, count, minor in await self._rows(thanked.group_by(side, thanks.c.currency)):
                tally = getattr(found[member_id], whose)
                tally.count += count
                if currency is not None:
                    tally.minor[currency] = int(minor)
        for member_id, count in await self._rows(_met(club_id, since, until)):
            found[member_id].one_to_ones = count
        brought = (visitors.c.club_id == club_id, visitors_storage.LIVE, *within(visitors.c.came_at, since, until))
        query = select(visitors.c.by_id, func.count()).where(*brought).group_by(visitors.c.by_id)
        for member_id, count in await self._rows(query):
            found[member_id].visitors = count
        return dict(found)

    async def _rows(self, query: Select[Any]) -> Sequence[Any]:
        found: Sequence[Any] = (await self._connection.execute(query, execution_options=GOES_THROUGH_MUCH)).all()
        return found


def _met(club_id: int, since: datetime | None, until: datetime) -> Select[Any]:
    """Both are credited with a one-to-one."""
    live = (meetings.c.club_id == club_id, meetings_storage.LIVE, *within(meetings.c.met_at, since, until))
    each = union_all(
        select(meetings.c.by_id.label("member_id")).where(*live),
        select(meetings.c.with_id.label("member_id")).where(*live),
    ).subquery()
    return select(each.c.member_id, func.count()).group_by(each.c.member_id)
