"""One table as CSV: RFC 4180, UTF-8 with BOM, so that spreadsheets read its accents.

A cell that begins like a formula has an apostrophe before it, which makes it text. A cell that begins with an
apostrophe and then with one of FORMULA was like that: who reads the file back takes this one apostrophe off. One that
somebody typed before such a sign gets a second, so nothing is lost.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from bot.domain.records import Record, Table
from bot.files.writing import as_text, gently

FORMULA = "=+-@\t\r\n"
"""How cells begin that a spreadsheet runs (OWASP, CSV injection)."""
_RUN = re.compile(rf"'*[{re.escape(FORMULA)}]")


class CsvFile:
    """A CSV file with one table."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")

    def begin(self, table: Table) -> None:
        """Write the heading."""
        self._writer.writerow(table.columns)

    def add(self, records: Iterable[Record]) -> int:
        """Write some, and return how many."""
        count = 0
        for record in gently(records):
            self._writer.writerow([defused(as_text(value)) for value in record])
            count += 1
        return count

    def end(self) -> None:
        """Close the file."""
        self._file.close()

    give_up = end


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _RUN.match(text) else text
