"""People as Telegram knows them, and the members of clubs that they are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Member, Person
from bot.domain.names import PersonName
from bot.storage.schema import (
    members,
    people,
)

_PERSON: Select[Any] = select(
    people.c.user_id,
    people.c.first_name,
    people.c.last_name,
    people.c.username,
    people.c.language_code,
    people.c.reachable,
    people.c.language,
).where(people.c.user_id == bindparam("user_id"))
_CHANGE_PERSON = update(people).where(people.c.user_id == bindparam("person"))
_FREE_USERNAME = (
    update(people)
    .where(people.c.username_key == bindparam("key"), people.c.user_id != bindparam("person"))
    .values(username=None, username_key=None)
)
_FIRST_NAME = func.coalesce(people.c.first_name, members.c.told_first_name)
_MEMBER: Select[Any] = select(
    members.c.id,
    members.c.club_id,
    members.c.user_id,
    _FIRST_NAME.label("first_name"),
    func.coalesce(people.c.last_name, members.c.told_last_name).label("last_name"),
    people.c.username,
    members.c.pending_username,
    func.coalesce(people.c.language, people.c.language_code).label("language"),
    people.c.reachable,
    members.c.joined_at,
    members.c.left_at,
    members.c.quiet,
    members.c.erased_at.is_not(None).label("erased"),
    members.c.told_user_id,
).join_from(members, people, members.c.user_id == people.c.user_id, isouter=True)
_IN_CLUB = _MEMBER.where(members.c.club_id == bindparam("club_id"))
_GET = _MEMBER.where(members.c.id == bindparam("id"))
_ALL = _IN_CLUB.order_by(members.c.id)
_OF_PERSON = _IN_CLUB.where(members.c.user_id == bindparam("user_id"))
_PENDING = _IN_CLUB.where(members.c.pending_key == bindparam("key"))
_EXPECTED = members.c.pending_key.in_((bindparam("key"), bindparam("told_key")))
_THIS_PERSON_OR_EXPECTED = _IN_CLUB.where(or_(members.c.user_id == bindparam("user_id"), _EXPECTED)).order_by(
    members.c.id
)
# One value, so that the database finds both by an index: a username is one person's only.
_WHOSE_USERNAME = select(func.min(people.c.user_id)).where(people.c.username_key == bindparam("key")).scalar_subquery()
_BY_USERNAME = _IN_CLUB.where(
    or_(members.c.user_id == _WHOSE_USERNAME, members.c.pending_key == bindparam("key"))
).order_by(members.c.user_id.is_(None))
_THESE = members.c.id.in_(bindparam("ids", expanding=True))
_THEIR_FIRST_NAMES = (
    select(_FIRST_NAME).join_from(members, people, members.c.user_id == people.c.user_id, isouter=True).where(_THESE)
)
_WITH_NAMESAKES = _IN_CLUB.where(or_(_THESE, _FIRST_NAME.in_(_THEIR_FIRST_NAMES)))
_PRESENT = (
    select(
        members.c.user_id,
        members.c.id,
        _FIRST_NAME,
        func.coalesce(people.c.last_name, members.c.told_last_name),
        func.coalesce(people.c.username, members.c.pending_username),
    )
    .join_from(members, people, members.c.user_id == people.c.user_id, isouter=True)
    .where(members.c.club_id == bindparam("club_id"), members.c.left_at.is_(None), members.c.erased_at.is_(None))
)
_CHANGE_MEMBER = update(members).where(members.c.id == bindparam("member"))


class Members:
    """The people and members within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def person(self, user_id: int) -> Person | None:
        """What is known of this Telegram user."""
        row = (await self._connection.execute(_PERSON, {"user_id": user_id})).one_or_none()
        return Person(*row) if row else None

    async def save_person(self, person: Person, *, new: bool, now: datetime) -> None:
        """Keep how Telegram describes someone. Their username is nobody else's any more."""
        key = person.username.lower() if person.username else None
        if key:
            await self._connection.execute(_FREE_USERNAME, {"key": key, "person": person.user_id})
        values: dict[str, Any] = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "username_key": key,
            "language_code": person.language_code,
            "reachable": person.reachable,
        }
        if new:
            values |= {"user_id": person.user_id, "first_seen_at": now}
            await self._connection.execute(insert(people), values)
        else:
            await self._connection.execute(_CHANGE_PERSON, {"person": person.user_id, **values})

    async def choose_language(self, user_id: int, language: str) -> None:
        """In which language this person wants to be written to, whatever that of their Telegram."""
        await self._connection.execute(_CHANGE_PERSON, {"person": user_id, "language": language})

    async def set_reachable(self, user_id: int, reachable: bool) -> None:
        """May the bot write to this person in private?"""
        await self._connection.execute(_CHANGE_PERSON, {"person": user_id, "reachable": reachable})

    async def of_person(self, club_id: int, user_id: int) -> Member | None:
        """The member of the club that this person is, or was."""
        return await self._one(_OF_PERSON, club_id=club_id, user_id=user_id)

    async def of_person_and_expected(self, club_id: int, person: Person) -> tuple[Member | None, list[Member]]:
        """The member of the club that this person is, or was; and the pending ones who turn out to be them.

        These are known by their @username, or by what a file told.
        """
        key, told_key = (person.username or "").lower(), f"id:{person.user_id}"
        about = {"club_id": club_id, "user_id": person.user_id, "key": key, "told_key": told_key}
        found = [_member(row) for row in await self._connection.execute(_THIS_PERSON_OR_EXPECTED, about)]
        theirs = (each for each in found if each.user_id is not None)
        return next(theirs, None), [each for each in found if each.user_id is None]

    async def by_username(self, club_id: int, username: str) -> Member | None:
        """Who goes by this @username in the club, in any letter case; known people before pending ones."""
        return await self._one(_BY_USERNAME, club_id=club_id, key=username.lower())

    async def pending(self, club_id: int, username: str) -> Member | None:
        """The pending member with this @username."""
        return await self._one(_PENDING, club_id=club_id, key=username.lower())

    async def get(self, member_id: int) -> Member:
        """The member with this id; it must exist."""
        return _member((await self._connection.execute(_GET, {"id": member_id})).one())

    async def with_namesakes(self, club_id: int, ids: Collection[int]) -> list[Member]:
        """These members, and all others of the club, past and present, who share a first name with one of them."""
        found = await self._connection.execute(_WITH_NAMESAKES, {"club_id": club_id, "ids": list(ids)})
        return [_member(row) for row in found.all()]

    async def all_of(self, club_id: int) -> list[Member]:
        """All the club's members, past, present and pending, in the order in which they came."""
        return [_member(row) for row in (await self._connection.execute(_ALL, {"club_id": club_id})).all()]

    async def present(self, club_id: int) -> list[tuple[int | None, PersonName]]:
        """Who is in the club: the Telegram user, of who is known, and the name as of Member."""
        found = await self._connection.execute(_PRESENT, {"club_id": club_id})
        return [
            (user_id, PersonName(id_, first or f"@{name}", last, name)) for user_id, id_, first, last, name in found
        ]

    async def add(self, club_id: int, user_id: int, now: datetime) -> None:
        """A known person becomes a member."""
        await self._connection.execute(insert(members), {"club_id": club_id, "user_id": user_id, "joined_at": now})

    async def add_pending(self, club_id: int, username: str, now: datetime) -> None:
        """Someone known by @username only becomes a pending member."""
        names = {"pending_username": username, "pending_key": username.lower()}
        await self._connection.execute(insert(members), {"club_id": club_id, "joined_at": now, **names})

    async def identify(self, member_id: int, user_id: int) -> None:
        """The pending member is this person."""
        await self._change(
            member_id,
            user_id=user_id,
            pending_username=None,
            pending_key=None,
            told_user_id=None,
            told_first_name=None,
            told_last_name=None,
        )

    async def set_left(self, member_id: int, at: datetime | None) -> None:
        """The member left the group then, or (None) is in it."""
        await self._change(member_id, left_at=at)

    async def tell_of_direct(self, member_id: int, now: datetime) -> bool:
        """Keep that the difference with direct business is explained to the member now; False if it was before."""
        untold = and_(members.c.id == member_id, members.c.direct_told_at.is_(None))
        told = await self._connection.execute(update(members).where(untold).values(direct_told_at=now))
        return told.rowcount == 1

    async def set_quiet(self, member_id: int, quiet: bool) -> None:
        """Does the member want to be in no ranking?"""
        await self._change(member_id, quiet=quiet)

    async def move(self, member_id: int, club_id: int) -> None:
        """The member, with all that is theirs, belongs to another club."""
        await self._change(member_id, club_id=club_id)

    async def _one(self, query: Select[Any], **about: Any) -> Member | None:
        row = (await self._connection.execute(query, about)).first()
        return _member(row) if row else None

    async def _change(self, member_id: int, **values: Any) -> None:
        await self._connection.execute(_CHANGE_MEMBER, {"member": member_id, **values})


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        club_id=row.club_id,
        user_id=row.user_id,
        first_name=row.first_name or "",
        last_name=row.last_name,
        username=row.username or row.pending_username,
        language=row.language,
        reachable=bool(row.reachable),
        joined_at=row.joined_at,
        left_at=row.left_at,
        quiet=row.quiet,
        erased=row.erased,
        told_user_id=row.told_user_id,
    )
