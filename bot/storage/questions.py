"""The club's question of the month: the answers counted, and who answered, but not what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.questions import Answer, Question
from bot.storage.schema import clubs, question_voters, questions, referrals


class Questions:
    """The questions within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unasked(self, month: str) -> list[tuple[int, datetime]]:
        """The clubs that want the question, were not asked yet in this month, and could be: id and beginning.

        The bot is there, and someone once gave a referral.
        """
        asked = select(questions.c.id).where(questions.c.club_id == clubs.c.id, questions.c.month == month)
        given = select(referrals.c.id).where(referrals.c.club_id == clubs.c.id)
        query = (
            select(clubs.c.id, clubs.c.created_at)
            .where(clubs.c.monthly_question, clubs.c.bot_left_at.is_(None), ~asked.exists(), given.exists())
            .order_by(clubs.c.id)
        )
        return [(row.id, row.created_at) for row in await self._connection.execute(query)]

    async def ask(self, club_id: int, month: str, now: datetime) -> Question:
        """The question of this month is asked; each club and month has one."""
        values = {"club_id": club_id, "month": month, "asked_at": now}
        added = await self._connection.execute(insert(questions).values(values).returning(questions.c.id))
        return Question(added.scalar_one(), club_id, month)

    async def get(self, club_id: int, question_id: int) -> Question | None:
        """The club's question with this id."""
        query = _select().where(questions.c.club_id == club_id, questions.c.id == question_id)
        row = (await self._connection.execute(query)).one_or_none()
        return _question(row) if row else None

    async def recent(self, club_id: int, limit: int) -> list[Question]:
        """The club's last questions, the oldest of them first."""
        query = _select().where(questions.c.club_id == club_id).order_by(questions.c.month.desc()).limit(limit)
        rows: Sequence[Row[Any]] = (await self._connection.execute(query)).all()
        return [_question(row) for row in reversed(rows)]

    async def has_answered(self, question_id: int, member_id: int) -> bool:
        """Did this member answer?"""
        answered = question_voters.c.question_id == question_id, question_voters.c.member_id == member_id
        return (await self._connection.execute(select(question_voters).where(*answered))).first() is not None

    async def count(self, question_id: int, member_id: int, answer: Answer) -> None:
        """One more gave this answer. That the member answered is kept beside it, and not which answer."""
        column = questions.c[answer.value]
        await self._connection.execute(
            update(questions).where(questions.c.id == question_id).values({column.name: column + 1})
        )
        await self._connection.execute(insert(question_voters).values(question_id=question_id, member_id=member_id))


def _select() -> Select[Any]:
    return select(
        questions.c.id,
        questions.c.club_id,
        questions.c.month,
        questions.c.yes,
        questions.c.some,
        questions.c.not_yet,
    )


def _question(row: Row[Any]) -> Question:
    return Question(**row._asdict())
