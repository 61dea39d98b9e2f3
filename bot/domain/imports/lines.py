"""Reading the lines of tables: each says an entry or a member, or why it cannot be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast, get_args
from zoneinfo import ZoneInfo

from bot.domain.imports.entries import Arrival, Content, Entry, Problem, Who, Why
from bot.domain.imports.history import read_history
from bot.domain.imports.moments import Calendar, Moment, calendar_of
from bot.domain.imports.tables import Cell, Kind, Row, Table, slip_kind
from bot.domain.imports.values import BadAmount, cleaned, foreign_amount, foreign_words, our_amount, shortened
from bot.domain.models import Status
from bot.domain.names import has_substance
from bot.domain.parsing import MAX_CONTACT, MAX_NEED, MAX_NOTE

_USERNAME = re.compile(r"@?([A-Za-z0-9_]{1,32})")
_WHOLE = re.compile(r"\d{1,9}")
_USER_ID = re.compile(r"[1-9]\d{0,15}")
_INSIDE = re.compile(r"inside|tier ?1\b|\b1\b", re.IGNORECASE)
_EARLIEST_YEAR = 1950
_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True)
class House:
    """What a club reads its tables by: `languages` are those that months may be written in."""

    zone: ZoneInfo
    currency: str
    country: str
    decimal_sign: str
    languages: tuple[str, ...]
    now: datetime


class _Unread(Exception):  # noqa: N818  it reads as what is so
    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(why)
        self.why, self.said = why, said


def read_tables(tables: Sequence[Table], house: House, ignored: Sequence[str] = ()) -> Content:
    """What all the lines say. Who is named in several places is the same there, as far as the file tells."""
    people = _people(tables)
    entries: list[Entry] = []
    arrivals: list[Arrival] = []
    problems: list[Problem] = []
    for table in tables:
        reader = _Reader(table, house, people)
        for row in table.rows:
            try:
                said = reader.read(row)
            except _Unread as unread:
                problems.append(Problem(table.name, row.line, unread.why, unread.said[:60]))
                continue
            if isinstance(said, Entry):
                entries.append(said)
            else:
                arrivals.append(said)
    return Content(entries, arrivals, problems, ignored)


def _people(tables: Sequence[Table]) -> dict[str, Who]:
    """Who the people of Kring's own tables are, by what they are called in them."""
    people: dict[str, Who] = {}
    for table in sorted(tables, key=lambda table: table.shape.kind is not Kind.MEMBER):
        if not table.shape.ours:
            continue
        sides = [("name", "id")] if table.shape.kind is Kind.MEMBER else [("from", "from_id"), ("to", "to_id")]
        for row in table.rows:
            cells = _Cells(table, row)
            for name, id_ in sides:
                user_id = _user_id(cells[id_])
                if user_id is not None or table.shape.kind is Kind.MEMBER:
                    people.setdefault(cells.text(name), _our_member(cells, name, user_id))
    return people


def _our_member(cells: "_Cells", name: str, user_id: int | None) -> Who:
    first = cells.text("first_name")
    if cells.text(name).startswith("@") and not first and user_id is None:
        return Who(cells.text(name), None, _username(cells["username"]) or _username(cells[name]))
    first = first or cells.text(name)
    return Who(cells.text(name), user_id, _username(cells["username"]), first, cells.text("last_name"))


class _Cells:
    """The cells of a row by field; "" where there is none."""

    def __init__(self, table: Table, row: Row) -> None:
        self._fields, self._cells = table.shape.fields, row.cells

    def __getitem__(self, field: str) -> Cell:
        index = self._fields.get(field, len(self._cells))
        return self._cells[index] if index < len(self._cells) else ""

    def text(self, field: str) -> str:
        return str(self[field])


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, house: House, people: Mapping[str, Who]) -> None:
        self._table, self._house, self._people = table, house, people
        dates = (_Cells(table, row)["date"] for row in table.rows)
        self._calendar: Calendar = calendar_of(dates, house.zone, house.languages)

    def read(self, row: Row) -> Entry | Arrival:
        cells, shape = _Cells(self._table, row), self._table.shape
        kind = shape.kind or slip_kind(cells.text("slip"))
        if kind is None:
            raise _Unread(Why.NOT_KEPT, cells.text("slip"))
        if kind is Kind.MEMBER:
            return self._arrival(row, cells)
        giver = self._who(cells, "from", Why.NO_GIVER)
        taker = None if kind is Kind.VISITOR else self._who(cells, "to", Why.NO_TAKER)
        if taker is None and not self._visitor(cells):
            raise _Unread(Why.NO_VISITOR)
        entry = Entry(kind, self._table.name, row.line, self._moment(cells), giver, taker)
        return self._ours(entry, cells) if shape.ours else self._foreign(entry, cells)

    def _arrival(self, row: Row, cells: _Cells) -> Arrival:
        if not has_substance(cells.text("name") or cells.text("username")):
            raise _Unread(Why.NO_NAME)
        who = self._people.get(cells.text("name")) if self._table.shape.ours else None
        if who is None:
            name, username = " ".join(cleaned(cells.text("name")).split())[:100], _username(cells["username"])
            if name.startswith("@") or not name:
                username = _username(name) or username
                name = ""
            who = Who(name or f"@{username}", None, username, name)
        joined = self._moment(cells).at if cells.text("date").strip() else None
        return Arrival(self._table.name, row.line, who, joined, self._instant(cells, "left_at"))

    def _moment(self, cells: _Cells) -> Moment:
        said = cells.text("date").strip()
        if not said:
            raise _Unread(Why.NO_DATE)
        moment = self._calendar.read(cells["date"])
        if moment is None:
            raise _Unread(Why.BAD_DATE, said)
        return replace(moment, at=self._past(moment.at))

    def _past(self, at: datetime) -> datetime:
        if at.year < _EARLIEST_YEAR:
            raise _Unread(Why.BAD_DATE, str(at.date()))
        if at > self._house.now + _CLOCKS_DIFFER:
            raise _Unread(Why.FUTURE, str(at.date()))
        return at

    def _who(self, cells: _Cells, field: str, why: Why) -> Who:
        name = cells.text(field)
        if self._table.shape.ours:
            user_id = _user_id(cells[f"{field}_id"])
            known = self._people.get(name)
            if known is not None and (user_id is None or known.user_id == user_id):
                return known
            if user_id is not None:
                return Who(name, user_id, None, name)
            if not name:
                return Who("", forgotten=field)
        name = " ".join(cleaned(name).split())[:100]
        if not has_substance(name):
            raise _Unread(why)
        if name.startswith("@") and (username := _username(name)):
            return Who(name, None, username)
        return Who(name, None, None, name)

    def _visitor(self, cells: _Cells) -> str:
        return cleaned(cells.text("contact") or ("" if self._table.shape.ours else cells.text("need")))

    def _ours(self, entry: Entry, cells: _Cells) -> Entry:
        note = "need" if entry.kind is Kind.REFERRAL else "note"
        try:
            amount = our_amount(cells.text("amount"), cells.text("currency"))
        except BadAmount as error:
            raise _Unread(Why.BAD_AMOUNT, f"{cells['amount']} {cells['currency']}") from error
        number = _whole(cells["number"])
        if entry.kind in (Kind.REFERRAL, Kind.THANKS) and not number:
            raise _Unread(Why.BAD_NUMBER, cells.text("number"))
        status = cells.text("status")
        warmth, degree = _whole(cells["warmth"]), _whole(cells["degree"])
        return replace(
            entry,
            contact=shortened(" ".join(cleaned(cells.text("contact")).split()), MAX_CONTACT),
            note=shortened(cleaned(cells.text(note)), MAX_NEED),
            phone=shortened(cleaned(cells.text("phone")), MAX_NEED),
            email=shortened(cleaned(cells.text("email")), MAX_NEED),
            amount=amount,
            number=number,
            is_inside=cells["kind"] == "inside",
            status=cast("Status", status) if status in get_args(Status) else "new",
            status_at=self._instant(cells, "status_at"),
            history=[
                replace(each, at=self._past(each.at))
                for each in read_history(cells.text("history"), self._people) or ()
            ],
            warmth=warmth if warmth in range(1, 6) else None,
            agreed={"yes": True, "no": False}.get(cells.text("agreed")),
            via=_whole(cells["via_number"]),
            degree=degree if degree in (1, 2, 3) else None,
            referral=_whole(cells["referral_number"]),
            undone_at=self._instant(cells, "undone_at"),
        )

    def _foreign(self, entry: Entry, cells: _Cells) -> Entry:
        said = cells.text("note") or cells.text("need")
        if entry.kind is Kind.THANKS:
            try:
                amount = foreign_amount(cells["amount"], self._house.currency, self._house.decimal_sign)
            except BadAmount as error:
                raise _Unread(Why.BAD_AMOUNT, cells.text("amount")) from error
            return replace(entry, amount=amount, note=shortened(cleaned(said), MAX_NOTE))
        if entry.kind is Kind.MEETING:
            return replace(entry, note=shortened(cleaned(said), MAX_NOTE))
        if entry.kind is Kind.VISITOR:
            return replace(entry, contact=shortened(self._visitor(cells), MAX_CONTACT))
        details = f"{cells['phone']} {cells['email']}"
        words = foreign_words(cells.text("contact"), cells.text("need"), details, self._house.country)
        inside = bool(_INSIDE.search(cells.text("inside")))
        return replace(
            entry, contact=words.contact, note=words.need, phone=words.phone, email=words.email, is_inside=inside
        )

    def _instant(self, cells: _Cells, field: str) -> datetime | None:
        moment = self._calendar.read(cells[field])
        return self._past(moment.at) if moment else None


def _whole(cell: Cell) -> int | None:
    text = str(cell).strip()
    return int(text) if _WHOLE.fullmatch(text) and text.isascii() else None


def _user_id(cell: Cell) -> int | None:
    text = str(cell).strip()
    return int(text) if text.isascii() and _USER_ID.fullmatch(text) else None


def _username(cell: Cell) -> str | None:
    found = _USERNAME.fullmatch(str(cell).strip())
    return found[1] if found else None
