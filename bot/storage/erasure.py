"""Forgetting a person: whatever tells who they are goes, and what the club counts stays."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, delete, func, literal, null, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Source
from bot.domain.scrubbing import landmark, without
from bot.storage.schema import (
    forms,
    imports,
    inbox,
    meetings,
    members,
    people,
    question_voters,
    referrals,
    thanks,
    visitors,
)

_ENTRIES: tuple[Table, ...] = (referrals, thanks, meetings, visitors)
_PEOPLE: tuple[tuple[Any, Any, Any], ...] = (
    (referrals.c.given_at, referrals.c.giver_id, referrals.c.recipient_id),
    (thanks.c.given_at, thanks.c.from_id, thanks.c.to_id),
    (meetings.c.met_at, meetings.c.by_id, meetings.c.with_id),
    (visitors.c.came_at, visitors.c.by_id, visitors.c.by_id),
)
WRITTEN: dict[Table, tuple[str, ...]] = {
    referrals: ("contact", "need"),
    thanks: ("note",),
    meetings: ("note",),
    visitors: ("name",),
    forms: ("answers",),
    imports: ("file_name", "layout", "report"),
}
"""What the members of a club wrote, where any of them may have named another."""


class Erasure:
    """What is forgotten within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def members_of(self, user_id: int, username: str | None) -> list[int]:
        """The members that this person is or was in any club; also those known by their @username or a file only."""
        theirs = or_(members.c.user_id == user_id, members.c.told_user_id == user_id)
        if username:
            theirs = or_(theirs, func.lower(members.c.pending_username) == username.lower())
        return list(await self._connection.scalars(select(members.c.id).where(theirs).order_by(members.c.id)))

    async def sources_of(self, member_ids: Collection[int], since: datetime) -> list[tuple[int, Source]]:
        """The messages since then that made entries in which these members are; each with its club."""
        found: dict[tuple[int, Source], None] = {}
        for at, by, to in _PEOPLE:
            table, theirs = at.table, or_(by.in_(member_ids), to.in_(member_ids))
            query = select(table.c.club_id, table.c.chat_id, table.c.message_id).where(at >= since, theirs)
            for club_id, chat_id, message_id in await self._connection.execute(query):
                found[club_id, Source(chat_id, message_id)] = None
        return list(found)

    async def words_of(self, member_ids: Collection[int]) -> None:
        """What these members wrote goes, and the notes about them; the entries stay, and count as they did."""
        gone = {"contact": "", "need": "", "phone": "", "email": "", "erased": "all"}
        await self._set(referrals, referrals.c.giver_id.in_(member_ids), **gone)
        await self._set(thanks, or_(thanks.c.from_id.in_(member_ids), thanks.c.to_id.in_(member_ids)), note="")
        await self._set(meetings, or_(meetings.c.by_id.in_(member_ids), meetings.c.with_id.in_(member_ids)), note="")
        await self._set(visitors, visitors.c.by_id.in_(member_ids), name="")

    async def name_in(self, club_ids: Collection[int], words: Sequence[str], instead: str) -> list[tuple[int, Source]]:
        """In all that the members of these clubs wrote, these words go.

        Returns the messages that made entries with such words in them; each with its club.

        """
        sources: dict[tuple[int, Source], None] = {}
        for table, columns in WRITTEN.items():
            keys = list(table.primary_key.columns)
            where = [table.c.chat_id, table.c.message_id] if table in _ENTRIES else []
            holds = or_(*(_may_hold(table.c[name], word) for name in columns for word in words))
            found = select(*keys, table.c.club_id, *where, *(table.c[name] for name in columns)).where(
                table.c.club_id.in_(club_ids), holds
            )
            changed = []
            for row in await self._connection.execute(found):
                before = {name: row._mapping[name] for name in columns}
                values: dict[str, Any] = without(before, words, instead)
                if values != before and table in _ENTRIES:
                    sources[row.club_id, Source(row.chat_id, row.message_id)] = None
                if values != before:
                    changed.append((and_(*(key == row._mapping[key.name] for key in keys)), values))
            for same, values in changed:
                await self._set(table, same, **values)
        return list(sources)

    async def identity_of(self, user_id: int, member_ids: Collection[int], now: datetime) -> None:
        """The person goes, with what they were filling in and which questions they answered; the members stay."""
        await self._connection.execute(delete(question_voters).where(question_voters.c.member_id.in_(member_ids)))
        await self._connection.execute(delete(forms).where(forms.c.user_id == user_id))
        await self._imports_of(user_id)
        await self._set(
            members,
            members.c.id.in_(member_ids),
            user_id=None,
            pending_username=None,
            told_user_id=None,
            told_first_name=None,
            told_last_name=None,
            pending_key=literal(":") + cast(members.c.id, String),
            erased_at=now,
            left_at=func.coalesce(members.c.left_at, now),
            quiet=False,
            direct_told_at=None,
            welcomed_at=None,
            suggestions="none",
            suggested_at=None,
        )
        await self._connection.execute(delete(people).where(people.c.user_id == user_id))

    async def _imports_of(self, user_id: int) -> None:
        """Of the files that the person sent nothing is left but how much of it the clubs took in."""
        theirs = imports.c.user_id == user_id
        await self._set(imports, and_(theirs, imports.c.state.not_in(("done", "undone"))), state="ended")
        await self._set(imports, theirs, user_id=0, file_id="", file_name="", layout=null(), report=None)

    async def private_chat_of(self, user_id: int) -> dict[int, int]:
        """What was recorded in the private chat loses the chat's id, which is the person's.

        Returns the ids of the messages that made something, each with the one that it has instead, in chat 0.
        """
        moved = {}
        for place, table in enumerate(_ENTRIES):
            found = select(table.c.id, table.c.message_id).where(table.c.chat_id == user_id)
            for id_, message_id in (await self._connection.execute(found)).all():
                moved[message_id] = -(len(_ENTRIES) * id_ + place)
                await self._set(table, table.c.id == id_, chat_id=0, message_id=moved[message_id])
        return moved

    async def updates_of(self, user_id: int, words: Sequence[str]) -> None:
        """Updates that could not be dealt with and tell of the person are gone; of the others the chat's id is."""
        failed = select(inbox.c.id, inbox.c.payload, inbox.c.error).where(inbox.c.state == "failed")
        told = [
            row.id
            for row in await self._connection.execute(failed)
            if without([row.payload, row.error], words, "") != [row.payload, row.error]
        ]
        await self._connection.execute(delete(inbox).where(inbox.c.id.in_(told)))
        await self._set(inbox, and_(inbox.c.chat_id == user_id, inbox.c.state != "new"), chat_id=None)

    async def _set(self, table: Table, condition: Any, **values: Any) -> None:
        await self._connection.execute(update(table).where(condition).values(values))


def _may_hold(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Is it worth looking for the word there?"""
    plain = landmark(word)
    return cast(column, String).icontains(plain, autoescape=True) if plain else true()
