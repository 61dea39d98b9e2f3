"""All tables as a spreadsheet, a sheet for each, with the club's figures on the first one.

Rows go to the disk as they are written. What people wrote is text and never a formula or a link.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import get_currency_precision
from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.domain.amounts import Amount
from bot.domain.exports import Summary
from bot.domain.graphemes import cut
from bot.domain.names import utf16_length
from bot.domain.records import Holds, Record, Table, Value
from bot.files.writing import as_text, gently

_A4 = 9
_LONGEST = 32_767  # characters in a cell, says Excel
_LATEST = datetime(9999, 12, 31)  # noqa: DTZ001  a spreadsheet's dates know no zone
_WIDTHS = {
    Holds.WHOLE: 10,
    Holds.ID: 13,
    Holds.INSTANT: 18,
    Holds.AMOUNT: 13,
    Holds.YES_NO: 9,
    Holds.WORDS: 22,
    Holds.TOKEN: 11,
    Holds.HISTORY: 50,
}
_WIDER = {"need": 42, "note": 32, "contact": 26, "email": 26}
_FILTER_BUTTON = 3  # so much of a heading's width it covers
_NAME_WIDTH, _FIGURE_WIDTH = 26, 18


class XlsxFile:
    """A spreadsheet; `asked_at` (local) is when it says it was made. Nothing else is kept in `folder`, for a while."""

    def __init__(self, path: Path, folder: Path, summary: Summary, asked_at: datetime) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = Workbook(str(path), options)
        self._book.set_properties({"title": summary.title, "created": asked_at.replace(tzinfo=None)})
        self._format = cache(self._made)
        self._sheet: Worksheet | None = None
        self._table: Table | None = None
        self._looks: Sequence[Mapping[str, Any]] = ()
        self._row = 0
        self._summarise(summary)

    def begin(self, table: Table) -> None:
        """A sheet with its heading, which stays in view and filters."""
        self._end_table()
        self._table, self._row = table, 1
        self._looks = [_looks(holds) for holds in table.columns.values()]
        self._sheet = sheet = self._book.add_worksheet(table.sheet)
        for column, (name, holds) in enumerate(table.columns.items()):
            width = max(_WIDER.get(name, _WIDTHS[holds]), len(name) + _FILTER_BUTTON)
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._format(bold=True, bottom=1, **_looks(holds)))
        sheet.freeze_panes(1, 0)
        _print_whole(sheet, 0)

    def add(self, records: Iterable[Record]) -> int:
        """Write some, and return how many."""
        assert self._sheet is not None  # noqa: S101  for the type checker: a table was begun
        before = self._row
        for record in gently(records):
            for column, (value, looks) in enumerate(zip(record, self._looks, strict=True)):
                self._write(self._sheet, self._row, column, value, **looks)
            self._row += 1
        return self._row - before

    def end(self) -> None:
        """Complete the file and close it."""
        self._end_table()
        try:
            self._book.close()
        except XlsxWriterException as error:
            self.give_up()
            raise OSError(str(error)) from error

    def give_up(self) -> None:
        """Let go of the sheets' files; without that they would be closed some time later, with a warning."""
        for sheet in self._book.worksheets():
            sheet._opt_close()

    def _summarise(self, summary: Summary) -> None:
        sheet = self._book.add_worksheet(summary.sheet)
        sheet.set_column(0, 0, _NAME_WIDTH)
        sheet.set_column(1, len(summary.headings) - 1, _FIGURE_WIDTH)
        sheet.write_string(0, 0, summary.title, self._format(bold=True, font_size=14))
        for row, line in enumerate(summary.lines, 1):
            sheet.write_string(row, 0, line, self._format(font_color="#595959"))
        top = len(summary.lines) + 2
        sheet.set_row(top, 45)
        for column, heading in enumerate(summary.headings):
            align = "left" if column == 0 else "right"
            head = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom", align=align, bg_color="#EAEFF5")
            sheet.write_string(top, column, heading, head)
        for row, figures in enumerate(summary.rows, top + 1):
            for column, value in enumerate(figures):
                self._write(sheet, row, column, value)
        last = top + len(summary.rows)
        for column, value in enumerate(summary.totals):
            self._write(sheet, last + 1, column, value, bold=True, top=1)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, max(last, top), len(summary.headings) - 1)
        _print_whole(sheet, top)

    def _end_table(self) -> None:
        if self._sheet is not None and self._table is not None:
            self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._table.columns) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value, **looks: Any) -> None:
        match value:
            case None:
                return
            case bool():
                sheet.write_string(row, column, as_text(value), self._format(**looks))
            case int():
                sheet.write_number(row, column, value, self._format(num_format="0", **looks))
            case datetime():
                at = min(value.replace(tzinfo=None, microsecond=0), _LATEST)
                sheet.write_datetime(row, column, at, self._format(num_format="yyyy-mm-dd hh:mm", **looks))
            case Amount():
                money = self._format(num_format=_money(value.currency), **looks)
                sheet.write_number(row, column, float(value.decimal), money)
            case _:
                text = as_text(value)
                fitting = text if len(text) <= _LONGEST // 2 else cut(text, _LONGEST, utf16_length)
                sheet.write_string(row, column, fitting, self._format(**looks))

    def _made(self, **looks: Any) -> Format:
        return self._book.add_format(looks)


@cache
def _looks(holds: Holds) -> dict[str, Any]:
    """Numbers stand at the right, with room between them and words."""
    if holds in (Holds.WHOLE, Holds.ID, Holds.AMOUNT):
        return {"align": "right"}
    return {"align": "left", "indent": 1}


def _print_whole(sheet: Worksheet, heading: int) -> None:
    """On paper all columns are beside each other, below the heading."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)


@cache
def _money(currency: str) -> str:
    digits = get_currency_precision(currency)
    return "#,##0" + (f".{'0' * digits}" if digits else "")
