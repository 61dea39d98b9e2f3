"""What a line of a table says, once it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.amounts import Amount
from bot.domain.imports.moments import Moment
from bot.domain.imports.tables import Kind
from bot.domain.models import Status


@dataclass(frozen=True)
class Who:
    """A person as a file names them: by Telegram's id, by @username (without the @), or by what they are called.

    Of who asked to be `forgotten` an export tells nothing but on which side of an entry they were.
    """

    name: str
    user_id: int | None = None
    username: str | None = None
    first_name: str = ""
    last_name: str = ""
    forgotten: str = ""


@dataclass(frozen=True)
class Happened:
    """A line of a referral's history: one of its sides took a value."""

    at: datetime
    side: str
    value: str
    by: Who | None


@dataclass(frozen=True)
class Entry:
    """A record as a file has it. What it is about decides which of the fields mean something.

    `taker` is who was given the referral, thanked or met; a visitor has none. `note` is the need of a referral.
    `number`, `via` and `referral` are the numbers of entries in that file. `is_inside`: it is direct business.
    """

    kind: Kind
    sheet: str
    line: int
    moment: Moment
    giver: Who
    taker: Who | None = None
    contact: str = ""
    note: str = ""
    phone: str = ""
    email: str = ""
    amount: Amount | None = None
    number: int | None = None
    is_inside: bool = False
    status: Status = "new"
    status_at: datetime | None = None
    history: Sequence[Happened] = ()
    warmth: int | None = None
    agreed: bool | None = None
    via: int | None = None
    degree: int | None = None
    referral: int | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Arrival:
    """A member as a file has them."""

    sheet: str
    line: int
    who: Who
    joined_at: datetime | None
    left_at: datetime | None


class Why(StrEnum):
    """Why a line is not taken in."""

    NO_DATE = "no_date"
    BAD_DATE = "bad_date"
    FUTURE = "future"
    NO_GIVER = "no_giver"
    NO_TAKER = "no_taker"
    NO_VISITOR = "no_visitor"
    NO_NAME = "no_name"
    ONESELF = "oneself"
    BAD_AMOUNT = "bad_amount"
    BAD_NUMBER = "bad_number"
    NOT_KEPT = "not_kept"
    ALREADY_THERE = "already_there"
    TWICE = "twice"


@dataclass(frozen=True)
class Problem:
    """A line that cannot be read, and what stands where it goes wrong."""

    sheet: str
    line: int
    why: Why
    said: str = ""


@dataclass(frozen=True)
class Content:
    """All that the lines of a file say."""

    entries: Sequence[Entry]
    arrivals: Sequence[Arrival]
    problems: Sequence[Problem]
    ignored: Sequence[str] = ()
    """The names of sheets whose columns say nothing that Kring keeps."""
