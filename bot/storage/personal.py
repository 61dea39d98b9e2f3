"""All that is kept of a person, wherever it is: for the person, and nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, String, Table, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import (
    audit,
    clubs,
    forms,
    inbox,
    meetings,
    members,
    outbox,
    people,
    question_voters,
    questions,
    referral_events,
    referrals,
    thanks,
    visitors,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Rows of a table in which a member is named by one of the columns `of`; of each the columns `shown`."""

    name: str
    of: Sequence[Column[Any]]
    shown: Sequence[Column[Any]]

    @property
    def table(self) -> Table:
        """Where the rows are."""
        return self.of[0].table


def _but(table: Table, *left_out: str) -> list[Column[Any]]:
    # Telegram's message ids and ours tell the person nothing; what a file told is not said of who was seen.
    hidden = {"id", "club_id", "chat_id", "message_id", "position", "import_id", "file_number", *left_out}
    return [column for column in table.columns if column.name not in hidden]


PARTS: tuple[Part, ...] = (
    Part("referrals_given", [referrals.c.giver_id], _but(referrals)),
    Part("referrals_received", [referrals.c.recipient_id], _but(referrals)),
    # Of what is between others, an admin who took it back sees no more than that they did.
    Part("referrals_undone", [referrals.c.undone_by_id], [referrals.c.number, referrals.c.undone_at]),
    Part("referral_events", [referral_events.c.by_id], _but(referral_events)),
    Part("thanks_given", [thanks.c.from_id], _but(thanks)),
    Part("thanks_received", [thanks.c.to_id], _but(thanks)),
    Part("thanks_undone", [thanks.c.undone_by_id], [thanks.c.number, thanks.c.undone_at]),
    Part("one_to_ones", [meetings.c.by_id, meetings.c.with_id], _but(meetings)),
    Part("one_to_ones_undone", [meetings.c.undone_by_id], [meetings.c.met_at, meetings.c.undone_at]),
    Part("visitors", [visitors.c.by_id], _but(visitors)),
    Part("visitors_undone", [visitors.c.undone_by_id], [visitors.c.came_at, visitors.c.undone_at]),
    Part("questions_answered", [question_voters.c.member_id], [question_voters.c.question_id]),
    Part("audit", [audit.c.by_id], _but(audit)),
)
"""What is kept of a member, beside the row of the member. That nothing is missing, a test sees to."""


class Personal:
    """What is kept of a person, within one transaction."""

    parts = PARTS

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def person(self, user_id: int) -> Row | None:
        """The person as Telegram described them."""
        return next(iter(await self._rows(select(people).where(people.c.user_id == user_id))), None)

    async def form(self, user_id: int) -> Row | None:
        """What they are filling in."""
        shown = select(*_but(forms, "user_id")).where(forms.c.user_id == user_id)
        return next(iter(await self._rows(shown)), None)

    async def memberships(self, member_ids: Collection[int]) -> list[Row]:
        """The members that they are and were, each with its club's title."""
        columns = _but(
            members, "user_id", "pending_key", "erased_at", "told_user_id", "told_first_name", "told_last_name"
        )
        query = select(members.c.id, members.c.club_id, clubs.c.title, *columns).join_from(members, clubs)
        return await self._rows(query.where(members.c.id.in_(member_ids)).order_by(members.c.id))

    async def part(self, part: Part, member_id: int) -> list[Row]:
        """The rows of this part that name the member, the oldest first."""
        query = select(*part.shown).where(or_(*(column == member_id for column in part.of)))
        return await self._rows(query.order_by(*part.table.primary_key.columns))

    async def months(self, question_ids: Collection[int]) -> list[str]:
        """The months that these questions were asked in."""
        query = select(questions.c.month).where(questions.c.id.in_(question_ids)).order_by(questions.c.month)
        return list(await self._connection.scalars(query))

    async def numbers(self, referral_ids: Collection[int]) -> dict[int, int]:
        """The number in its club of each of these referrals."""
        query = select(referrals.c.id, referrals.c.number).where(referrals.c.id.in_(referral_ids))
        return {row.id: row.number for row in await self._connection.execute(query)}

    async def told(self, user_id: int) -> list[Row]:
        """What was said to them in private, as far as it is kept; and what waits to be."""
        columns = (outbox.c.created_at, outbox.c.state, outbox.c.params)
        return await self._rows(select(*columns).where(outbox.c.chat_id == user_id).order_by(outbox.c.id))

    async def failed(self, user_id: int) -> list[Row]:
        """Updates that could not be dealt with, as Telegram sent them; theirs are among those that hold their id."""
        holds_id = cast(inbox.c.payload, String).contains(str(user_id))
        query = select(inbox.c.received_at, inbox.c.payload).where(inbox.c.state == "failed", holds_id)
        return await self._rows(query.order_by(inbox.c.id))

    async def _rows(self, query: Any) -> list[Row]:
        return [dict(row._mapping) for row in await self._connection.execute(query)]
