"""A file that an admin sent, on its way into the club."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.domain.imports.tables import FIELDS, NEEDED, Kind

State = Literal["asking", "reading", "matching", "ready", "agreed", "done", "undone", "ended"]
"""Which club is it for; being read; which columns are what; may it be taken in; being taken in; and how it ended."""

KEPT_FOR = timedelta(days=1)
"""So long an admin has to answer; then the file has to be sent again."""
UNDO_FOR = timedelta(days=7)
"""So long an import can be taken back as a whole."""
MAX_BYTES = 20_000_000
"""What a bot may download from Telegram (Bot API, getFile)."""


@dataclass(frozen=True)
class Layout:
    """What an admin says of a table: that of `sheet`, below the row at the index `header`.

    `fields` tells which column (from 0) holds what; `samples` are the cells of its first lines. `picking` is the field
    whose column is being asked for.
    """

    sheet: str
    header: int
    headers: Sequence[str]
    samples: Sequence[Sequence[str]]
    kind: Kind
    fields: Mapping[str, int]
    picking: str | None = None

    @property
    def missing(self) -> list[str]:
        """What has to be known of such a table and is not."""
        return [field for field in FIELDS[self.kind] if field in NEEDED[self.kind] and field not in self.fields]

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Layout":
        """What was kept."""
        return cls(**{**kept, "kind": Kind(kept["kind"])})


@dataclass(frozen=True)
class Import:
    """A file of the admin `user_id`. `layout` says what the columns of a table hold that an admin has to explain.

    `counts` is how many entries of each kind it brought; `before` what it changed, as it was before; `last_number`
    the number of the club's last entry right after it.
    """

    id: int
    club_id: int | None
    user_id: int
    file_id: str
    file_name: str
    state: State
    layout: Layout | None
    counts: Mapping[str, int] | None
    before: Mapping[str, Any] | None
    last_number: int | None
    created_at: datetime
    done_at: datetime | None

    @property
    def about(self) -> str:
        """What its message in the admin's chat is kept under."""
        return f"import:{self.id}"
