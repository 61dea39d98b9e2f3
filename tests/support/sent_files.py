"""Files as people send them, sound and unsound."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return content.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """An XLSX with these rows on its sheets."""
    content = io.BytesIO()
    how = {"strings_to_formulas": False, "remove_timezone": True, "default_date_format": "dd/mm/yyyy hh:mm:ss"}
    with xlsxwriter.Workbook(content, how) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return content.getvalue()


def bomb() -> bytes:
    """An XLSX of a few hundred bytes that says to become two gigabytes."""
    size = 54_321
    whole = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(size)})
    return whole.replace(struct.pack("<I", size), struct.pack("<I", 2**31 - 1))
