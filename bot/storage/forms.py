"""What people are filling in."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Form
from bot.storage.schema import forms


class Forms:
    """The forms within one transaction; each person has one at most."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, user_id: int) -> Form | None:
        """What this person is filling in."""
        query = select(forms.c.user_id, forms.c.command, forms.c.step, forms.c.club_id, forms.c.answers).where(
            forms.c.user_id == user_id
        )
        row = (await self._connection.execute(query)).one_or_none()
        return Form(*row) if row else None

    async def put(self, form: Form, now: datetime) -> None:
        """Keep the form, in place of the one that the person had."""
        await self.drop(form.user_id)
        await self._connection.execute(
            insert(forms).values(
                user_id=form.user_id,
                command=form.command,
                step=form.step,
                club_id=form.club_id,
                answers=dict(form.answers),
                changed_at=now,
            )
        )

    async def drop(self, user_id: int) -> None:
        """The person fills in nothing any more."""
        await self._connection.execute(delete(forms).where(forms.c.user_id == user_id))
