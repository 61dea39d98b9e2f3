"""Who the people of a file are in the club: its members, or new ones."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.alike import words
from bot.domain.imports.entries import Arrival, Who


@dataclass(frozen=True)
class Known:
    """A member of the club. `user_id` is Telegram's; of who was never seen it is what an earlier file said.

    `key` is that of a Newcomer, of who was never seen.
    """

    id: int
    shown: str
    user_id: int | None
    username: str | None
    first_name: str
    last_name: str
    is_seen: bool
    joined_at: datetime
    key: str | None
    erased: bool = False


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom the club did not know. `key` is what no two of its members share who were never seen."""

    key: str
    who: Who
    joined_at: datetime | None = None
    left_at: datetime | None = None


class Roster:
    """Finds the members of a club. A new one has the id -1, -2, …: -1 is the first of `newcomers`."""

    def __init__(self, members: Sequence[Known]) -> None:
        self.newcomers: list[Newcomer] = []
        # By key: who was never seen, and the newcomers.
        self._ids: dict[str, int] = {member.key: member.id for member in members if member.key is not None}
        self._by_user_id = {member.user_id: member.id for member in members if member.user_id is not None}
        self._by_username: dict[str, Known] = {}
        for member in sorted(members, key=lambda member: member.is_seen):
            if member.username:
                self._by_username[member.username.lower()] = member
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_words: dict[str, set[int]] = defaultdict(set)
        for member in members:
            full = f"{member.first_name} {member.last_name}".strip()
            for name in {_strict(member.shown), _strict(full)} - {""}:
                self._by_name[name].add(member.id)
            if full:
                self._by_words[_loose(full)].add(member.id)

    def find(self, who: Who) -> int | None:
        """The member who this is, or the newcomer; None for somebody not met yet."""
        return (None if who.forgotten else self._member(who)) or self._ids.get(key_of(who))

    def of(self, who: Who) -> int:
        """The same, but who was not met yet is a newcomer now."""
        return self.find(who) or self._add(Newcomer(key_of(who), who))

    def arrive(self, arrival: Arrival) -> int:
        """The same for a line about a member."""
        who = arrival.who
        return self.find(who) or self._add(Newcomer(key_of(who), who, arrival.joined_at, arrival.left_at))

    def _add(self, newcomer: Newcomer) -> int:
        self.newcomers.append(newcomer)
        id_ = self._ids[newcomer.key] = -len(self.newcomers)
        return id_

    def _member(self, who: Who) -> int | None:
        if who.user_id is not None:
            if who.user_id in self._by_user_id:
                return self._by_user_id[who.user_id]
            # A username may have been another person's before; a member who was never seen is only that name.
            named = self._by_username.get((who.username or "").lower())
            return named.id if named is not None and not named.is_seen and named.user_id is None else None
        if who.username is not None:
            named = self._by_username.get(who.username.lower())
            return named.id if named is not None else None
        for found in (self._by_name.get(_strict(who.name)), self._by_words.get(_loose(who.name))):
            if found is not None and len(found) == 1:
                return next(iter(found))
        return None


def key_of(who: Who) -> str:
    """What tells people apart who are not known to the club: the id, else the @username, else the name.

    It has 64 characters at most, and no key of one kind is one of another: a username has no colon.
    """
    if who.forgotten:
        return f"gone:{who.forgotten}"
    if who.user_id is not None:
        return f"id:{who.user_id}"
    if who.username is not None:
        return who.username.lower()
    return f"name:{hashlib.sha256(_strict(who.name).encode()).hexdigest()[:40]}"


def _strict(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


def _loose(name: str) -> str:
    return " ".join(sorted(words(name))) or _strict(name)
