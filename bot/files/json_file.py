"""All tables as one JSON document, as docs/export.schema.json describes it. Each record has a line of its own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.domain.records import Holds, Record, Table, Value
from bot.files.writing import as_text, gently

VERSION = 1
"""Of the document's form. It goes up when what is there already changes its meaning, not when something is added."""


class JsonFile:
    """A JSON document that begins with what it is `about`."""

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace")
        self._table: Table | None = None
        self._before = ""
        head: dict[str, Any] = {"version": VERSION, **about}
        self._file.write("{\n" + ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in head.items()))

    def begin(self, table: Table) -> None:
        """The list of that name."""
        self._close_list()
        self._table, self._before = table, "\n"
        self._file.write(f",\n{_json(table.name)}: [")

    def add(self, records: Iterable[Record]) -> int:
        """Write some, and return how many."""
        columns = self._table.columns if self._table else {}
        count = 0
        for record in gently(records):
            values = zip(columns.items(), record, strict=True)
            self._file.write(self._before + _json({name: _value(holds, value) for (name, holds), value in values}))
            self._before = ",\n"
            count += 1
        return count

    def end(self) -> None:
        """Complete the document and close it."""
        self._close_list()
        self._file.write("\n}\n")
        self._file.close()

    def give_up(self) -> None:
        """Close it as it is."""
        self._file.close()

    def _close_list(self) -> None:
        if self._table is not None:
            self._file.write("]")


def _value(holds: Holds, value: Value) -> Any:
    """Numbers and yes or no as such, what is not known as null; an amount as a decimal in quotes, to the cent."""
    if value is None or holds in (Holds.WHOLE, Holds.ID, Holds.YES_NO):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [
            {"at": as_text(each.at), "side": each.side, "value": each.value, "by_id": each.by_id, "by": each.by}
            for each in value
        ]
    return as_text(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
