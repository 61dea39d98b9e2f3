"""A small ledger of what the clubs' members did: lists and dicts, nothing of the bot's own.

It is written from the design and from CONTRIBUTING's decisions, so that it can tell when the bot strays from them.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Concatenate, NamedTuple, ParamSpec
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Brussels")
DAY = timedelta(days=1)
UNCHANGED = "What was recorded stays as it was."
P = ParamSpec("P")


class Person(NamedTuple):
    """Someone as Telegram describes them at that moment."""

    user_id: int
    username: str | None


Who = Person | str
"""Whom a command names: a person (a reply, a text mention), or an @username."""
Source = tuple[int, int]
Reply = tuple[str, ...] | None
"""What the bot's answer has to hold; None: it keeps quiet."""


class Refer(NamedTuple):
    """A /refer as typed; without a contact it is no good."""

    to: tuple[Who, ...]
    contact: str
    need: str
    phone: str


class Thank(NamedTuple):
    """A /thanks as typed. `wrong`: what the bot must say of an amount that is none."""

    to: tuple[Who, ...]
    amount: tuple[str, str] | None
    wrong: str
    number: int | None
    note: str


class Act(NamedTuple):
    """Who did something: in which club, when, and by which message; `now` is when the bot reads it."""

    now: datetime
    sent_at: datetime
    club: str
    source: Source
    by: Person
    text: str = ""
    admin: bool = False
    edited: bool = False
    pressed: bool = False  # a button: it alone brings nobody back who left


class RefusedError(Exception):
    """What cannot be; nothing of it is kept. Its words are in the bot's answer."""


@dataclass(eq=False)
class Member:
    """A person in a club; without a `user_id` known by `username` alone."""

    user_id: int | None
    username: str | None
    joined_at: datetime
    left_at: datetime | None = None


@dataclass(eq=False)
class Entry:
    """A referral (`thanks` is None) or a thanks."""

    number: int
    source: Source
    giver: Member
    taker: Member
    given_at: datetime
    refer: Refer | None = None
    thanks: Thank | None = None
    link: "Entry | None" = None
    undone_at: datetime | None = None
    merged: bool = False  # undone because two members turned out to be one: its answer was not told so

    @property
    def live(self) -> bool:
        return self.undone_at is None


class Week(NamedTuple):
    """A week that ended at `slot`."""

    since: datetime
    slot: datetime
    outcome: str


@dataclass(eq=False)
class Club:
    """A club's own books."""

    title: str
    began_at: datetime
    next_slot: datetime
    bot_in: bool = True
    members: list[Member] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    said: dict[Source, str] = field(default_factory=dict)  # the text of each message, as it counts now

    def member(self, user_id: int) -> Member | None:
        return next((m for m in self.members if m.user_id == user_id), None)

    def pending(self, username: str | None) -> Member | None:
        key = (username or "").lower()
        return next((m for m in self.members if m.user_id is None and (m.username or "").lower() == key), None)

    def number(self, number: int) -> Entry:
        found = next((e for e in self.entries if e.number == number), None)
        if found is None:
            raise RefusedError(f"There is no #{number} that this can be about.")
        return found

    def made_by(self, source: Source) -> list[Entry]:
        return [e for e in self.entries if e.source == source]

    def is_open(self, referral: Entry) -> bool:
        return referral.live and not any(e.live and e.link is referral for e in self.entries)

    def open_between(self, giver: Member, taker: Member) -> list[Entry]:
        return [e for e in self.entries if e.refer and self.is_open(e) and e.giver is giver and e.taker is taker]

    def forget_unused(self, members: Sequence[Member]) -> None:
        """A name that an edit took back, and that nobody is known by, was a slip of the pen."""
        named = {member for e in self.entries for member in (e.giver, e.taker)}
        self.members = [m for m in self.members if m not in members or m.user_id is not None or m in named]

    def merge(self, pending: Member, member: Member, now: datetime) -> None:
        """All that was credited to `pending` is `member`'s; nobody is credited by themself, nor twice by a message."""
        kept: set[Source] = set()
        for entry in self.entries:
            if entry.taker is pending:
                entry.taker = member
            twice = entry.refer is not None and entry.taker is member and entry.source in kept
            if entry.live and (entry.giver is entry.taker or twice):
                entry.undone_at, entry.merged = now, True
            if entry.live and entry.taker is member:
                kept.add(entry.source)
        self.members.remove(pending)


def next_slot(after: datetime) -> datetime:
    """The first Monday at nine, in Brussels, after this instant."""
    day: date = after.astimezone(ZONE).date()
    day -= timedelta(days=day.weekday())
    while (slot := datetime.combine(day, time(9), ZONE)) <= after:
        day += timedelta(days=7)
    return slot.astimezone(after.tzinfo)


class People:
    """Who is who: the usernames under which the bot last saw people, and who is in which club."""

    def __init__(self, first_names: dict[int, str], daily_limit: int) -> None:
        self.first_names = first_names
        self.daily_limit = daily_limit
        self.usernames: dict[int, str | None] = {}
        self.clubs: dict[str, Club] = {}
        self._told: dict[tuple[int, int], list[datetime]] = {}

    def carry_out(
        self, deed: Callable[Concatenate[Act, P], Reply], act: Act, *args: P.args, **kwargs: P.kwargs
    ) -> Reply:
        """Do it, or nothing of it; that its author was seen holds either way."""
        before: dict[str, Any] = deepcopy(self.__dict__)
        try:
            self.seen(act)
            return deed(act, *args, **kwargs)
        except RefusedError as refused:
            self.__dict__ = before
            self.seen(act)
            if not act.pressed and not self._may_be_told(act):
                return None
            return (UNCHANGED, str(refused)) if act.edited else (str(refused),)

    def _may_be_told(self, act: Act) -> bool:
        """One person is told in a group what was wrong three times a minute, and no more."""
        told = self._told.setdefault((act.source[0], act.by.user_id), [])
        lately = [at for at in told if at > act.now - timedelta(minutes=1)]
        if len(lately) < 3:
            told.append(act.now)
        return len(lately) < 3

    def meet(self, person: Person) -> None:
        """Keep the username; it is nobody else's any more."""
        for user_id, username in self.usernames.items():
            if username and person.username and username.lower() == person.username.lower():
                self.usernames[user_id] = None
        self.usernames[person.user_id] = person.username

    def club(self, title: str, now: datetime) -> Club:
        """The club; it begins when the bot first sees it."""
        return self.clubs.setdefault(title, Club(title, now, next_slot(now)))

    def seen(self, act: Act) -> Member:
        """The author of this as a member."""
        return self.join(act.club, act.by, act.now, present=not act.pressed)

    def join(self, title: str, person: Person, now: datetime, *, present: bool = True) -> Member:
        """The person is a member, and one with the pending member of their username; `present`: is back too."""
        self.meet(person)
        club = self.club(title, now)
        member, pending = club.member(person.user_id), club.pending(person.username) if person.username else None
        if member is None and pending is not None:
            member, pending.user_id, pending.username = pending, person.user_id, None
        elif member is None:
            member = Member(person.user_id, None, now)
            club.members.append(member)
        elif pending is not None:
            club.merge(pending, member, now)
        if present:
            member.left_at = None
        return member

    def leave(self, title: str, user_id: int, now: datetime) -> None:
        member = self.club(title, now).member(user_id)
        if member is not None and member.left_at is None:
            member.left_at = now

    def came(self, title: str, person: Person, now: datetime) -> None:
        """The person came into the group, or did there what needs no answer."""
        self.join(title, person, now)

    def went(self, title: str, person: Person, now: datetime, *, watched: bool) -> None:
        """The person left the group; a bot that is an admin is told so of those too whom it never saw."""
        if watched:
            self.join(title, person, now)
        self.leave(title, person.user_id, now)

    def bot_came(self, title: str, by: Person, now: datetime) -> Reply:
        self.join(title, by, now)
        self.clubs[title].bot_in = True
        return ("Hello!",)

    def bot_went(self, title: str, by: Person, now: datetime) -> None:
        self.join(title, by, now)
        self.clubs[title].bot_in = False

    def named(self, act: Act, whos: Sequence[Who]) -> list[Member]:
        """The members that a command names, each once; one never seen is a pending member from now on."""
        if any(isinstance(who, str) and who.lower().endswith("bot") for who in whos):
            raise RefusedError("That is not a person")
        return list(dict.fromkeys(self._named(act, who) for who in whos))

    def _named(self, act: Act, who: Who) -> Member:
        if isinstance(who, Person):
            return self.join(act.club, who, act.now, present=False)
        club = self.clubs[act.club]
        known = [u for u, name in self.usernames.items() if name and name.lower() == who.lower()]
        member = club.member(known[0]) if known else None
        member = member or club.pending(who)
        if member is None:
            member = Member(None, who, act.now)
            club.members.append(member)
        return member

    def name(self, member: Member) -> str:
        """What the club calls them."""
        return f"@{member.username}" if member.user_id is None else self.first_names[member.user_id]
