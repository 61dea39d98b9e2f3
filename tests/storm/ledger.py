"""What the clubs' ledgers must be, and what must be said: reckoned from what people did, without the bot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

ALWAYS_TOLD = 3
"""So many refusals a person gets in a group in any case; of more within a minute the bot need not speak."""


class Key(NamedTuple):
    """Something that is to be said: its kind, the chat it is said in, and what tells it from its like there."""

    kind: str
    chat_id: int
    which: str = ""


@dataclass
class Entry:
    """A referral, or (with an amount) a thanks; people by user id. `words`: the contact, or the note."""

    number: int
    message_id: int
    position: int
    author: int
    other: int
    words: str
    amount: int | None = None
    thanks_for: int | None = None
    undone_by: int | None = None
    told: set[int] = field(default_factory=set)

    @property
    def is_referral(self) -> bool:
        return self.amount is None

    @property
    def live(self) -> bool:
        return self.undone_by is None


class Ledger:
    """One club's. Every method says whether the request is granted, and notes in `replies` what is said to it."""

    def __init__(self, chat_id: int, title: str, admin: int) -> None:
        self.chat_id = chat_id
        self.title = title
        self.admin = admin
        self.entries: list[Entry] = []
        self.replies: Counter[Key] = Counter()
        self.perhaps: Counter[Key] = Counter()
        """What may be said, or not."""
        self._refusals: Counter[int] = Counter()

    def of_message(self, message_id: int) -> list[Entry]:
        """What the message made, in the order of its recipients."""
        return [entry for entry in self.entries if entry.message_id == message_id]

    def refer(self, message_id: int, giver: int, recipients: Sequence[int], contact: str) -> bool:
        """A /refer is sent, or one that was refused is mended."""
        if giver in recipients:
            return self.refused(message_id, giver)
        made = []
        for position, recipient in enumerate(recipients):
            made.append(Entry(len(self.entries) + 1, message_id, position, giver, recipient, contact))
            self.entries.append(made[-1])
        self.replies[self.answer(made[0].number)] += 1
        self._tell(made)
        return True

    def thank(self, message_id: int, thanker: int, giver: int, amount: int, note: str) -> bool:
        """A /thanks is sent, without the number of a referral."""
        thanked = {entry.thanks_for for entry in self.entries if entry.live}
        meant = [
            entry.number
            for entry in self.entries
            if entry.is_referral and entry.live and (entry.author, entry.other) == (giver, thanker)
        ]
        unthanked = [number for number in meant if number not in thanked]
        entry = Entry(len(self.entries) + 1, message_id, 0, thanker, giver, note, amount)
        entry.thanks_for = unthanked[0] if len(unthanked) == 1 else None
        self.entries.append(entry)
        self.replies[self.answer(entry.number)] += 1
        self._tell([entry])
        return True

    def undo(self, by: int, number: int) -> bool:
        """Someone takes an entry back by its number; the caller notes how that is answered."""
        entry = self.entries[number - 1]
        if not entry.live or by not in (entry.author, self.admin):
            return False
        entry.undone_by = by
        return True

    def undo_last(self, by: int) -> bool:
        """Someone takes back what they recorded last: all that its message made."""
        theirs = [entry for entry in self.entries if entry.author == by and entry.live]
        for entry in theirs:
            if entry.message_id == theirs[-1].message_id:
                entry.undone_by = by
        return bool(theirs)

    def correct(self, message_id: int, giver: int, recipients: Sequence[int], contact: str) -> bool:
        """A /refer that made referrals is edited: other words, perhaps other people."""
        live = [entry for entry in self.of_message(message_id) if entry.live]
        staying = [entry for entry in live if entry.other in recipients]
        going = [entry for entry in live if entry.other not in recipients]
        new = [person for person in recipients if person not in [entry.other for entry in staying]]
        if giver in recipients or not live or len(new) > len(going):
            return self.refused(message_id, giver, "unchanged")
        for entry, person in zip(going, new, strict=False):
            entry.other = person
        for entry in going[len(new) :]:
            entry.undone_by = giver
        kept = [entry for entry in live if entry.live]
        for entry in kept:
            entry.words = contact
        self._tell(kept)
        return True

    def answered(self, message_id: int, person: int, *, granted: bool) -> None:
        """The person's message is answered by a reply to it."""
        if granted:
            self.replies[Key("reply", self.chat_id, str(message_id))] += 1
        else:
            self.refused(message_id, person)

    def refused(self, message_id: int, person: int, kind: str = "reply") -> bool:
        """The person's message, or (unchanged) its edit, is refused in a reply."""
        self._refusals[person] += 1
        told = self.replies if self._refusals[person] <= ALWAYS_TOLD else self.perhaps
        told[Key(kind, self.chat_id, str(message_id))] += 1
        return False

    def ranked(self) -> None:
        """Somebody asks for the leaderboard of all time."""
        given, thanked = (
            sum(entry.live and entry.is_referral is referral for entry in self.entries) for referral in (True, False)
        )
        self.replies[Key("board", self.chat_id, f"{given} in all, {thanked} thanked" if given else "None yet")] += 1

    def answer(self, number: int) -> Key:
        """The answer in the group about the entry and those made with it, of which it is the first."""
        return Key("answer", self.chat_id, f"#{number}")

    def private(self, person: int, number: int) -> Key:
        """What the person is told of an entry in private."""
        return Key("told", person, f"{self.title} #{number}")

    def _tell(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.other not in entry.told:
                entry.told.add(entry.other)
                self.replies[self.private(entry.other, entry.number)] += 1
