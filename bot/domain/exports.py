"""What of a club's records is asked for, and as which files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Any

from bot.domain.amounts import Amount
from bot.domain.errors import Refusal
from bot.domain.periods import NOW
from bot.domain.records import IN_CSV, TABLES, Table

CSV, XLSX, JSON = FORMATS = ("csv", "xlsx", "json")


@dataclass(eq=False)
class UnknownFormat(Refusal):
    """A kind of file that is not made."""

    word: str


@dataclass(frozen=True)
class Export:
    """One file with the records of [since, until) of a club (since None: ever).

    A CSV file holds the `table` of that name; the others hold all, and name none. `language` is what those who asked
    read. A file that would be too large is cut into parts by time: `part` is "2-of-3" of the second then.
    """

    club_id: int
    format: str
    table: str | None
    since: datetime | None
    until: datetime
    asked_at: datetime
    language: str
    part: str = ""

    @property
    def tables(self) -> Sequence[Table]:
        """What the file holds."""
        return [table for table in TABLES if self.table in (None, table.name)]

    def days(self, zone: tzinfo) -> tuple[date | None, date]:
        """Its first local day (None: ever) and its last, both in it."""
        return self.since and self.since.astimezone(zone).date(), (self.until - NOW).astimezone(zone).date()

    def recipe(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return asdict(self) | {name: at and at.isoformat() for name, at in self._instants().items()}

    @classmethod
    def from_recipe(cls, recipe: dict[str, Any]) -> "Export":
        """What `recipe` tells."""
        since = recipe["since"] and datetime.fromisoformat(recipe["since"])
        until, asked_at = (datetime.fromisoformat(recipe[name]) for name in ("until", "asked_at"))
        return cls(**recipe | {"since": since, "until": until, "asked_at": asked_at})

    def cut_at(self, instants: Sequence[datetime]) -> "list[Export]":
        """The same in parts that begin at these instants."""
        edges = [self.since, *instants, self.until]
        named = f"{self.part}-" if self.part else ""
        return [
            replace(self, since=since, until=until, part=f"{named}{number}-of-{len(edges) - 1}")
            for number, (since, until) in enumerate(pairwise(edges), 1)
            if until is not None
        ]

    def _instants(self) -> dict[str, datetime | None]:
        return {"since": self.since, "until": self.until, "asked_at": self.asked_at}


@dataclass(frozen=True)
class Summary:
    """The first sheet of a spreadsheet, in the words of whoever reads it.

    `lines` stand under the title. A row is a member's name and figures; the `totals` are the last.
    """

    sheet: str
    title: str
    lines: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str | int | Amount]]
    totals: Sequence[str | int | Amount]


def files_of(format_: str) -> Sequence[str | None]:
    """The table of each file that this format makes: three files, or one that names none."""
    return [table.name for table in IN_CSV] if format_ == CSV else [None]
