"""Clubs, and the chats that lead to them."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Club, Post
from bot.domain.sorting import sort_key
from bot.storage.schema import (
    UNREAD,
    UNSAID,
    audit,
    club_chats,
    clubs,
    forms,
    imports,
    inbox,
    meetings,
    members,
    outbox,
    posts,
    questions,
    referrals,
    thanks,
    visitors,
)

_CURRENT_CHAT = and_(club_chats.c.club_id == clubs.c.id, club_chats.c.current)


def _both(query: Select[Any], *, skip_locked: bool = False) -> tuple[Select[Any], Select[Any]]:
    """The query without a lock, and with one on the clubs that it finds.

    It is weaker than what a reference to the club needs, so that who joins another one waits for nobody.
    """
    return query, query.with_for_update(of=clubs, key_share=True, skip_locked=skip_locked)


_CLUB: Select[Any] = select(
    clubs.c.id,
    club_chats.c.chat_id,
    clubs.c.title,
    clubs.c.language,
    clubs.c.timezone,
    clubs.c.own_country,
    clubs.c.currency,
    clubs.c.post_day,
    clubs.c.post_time,
    clubs.c.week_began_at,
    clubs.c.next_slot_at,
    clubs.c.bot_left_at,
    clubs.c.remind_days,
    clubs.c.monthly_question,
    clubs.c.pictures,
    clubs.c.contact_months,
    clubs.c.keep_names,
    clubs.c.own_limit,
    clubs.c.open_totals,
).join(club_chats, _CURRENT_CHAT)
_GET = _both(_CLUB.where(clubs.c.id == bindparam("id")))
_THROUGH = select(club_chats.c.club_id).where(club_chats.c.chat_id == bindparam("chat_id")).scalar_subquery()
_BY_CHAT = _both(_CLUB.where(clubs.c.id == _THROUGH))
_OF_PERSON = _both(
    _CLUB.join(members, members.c.club_id == clubs.c.id)
    .where(members.c.user_id == bindparam("user_id"), members.c.left_at.is_(None), clubs.c.bot_left_at.is_(None))
    .order_by(clubs.c.id)  # whoever locks several does it in one order
)
_CHANGE = update(clubs).where(clubs.c.id == bindparam("club"))
_NEXT_NUMBER = _CHANGE.values(last_number=clubs.c.last_number + 1).returning(clubs.c.last_number)
_UNREAD = exists().where(inbox.c.chat_id == club_chats.c.chat_id, UNREAD)
_DUE = _both(
    _CLUB.where(clubs.c.next_slot_at <= bindparam("now"), ~_UNREAD)
    .order_by(clubs.c.next_slot_at)
    .limit(bindparam("limit")),
    skip_locked=True,
)
_RECENT_POSTS = (
    select(posts.c.slot_at, posts.c.week_began_at, posts.c.given, posts.c.outcome)
    .where(posts.c.club_id == bindparam("club_id"))
    .order_by(posts.c.slot_at.desc())
    .limit(bindparam("limit"))
)


class Clubs:
    """The clubs within one transaction. With `lock` those that are read stay as they are until it ends.

    Whoever writes to a club's ledger reads the club first, so this makes them take turns, as SQLite does by itself.
    """

    def __init__(self, connection: AsyncConnection, *, lock: bool) -> None:
        self._connection = connection
        self._lock = lock

    async def create(self, chat_id: int, now: datetime, **values: Any) -> Club:
        """Begin a club; `values` are its settings, title and next slot."""
        result = await self._connection.execute(
            insert(clubs).values(week_began_at=now, created_at=now, **_columns(values)).returning(clubs.c.id)
        )
        id_ = result.scalar_one()
        await self._connection.execute(insert(club_chats).values(chat_id=chat_id, club_id=id_, current=True))
        return await self.get(id_)

    async def get(self, club_id: int) -> Club:
        """The club with this id; it must exist."""
        return _club((await self._connection.execute(_GET[self._lock], {"id": club_id})).one())

    async def find(self, club_id: int) -> Club | None:
        """The club with this id, which somebody outside claims to be one's."""
        row = (await self._connection.execute(_GET[self._lock], {"id": club_id})).one_or_none()
        return _club(row) if row else None

    async def by_chat(self, chat_id: int) -> Club | None:
        """The club that this chat is, or was before it became a supergroup."""
        row = (await self._connection.execute(_BY_CHAT[self._lock], {"chat_id": chat_id})).one_or_none()
        return _club(row) if row else None

    async def of_person(self, user_id: int) -> list[Club]:
        """The clubs this person is in now, where the bot is too; by title."""
        found = [_club(row) for row in await self._connection.execute(_OF_PERSON[self._lock], {"user_id": user_id})]
        return sorted(found, key=lambda club: (sort_key(club.title), club.id))

    async def retitle(self, club_id: int, title: str) -> None:
        """The group has another title now."""
        await self._change(club_id, title=title)

    async def configure(self, club_id: int, **values: Any) -> None:
        """The club wants these things otherwise; `values` are its settings and next slot."""
        await self._change(club_id, **_columns(values))

    async def reminding(self) -> list[tuple[int, str]]:
        """After how many days clubs remind, and in which time zone: each pair that there is, once."""
        query = select(clubs.c.remind_days, clubs.c.timezone).where(
            clubs.c.remind_days > 0, clubs.c.bot_left_at.is_(None)
        )
        return [(row.remind_days, row.timezone) for row in await self._connection.execute(query.distinct())]

    async def bot_left(self, club_id: int, at: datetime | None) -> None:
        """The bot was removed then, or (None) is there. What was recorded stays."""
        await self._change(club_id, bot_left_at=at)

    async def next_number(self, club_id: int) -> int:
        """The number of the club's next entry: referrals and thanks share one series, none is used twice."""
        return int((await self._connection.execute(_NEXT_NUMBER, {"club": club_id})).scalar_one())

    async def due(self, now: datetime, limit: int) -> list[Club]:
        """Clubs whose slot has come, the longest waiting first; also those that the bot was removed from.

        Not those of whose chat an update waits, or is dealt with now: it may be from before the slot.
        """
        return [_club(row) for row in await self._connection.execute(_DUE[self._lock], {"now": now, "limit": limit})]

    async def close_week(self, club: Club, post: Post, next_slot_at: datetime) -> None:
        """Keep what became of the slot; the next week begins at it."""
        values = {
            "club_id": club.id,
            "slot_at": post.slot_at,
            "week_began_at": post.week_began_at,
            "given": post.given,
            "outcome": post.outcome,
        }
        await self._connection.execute(insert(posts), values)
        await self._change(club.id, week_began_at=post.slot_at, next_slot_at=next_slot_at)

    async def recent_posts(self, club_id: int, limit: int) -> list[Post]:
        """What became of the last slots, the latest first."""
        about = {"club_id": club_id, "limit": limit}
        return [Post(*row) for row in await self._connection.execute(_RECENT_POSTS, about)]

    async def point_chat(self, club_id: int, chat_id: int) -> None:
        """The club's group has this chat id from now on; the ids it had still lead to it."""
        table = club_chats
        await self._connection.execute(
            update(table).where(table.c.club_id == club_id).values(current=table.c.chat_id == chat_id)
        )
        known = select(table.c.chat_id).where(table.c.chat_id == chat_id)
        if (await self._connection.execute(known)).one_or_none() is None:
            await self._connection.execute(insert(table).values(chat_id=chat_id, club_id=club_id, current=True))

    async def readdress(self, old_chat_id: int, new_chat_id: int) -> None:
        """What waits to be said in the old chat is said in the new one; its messages stay in the old."""
        original = outbox.alias("original")
        sent = exists().where(original.c.id == outbox.c.edits_id, original.c.message_id.is_not(None))
        waiting = and_(outbox.c.chat_id == old_chat_id, UNSAID, outbox.c.state == "waiting", ~sent)
        await self._connection.execute(update(outbox).where(waiting).values(chat_id=new_chat_id))

    async def add_chat(self, club_id: int, chat_id: int) -> None:
        """This chat id, which the group had, leads to the club too."""
        await self._connection.execute(insert(club_chats).values(chat_id=chat_id, club_id=club_id, current=False))

    async def renumber_entries(self, from_club: int, to_club: int) -> int:
        """Move the entries of one club to another's ledger, numbered after its own; return its own last number."""
        last = select(clubs.c.last_number).where(clubs.c.id == to_club)
        offset = int((await self._connection.execute(last)).scalar_one())
        for table in (referrals, thanks):
            await self._connection.execute(
                update(table)
                .where(table.c.club_id == from_club)
                .values(club_id=to_club, number=table.c.number + offset)
            )
        await self._renumber_audit(from_club, offset)
        for table in (meetings, visitors, audit):
            await self._connection.execute(update(table).where(table.c.club_id == from_club).values(club_id=to_club))
        moved = select(clubs.c.last_number).where(clubs.c.id == from_club).scalar_subquery()
        await self._connection.execute(
            update(clubs).where(clubs.c.id == to_club).values(last_number=clubs.c.last_number + moved)
        )
        return offset

    async def _renumber_audit(self, club_id: int, offset: int) -> None:
        rows = await self._connection.execute(select(audit.c.id, audit.c.details).where(audit.c.club_id == club_id))
        for id_, details in rows.all():
            if "numbers" in details:
                moved = details | {"numbers": [number + offset for number in details["numbers"]]}
                await self._connection.execute(update(audit).where(audit.c.id == id_).values(details=moved))

    async def delete(self, club_id: int, into: int) -> None:
        """Remove a club that has no members and entries left; its chats lead to `into`."""
        await self._connection.execute(
            update(club_chats).where(club_chats.c.club_id == club_id).values(club_id=into, current=False)
        )
        for table in (posts, questions):
            await self._connection.execute(delete(table).where(table.c.club_id == club_id))
        for table in (forms, imports):
            await self._connection.execute(update(table).where(table.c.club_id == club_id).values(club_id=into))
        await self._connection.execute(delete(clubs).where(clubs.c.id == club_id))

    async def _change(self, club_id: int, **values: Any) -> None:
        await self._connection.execute(_CHANGE, {"club": club_id, **values})


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    at = values.get("post_time")
    return values if at is None else values | {"post_time": at.isoformat("minutes")}


def _club(row: Row[Any]) -> Club:
    values = row._asdict()
    values["post_time"] = time.fromisoformat(values["post_time"])
    return Club(**values)
