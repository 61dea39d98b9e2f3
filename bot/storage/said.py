"""What was said: rows of the outbox that are kept for a while, and what must not stay in them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.scrubbing import without
from bot.storage.schema import UNSAID, club_chats, members, outbox

_EDIT = "editMessageText"
_CONTENT = ("text", "reply_markup")
_NOTHING: dict[str, Any] = {"params": {}, "if_refused": None}
HAS_WORDS = cast(outbox.c.params, String) != "{}"


class Said:
    """What was said and is about to be, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def forget(self, club_ids: Collection[int]) -> None:
        """What the clubs and their members were told loses its words; only that it was said is kept.

        Not what stands in one message with other things: that is said again as a whole when one of them changes.
        """
        over = and_(~UNSAID, outbox.c.lead_id.is_(None), HAS_WORDS)
        await self._connection.execute(update(outbox).where(over, _told(club_ids)).values(_NOTHING))

    async def scrub(self, club_ids: Collection[int], words: Sequence[str], instead: str) -> None:
        """In what the clubs and their members are still to be told, and in why it could not be, these words go.

        In this letter case alone: a first name in small letters may be a word of any sentence.
        """
        found = select(outbox.c.id, outbox.c.params, outbox.c.if_refused, outbox.c.error).where(
            _told(club_ids), or_(HAS_WORDS, outbox.c.error.is_not(None))
        )
        for row in (await self._connection.execute(found)).all():
            before = {"params": row.params, "if_refused": row.if_refused, "error": row.error}
            values = {name: without(value, words, instead, exactly=True) for name, value in before.items()}
            if values != before:
                await self._connection.execute(update(outbox).where(outbox.c.id == row.id).values(values))

    async def drop(self, user_id: int) -> None:
        """Whatever was and will be said to this person in private is gone; elsewhere, that it was about them."""
        await self._connection.execute(delete(outbox).where(outbox.c.chat_id == user_id))
        theirs = outbox.c.about.endswith(f":{user_id}")
        await self._connection.execute(update(outbox).where(theirs).values(about=None))

    async def last(self) -> int:
        """The id of what was put here last."""
        return int((await self._connection.execute(select(func.coalesce(func.max(outbox.c.id), 0)))).scalar_one())

    async def overtake(self, after: int) -> None:
        """Messages that are changed by what was put here after that row say that at once, wherever they are kept."""
        edits = select(outbox.c.about, outbox.c.params).where(outbox.c.id > after, outbox.c.method == _EDIT)
        for about, params in (await self._connection.execute(edits.order_by(outbox.c.id))).all():
            same = select(outbox.c.id, outbox.c.params).where(outbox.c.about == about, outbox.c.id <= after, HAS_WORDS)
            for row in (await self._connection.execute(same)).all():
                kept = {name: value for name, value in row.params.items() if name not in _CONTENT}
                await self._connection.execute(
                    update(outbox).where(outbox.c.id == row.id).values(params=kept | params, if_refused=None)
                )

    async def rename(self, about: str, new: str) -> None:
        """A message is kept under another name."""
        await self._connection.execute(update(outbox).where(outbox.c.about == about).values(about=new))


def _told(club_ids: Collection[int]) -> ColumnElement[bool]:
    """Was it said in the group of one of these clubs, or to a member of one in private?"""
    groups = select(club_chats.c.chat_id).where(club_chats.c.club_id.in_(club_ids))
    people = select(members.c.user_id).where(members.c.club_id.in_(club_ids), members.c.user_id.is_not(None))
    return or_(outbox.c.chat_id.in_(groups), outbox.c.chat_id.in_(people))
