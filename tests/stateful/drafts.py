"""What members type: drafts, as text for the playground and as the model takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from bot.playground.people import User
from tests.stateful.driver import NAMES, person
from tests.stateful.model import Refer, Thank, Who
from tests.support.scene import Message

PHONE = "+32 471 98 76 54"
AMOUNTS: dict[str, tuple[tuple[str, str] | None, str]] = {
    "": (None, ""),
    "100": (("100.00", "EUR"), ""),
    "€1.500": (("1500.00", "EUR"), ""),
    "1500,50": (("1500.50", "EUR"), ""),
    "USD 99.95": (("99.95", "USD"), ""),
    "0": (None, "is no amount I can write down."),
    "12abc": (None, "as an amount"),
}
"""Amounts as typed, with what they are, or what the bot says of them."""


@dataclass(frozen=True)
class Aim:
    """Someone named in a command: by @username, or in a text mention by the first name."""

    name: str
    by_username: bool


@dataclass(frozen=True)
class Draft:
    """A /refer, or with an `amount` a /thanks. `number` is a free choice, of which the ledger's size makes one."""

    aims: tuple[Aim, ...]
    contact: bool = True
    phone: bool = False
    amount: str | None = None
    number: int | None = None

    def to_others(self, name: str) -> "Draft":
        """The same, where it names this person with the next in the row instead."""
        row = (*NAMES, NAMES[0])
        aims = (Aim(row[row.index(name) + 1], a.by_username) if a.name.lower() == name else a for a in self.aims)
        return replace(self, aims=tuple(aims))

    def typed(self, people: dict[str, User], club: str, serial: int, last: int) -> "Typed":
        """The text; `serial` makes the contact its own, and `last` is the last number of the club's ledger."""
        typed = Typed("/refer " if self.amount is None else "/thanks ")
        for aim in self.aims:
            typed.name(aim, people)
        if self.amount is None:
            contact = f"{club.removeprefix('Kring ')}{serial}x" if self.contact else ""
            need, phone = (f"need {serial}", PHONE if self.phone else "") if contact else ("", "")
            typed.text += f"{contact}: {need}" * bool(contact) + ", 0471 98 76 54" * bool(phone)
            typed.draft = Refer(tuple(typed.to), contact, need, phone)
        else:
            number = self.number % (last + 1) + 1 if self.number is not None else None
            amount, wrong = AMOUNTS[self.amount]
            words = [self.amount, f"#{number}" if number else "", f"note{serial}"]
            typed.text += " ".join(word for word in words if word)
            typed.draft = Thank(tuple(typed.to), amount, wrong, number, f"note{serial}")
        return typed


@dataclass
class Typed:
    """A text with its text mentions, and what it means."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    to: list[Who] = field(default_factory=list)
    draft: Refer | Thank | None = None

    def name(self, aim: Aim, people: dict[str, User]) -> None:
        """Add a mention."""
        if aim.by_username:
            self.text += f"@{aim.name} "
            self.to.append(aim.name)
            return
        user = people[aim.name]
        first = user["first_name"]
        self.entities.append(
            {"type": "text_mention", "offset": len(self.text), "length": len(first), "user": {"id": user.id}}
        )
        self.text += f"{first} "
        self.to.append(person(user))

    def replying(self, message: Message | None, bot_id: int, people: Sequence[User]) -> Refer | Thank:
        """The draft; where it names nobody it is for the author of the message replied to."""
        assert self.draft is not None
        if self.to or message is None:
            return self.draft
        author = next((user for user in people if user.id == message["from"]["id"]), None)
        assert author is not None or message["from"]["id"] == bot_id
        return self.draft._replace(to=("KringBot" if author is None else person(author),))


_letters = st.sampled_from([str.lower, str.upper, str.title])
usernames = st.builds(lambda name, case: case(name), st.sampled_from(NAMES), _letters)
_person = st.builds(Aim, usernames, st.just(True)) | st.builds(Aim, st.sampled_from(NAMES), st.just(False))
aims = st.sampled_from([True] * 15 + [False]).flatmap(lambda p: _person if p else st.just(Aim("KringBot", True)))
_several = st.lists(aims, min_size=1, max_size=3).map(tuple)
_amounts = st.sampled_from(["100", "", "€1.500", "1500,50", "USD 99.95"] * 3 + ["0", "12abc"])
_numbers = st.none() | st.integers(0, 20)
referrals = st.builds(Draft, _several, st.sampled_from([True] * 9 + [False]), st.booleans())
thanks = st.builds(
    Draft,
    st.lists(aims, min_size=1, max_size=1).map(tuple) | _several,
    amount=_amounts,
    number=_numbers,
)
drafts = referrals | thanks
replies = st.builds(Draft, st.just(()), phone=st.booleans()) | st.builds(
    Draft, st.just(()), amount=_amounts, number=_numbers
)
