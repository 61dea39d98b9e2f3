"""What an import would do to a club's ledger: what is new, what is there already."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.imports.entries import Arrival, Content, Entry, Problem, Why
from bot.domain.imports.roster import Known, Newcomer, Roster, key_of
from bot.domain.imports.tables import Kind

_NUMBERED = (Kind.REFERRAL, Kind.THANKS)
_HIGHEST_KEPT = 9_999_999
"""The club goes on from the highest number, which has to be one to type, and to fit behind a button."""


@dataclass(frozen=True)
class Standing:
    """An entry that the club has. `key` is what an earlier import knows it by, `file_number` its number there."""

    kind: Kind
    id: int
    number: int | None
    at: datetime
    giver_id: int | None
    taker_id: int | None
    words: str
    minor: int | None
    key: int | None
    file_number: int | None


@dataclass(frozen=True)
class Ledger:
    """A club as an import finds it. `imported_only`: all of its entries came by imports."""

    zone: ZoneInfo
    members: Sequence[Known]
    entries: Sequence[Standing]
    last_number: int
    imported_only: bool


@dataclass(frozen=True)
class Addition:
    """An entry that is new. The ids are those of members, or of newcomers (-1 is the first of them).

    `by_ids` are those of who did what is in its history.
    """

    entry: Entry
    key: int
    giver_id: int
    taker_id: int | None
    by_ids: Sequence[int | None]
    number: int | None = None


@dataclass(frozen=True)
class Plan:
    """All that an import would do. `standing` has the ids of the club's referrals by their number in the file."""

    additions: Sequence[Addition]
    newcomers: Sequence[Newcomer]
    doubles: Sequence[Problem]
    problems: Sequence[Problem]
    arrivals: Sequence[Arrival]
    joined: Mapping[int, datetime]
    """Members who were in the club earlier than it knew."""
    standing: Mapping[int, int]
    keeps_numbers: bool
    ignored: Sequence[str] = field(default=())

    @property
    def count(self) -> int:
        """How many entries and members would be added."""
        return len(self.additions) + len(self.newcomers)

    def counts(self) -> dict[Kind, int]:
        """How many would be added of each kind."""
        found = Counter(addition.entry.kind for addition in self.additions)
        return {kind: found[kind] for kind in Kind if found[kind]} | (
            {Kind.MEMBER: len(self.newcomers)} if self.newcomers else {}
        )


def planned(content: Content, ledger: Ledger) -> Plan:
    """What of the content is new to the club. The same content brings nothing new a second time."""
    return _Planner(content, ledger).plan()


class _Planner:
    def __init__(self, content: Content, ledger: Ledger) -> None:
        self._content, self._ledger = content, ledger
        self._roster = Roster(ledger.members)
        self._gone = {member.id for member in ledger.members if member.erased}
        self._keys = {entry.key: entry for entry in ledger.entries if entry.key is not None}
        self._numbers = {
            (each.kind, each.number or 0, _second(each.at)): each for each in ledger.entries if each.number
        }
        self._alike: dict[tuple[object, ...], list[Standing]] = defaultdict(list)
        for entry in ledger.entries:
            for has_time in (True, False):
                self._alike[self._likeness(entry, has_time=has_time)].append(entry)
        self._used: set[tuple[Kind, int]] = set()
        self._seen: set[int] = set()
        self._doubles: list[Problem] = []
        self._problems = list(content.problems)
        self._standing: dict[int, int] = {}

    def plan(self) -> Plan:
        joined = self._arrive()
        additions = [addition for entry in self._content.entries if (addition := self._addition(entry)) is not None]
        for entry in self._ledger.entries:
            if entry.kind is Kind.REFERRAL and entry.file_number is not None:
                self._standing.setdefault(entry.file_number, entry.id)
        keeps, numbered = self._numbered(additions)
        return Plan(
            numbered,
            self._roster.newcomers,
            self._doubles,
            self._problems,
            self._content.arrivals,
            joined,
            self._standing,
            keeps,
            self._content.ignored,
        )

    def _arrive(self) -> dict[int, datetime]:
        before = {member.id: member.joined_at for member in self._ledger.members}
        joined: dict[int, datetime] = {}
        for arrival in self._content.arrivals:
            id_ = self._roster.arrive(arrival)
            if id_ > 0:
                self._doubles.append(Problem(arrival.sheet, arrival.line, Why.ALREADY_THERE, arrival.who.name))
                if arrival.joined_at and arrival.joined_at.replace(microsecond=0) < before[id_].replace(microsecond=0):
                    joined[id_] = arrival.joined_at
        return joined

    def _addition(self, entry: Entry) -> Addition | None:
        key = self._key(entry)
        if key is None:
            self._double(entry, Why.TWICE)
            return None
        giver = self._roster.find(entry.giver)
        taker = self._roster.find(entry.taker) if entry.taker else None
        is_same = giver == taker if giver is not None else entry.taker and key_of(entry.giver) == key_of(entry.taker)
        if is_same and entry.undone_at is None:
            self._problems.append(Problem(entry.sheet, entry.line, Why.ONESELF, entry.giver.name))
            return None
        there = self._keys.get(key) or self._numbered_so(entry) or self._like(entry, giver, taker)
        if there is not None:
            self._used.add((there.kind, there.id))
            if entry.number is not None and entry.kind is Kind.REFERRAL:
                self._standing[entry.number] = there.id
            self._double(entry, Why.ALREADY_THERE)
            return None
        of = self._roster.of
        by = [of(each.by) if each.by else None for each in entry.history]
        return Addition(entry, key, of(entry.giver), of(entry.taker) if entry.taker else None, by)

    def _double(self, entry: Entry, why: Why) -> None:
        self._doubles.append(Problem(entry.sheet, entry.line, why, entry.contact or entry.note))

    def _key(self, entry: Entry) -> int | None:
        """What the entry is known by from now on: what it says, not where it stands; None for one that is there twice.

        An export's entry is its number at its moment: the rest may have changed between two exports. Equal lines of
        another table are told apart by how many there are.
        """
        if entry.number is not None:
            key = _digest(entry.kind, entry.number, _second(entry.moment.at))
            if key in self._seen:
                return None
        else:
            nth = 1
            while (key := _digest(*_said(entry), nth)) in self._seen:
                nth += 1
        self._seen.add(key)
        return key

    def _numbered_so(self, entry: Entry) -> Standing | None:
        """The entry of the club that an export of its own tells of, whatever was corrected or forgotten since."""
        return self._numbers.get((entry.kind, entry.number or 0, _second(entry.moment.at)))

    def _like(self, entry: Entry, giver: int | None, taker: int | None) -> Standing | None:
        """The entry that the club has already, whoever wrote it down, if it is not another line's.

        Whom the club does not know may be somebody whom it knew, and was asked to forget.
        """
        sides = [giver] if entry.taker is None else [giver, taker]
        if not entry.moment.has_time and any(id_ is None or id_ < 0 for id_ in sides):
            return None
        words = "" if entry.kind in (Kind.MEETING, Kind.THANKS) else entry.contact
        minor = entry.amount.minor if entry.amount else None
        found = Standing(entry.kind, 0, None, entry.moment.at, giver, taker, words, minor, None, None)
        alike = self._alike.get(self._likeness(found, has_time=entry.moment.has_time), [])
        return next((each for each in alike if (each.kind, each.id) not in self._used), None)

    def _likeness(self, entry: Standing, *, has_time: bool) -> tuple[object, ...]:
        at = _second(entry.at) if has_time else entry.at.astimezone(self._ledger.zone).date().isoformat()
        sides = [entry.giver_id] if entry.kind is Kind.VISITOR else [entry.giver_id, entry.taker_id]
        people = [None if id_ is None or id_ < 0 or id_ in self._gone else id_ for id_ in sides]
        if entry.kind is Kind.MEETING:
            people.sort(key=str)
        # What somebody wrote who was forgotten since is gone as well.
        is_told = entry.kind in (Kind.REFERRAL, Kind.VISITOR) and None not in people
        words = " ".join(entry.words.casefold().split()) if is_told else ""
        return entry.kind, at, tuple(people), words, entry.minor

    def _numbered(self, additions: Sequence[Addition]) -> tuple[bool, list[Addition]]:
        taken = {entry.number for entry in self._ledger.entries if entry.number is not None}
        wanted = [addition.entry.number for addition in additions if addition.entry.number is not None]
        keeps = self._ledger.imported_only and len(set(wanted)) == len(wanted) and not taken & set(wanted)
        keeps = keeps and max(wanted, default=0) <= _HIGHEST_KEPT
        last = max(self._ledger.last_number, *wanted, 0) if keeps else self._ledger.last_number
        new: dict[int, int] = {}
        for index, addition in sorted(enumerate(additions), key=lambda each: each[1].entry.moment.at):
            entry = addition.entry
            if entry.kind not in _NUMBERED:
                continue
            if keeps and entry.number is not None:
                new[index] = entry.number
            else:
                last += 1
                new[index] = last
        return keeps, [replace(each, number=new.get(index)) for index, each in enumerate(additions)]


def _said(entry: Entry) -> Iterator[object]:
    amount = entry.amount and (entry.amount.minor, entry.amount.currency)
    yield from (entry.kind, _second(entry.moment.at), entry.giver.name, entry.taker and entry.taker.name)
    yield from (entry.contact, entry.note, amount)


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _digest(*parts: object) -> int:
    """63 bits, as a database's whole numbers have."""
    said = json.dumps([str(part) for part in parts])
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big") >> 1
