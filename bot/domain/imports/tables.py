"""Tables as they are read from a file, and which of their columns holds what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain import records
from bot.domain.alike import words

Cell = str | int | float
"""What stands in a table; a moment is ISO 8601. An empty cell is ""."""


@dataclass(frozen=True)
class Row:
    """A line of the file with its number there."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """A table of the file: `name` is that of its sheet, or of its file in a ZIP; "" where there is only one."""

    name: str
    rows: Sequence[Row]


class Kind(StrEnum):
    """What a line of a table is about."""

    REFERRAL = "referral"
    THANKS = "thanks"
    MEETING = "meeting"
    VISITOR = "visitor"
    MEMBER = "member"


@dataclass(frozen=True)
class Shape:
    """Which column (from 0) holds which field. Without a `kind` each line says itself what it is, in "slip".

    `ours`: it is an export of Kring's, whose cells are exactly what they say.
    """

    kind: Kind | None
    fields: Mapping[str, int]
    ours: bool = False


@dataclass(frozen=True)
class Table:
    """The lines of a table below its header, and what its columns hold."""

    name: str
    shape: Shape
    rows: Sequence[Row]


FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.REFERRAL: ("date", "from", "to", "contact", "need", "phone", "email"),
    Kind.THANKS: ("date", "from", "to", "amount", "note"),
    Kind.MEETING: ("date", "from", "to", "note"),
    Kind.VISITOR: ("date", "from", "contact"),
    Kind.MEMBER: ("name", "username", "date"),
}
"""What an admin can say that a column holds."""
NEEDED: Mapping[Kind, frozenset[str]] = {
    Kind.REFERRAL: frozenset({"date", "from", "to"}),
    Kind.THANKS: frozenset({"date", "from", "to"}),
    Kind.MEETING: frozenset({"date", "from", "to"}),
    Kind.VISITOR: frozenset({"date", "from", "contact"}),
    Kind.MEMBER: frozenset({"name"}),
}

_HEADER_WITHIN = 20
"""A report may have its title and the like above the table."""

# The columns of our own exports under the names that the fields have here; others go by their own.
_OURS: Mapping[str, str] = {
    "given_at": "date",
    "met_at": "date",
    "came_at": "date",
    "joined_at": "date",
    "giver": "from",
    "giver_id": "from_id",
    "by": "from",
    "by_id": "from_id",
    "recipient": "to",
    "recipient_id": "to_id",
    "with": "to",
    "with_id": "to_id",
    "visitor": "contact",
    "member_id": "id",
}
_KINDS = {
    records.REFERRALS.name: (Kind.REFERRAL, {"given_at", "giver", "recipient"}),
    records.THANKS.name: (Kind.THANKS, {"given_at", "from", "to", "amount"}),
    records.MEMBERS.name: (Kind.MEMBER, {"name", "joined_at", "left_at"}),
    records.ONE_TO_ONES.name: (Kind.MEETING, {"met_at", "by", "with"}),
    records.VISITORS.name: (Kind.VISITOR, {"came_at", "by", "visitor"}),
}
# The columns of a "Slips Audit" report by the words they are called by there.
_SLIPS: Mapping[str, str] = {
    "from": "from",
    "to": "to",
    "slip type": "slip",
    "type": "slip",
    "inside outside": "inside",
    "tyfcb": "amount",
    "amount": "amount",
    "detail": "need",
    "details": "need",
    "comments": "need",
    "date": "date",
    "slip date": "date",
    "created": "date",
    "created date": "date",
    "date created": "date",
    "created on": "date",
}


def recognised(sheet: Sheet) -> Table | None:
    """The table, if its header says all that has to be known: it is an export of Kring's, or a report of slips."""
    for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        names = [" ".join(words(str(cell))) for cell in row.cells]
        shape = _our_shape(names) or _slips_shape(names)
        if shape is not None:
            return Table(sheet.name, shape, sheet.rows[index + 1 :])
    return None


def header_of(sheet: Sheet, meant: Callable[[str], str | None]) -> int:
    """The index of the row that is most likely the header of an unknown table."""

    def score(index: int) -> tuple[int, int, int]:
        cells = [cell for cell in sheet.rows[index].cells if isinstance(cell, str) and cell.strip()]
        return sum(meant(cell) is not None for cell in cells), min(len(cells), 2), -index

    return max(range(min(_HEADER_WITHIN, len(sheet.rows))), key=score)


def guessed(headers: Sequence[str], meant: Callable[[str], str | None]) -> tuple[Kind, dict[str, int]]:
    """What an unknown table is likely about, and which column holds which field; `meant` reads a header."""
    columns: dict[str, int] = {}
    for index, header in enumerate(headers):
        field = meant(header)
        if field is not None:
            columns.setdefault(field, index)
    kind = Kind.REFERRAL
    if "amount" in columns:
        kind = Kind.THANKS
    elif "from" not in columns and ("name" in columns or "username" in columns):
        kind = Kind.MEMBER
    elif "to" not in columns and "contact" in columns:
        kind = Kind.VISITOR
    return kind, columns


def slip_kind(slip: str) -> Kind | None:
    """What a line of a slips report is; None for what Kring keeps no record of."""
    said = "".join(words(slip))
    if "referral" in said:
        return Kind.REFERRAL
    if said in ("tyfcb", "tyb") or "thankyou" in said or "closedbusiness" in said:
        return Kind.THANKS
    if said in ("121", "1to1", "1on1", "onetoone", "oneonone", "onetoones", "1to1s", "121s"):
        return Kind.MEETING
    return Kind.VISITOR if said.startswith(("visitor", "guest")) else None


def _our_shape(names: Sequence[str]) -> Shape | None:
    for table in records.TABLES:
        kind, needed = _KINDS[table.name]
        columns = {column: names.index(said) for column in table.columns if (said := _said(column)) in names}
        if needed <= columns.keys():
            return Shape(kind, {_OURS.get(column, column): index for column, index in columns.items()}, ours=True)
    return None


def _slips_shape(names: Sequence[str]) -> Shape | None:
    fields: dict[str, int] = {}
    for index, name in enumerate(names):
        if name in _SLIPS:
            fields.setdefault(_SLIPS[name], index)
    return Shape(None, fields) if {"from", "to", "slip"} <= fields.keys() else None


def _said(column: str) -> str:
    return " ".join(words(column.replace("_", " ")))
