"""The tables in which a club's records leave it and come back: which columns there are, and what stands in them.

People's scripts count on the names and on their order: new columns are added at the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.amounts import Amount


class Holds(StrEnum):
    """What the cells of a column are. Where nothing is known a cell is empty, whatever it holds.

    A WHOLE is a number that is counted or given out; an ID is Telegram's, and adds up to nothing. An INSTANT is
    ISO 8601 with the club's offset, to the second; an AMOUNT a plain decimal, in the currency of its row; YES_NO one
    of these two words. WORDS are what people wrote or are called. A TOKEN is one of few English words of ours, the
    same in every language.
    """

    WHOLE = "whole"
    ID = "id"
    INSTANT = "instant"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    WORDS = "words"
    TOKEN = "token"  # noqa: S105  no secret
    HISTORY = "history"


@dataclass(frozen=True)
class Table:
    """One kind of record: `name` is that of its CSV file and its part of the JSON, `sheet` that of its sheet."""

    name: str
    sheet: str
    columns: Mapping[str, Holds]


REFERRALS = Table(
    "referrals",
    "Referrals",
    {
        "number": Holds.WHOLE,
        "given_at": Holds.INSTANT,
        "giver_id": Holds.ID,
        "giver": Holds.WORDS,
        "recipient_id": Holds.ID,
        "recipient": Holds.WORDS,
        "contact": Holds.WORDS,
        "phone": Holds.WORDS,
        "email": Holds.WORDS,
        "need": Holds.WORDS,
        "kind": Holds.TOKEN,
        "status": Holds.TOKEN,
        "undone_at": Holds.INSTANT,
        "status_at": Holds.INSTANT,
        "history": Holds.HISTORY,
        "warmth": Holds.WHOLE,
        "agreed": Holds.YES_NO,
        "via_number": Holds.WHOLE,
    },
)
THANKS = Table(
    "thanks",
    "Thanks",
    {
        "number": Holds.WHOLE,
        "given_at": Holds.INSTANT,
        "from_id": Holds.ID,
        "from": Holds.WORDS,
        "to_id": Holds.ID,
        "to": Holds.WORDS,
        "amount": Holds.AMOUNT,
        "currency": Holds.TOKEN,
        "degree": Holds.WHOLE,
        "referral_number": Holds.WHOLE,
        "note": Holds.WORDS,
        "undone_at": Holds.INSTANT,
    },
)
MEMBERS = Table(
    "members",
    "Members",
    {
        "member_id": Holds.ID,
        "name": Holds.WORDS,
        "username": Holds.WORDS,
        "joined_at": Holds.INSTANT,
        "left_at": Holds.INSTANT,
        "given": Holds.WHOLE,
        "received": Holds.WHOLE,
        "thanks_given": Holds.WHOLE,
        "thanks_received": Holds.WHOLE,
        "one_to_ones": Holds.WHOLE,
        "visitors": Holds.WHOLE,
        # As Telegram has them; `name` is what the club calls them, and may be short. Empty for a pending member.
        "first_name": Holds.WORDS,
        "last_name": Holds.WORDS,
    },
)
ONE_TO_ONES = Table(
    "one_to_ones",
    "One-to-ones",
    {
        "met_at": Holds.INSTANT,
        "by_id": Holds.ID,
        "by": Holds.WORDS,
        "with_id": Holds.ID,
        "with": Holds.WORDS,
        "note": Holds.WORDS,
        "undone_at": Holds.INSTANT,
    },
)
VISITORS = Table(
    "visitors",
    "Visitors",
    {
        "came_at": Holds.INSTANT,
        "by_id": Holds.ID,
        "by": Holds.WORDS,
        "visitor": Holds.WORDS,
        "undone_at": Holds.INSTANT,
    },
)
IN_CSV = (REFERRALS, THANKS, MEMBERS)
"""What there is a CSV file of."""
TABLES = (*IN_CSV, ONE_TO_ONES, VISITORS)


@dataclass(frozen=True)
class Happening:
    """What happened to a referral, as Event has it; `by_id` is Telegram's id of who did it, `by` the name."""

    at: datetime
    side: str
    value: str
    by_id: int | None
    by: str | None


Value = int | str | bool | datetime | Amount | Sequence[Happening] | None
Record = Sequence[Value]
"""The values of a table's columns, None where nothing is known. An INSTANT is local; a HISTORY is Happenings."""
