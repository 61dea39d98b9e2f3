"""The process that reads a spreadsheet somebody sent: the file comes in, its tables go out.

It is run by its path and knows nothing of the bot: neither its token nor its database. Whatever the file does to its
reader (a bomb, a bug of a library) ends this process alone; the kernel ends it when it wants too much memory or time.
What it writes is lines of JSON: ["table", name] and then its ["row", line, cells…]; or ["refused", why].
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 100, 20_000
MAX_UNPACKED = 400_000_000
"""Bytes of all that is in a ZIP or XLSX; a year of a large club has 80 million."""
MAX_TOLD = 100_000_000
"""Characters of all that the tables hold."""
MAX_FILES = 500
MEMORY, CPU_S = 2_000_000_000, 100
_TABLES = re.compile(r"(?!__MACOSX/).*\.(csv|txt|tsv|json)", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DEFUSED = re.compile(r"\A'(?='*[=+\-@\t\r\n])")
_SEPARATORS = ",;\t|"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Rows = Iterable[tuple[int, list[Any]]]


class Refused(Exception):  # noqa: N818  it reads as what is so
    """The file cannot be read: old_excel, locked, no_table, too_many_rows, too_wide, too_large or broken."""


def main() -> None:
    """Read the file from the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    csv.field_size_limit(sys.maxsize)
    try:
        count = size = 0
        content = sys.stdin.buffer.read()
        for name, rows in tables(content):
            _tell("table", name)
            for line, cells in rows:
                count += 1
                size += _tell("row", line, *cells)
                if count > MAX_ROWS:
                    raise Refused("too_many_rows")
                if size > MAX_TOLD:
                    raise Refused("too_large")
    except Refused as refused:
        _tell("refused", str(refused))
    except MemoryError:
        _tell("refused", "too_large")
    except Exception:  # the libraries raise whatever comes of what is in the file
        _tell("refused", "broken")


def _tell(*what: object) -> int:
    return sys.stdout.write(json.dumps(what) + "\n")


def tables(content: bytes) -> Iterator[tuple[str, Rows]]:
    """The tables of the file by name, each row with its line. Raises Refused.

    In a CSV an apostrophe keeps a cell from being a formula, and is no part of it.
    """
    if content.startswith(_OLE):
        raise Refused("old_excel")
    if content.startswith(b"PK"):
        yield from _packed(content)
    elif content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise Refused("no_table")
    else:
        yield from _plain("", content)


def _packed(content: bytes) -> Iterator[tuple[str, Rows]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = archive.infolist()
        # zipfile gives no more of a file than it says itself to have, so what is declared bounds what comes out.
        if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_UNPACKED:
            raise Refused("too_large")
        if any(file.flag_bits & 1 for file in files):
            raise Refused("locked")
        if "xl/workbook.xml" in archive.namelist():
            yield from _workbook(content)
            return
        wanted = [file for file in files if _TABLES.fullmatch(file.filename)]
        if not wanted:
            raise Refused("no_table")
        for file in wanted:
            yield from _plain(file.filename.rsplit("/", 1)[-1], archive.read(file))


def _workbook(content: bytes) -> Iterator[tuple[str, Rows]]:
    import openpyxl  # only here: to load it takes longer than to read most files

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
        yield sheet.title, _sheet(sheet)


def _sheet(sheet: Any) -> Rows:
    # One row and one column more than may be, to see that there are more.
    rows = sheet.iter_rows(max_row=MAX_ROWS * 2, max_col=MAX_COLUMNS + 1, values_only=True)
    for line, cells in enumerate(rows, 1):
        yield from _row(line, [_value(cell) for cell in cells])


def _plain(name: str, content: bytes) -> Iterator[tuple[str, Rows]]:
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        yield from _json(name, text)
        return
    head = text[:2000]
    if len(_UNSEEN.findall(head)) > max(len(head) / 20, 3):
        raise Refused("no_table")
    text = text.replace("\0", "")
    separator, skip = _separator(text)
    yield name, _csv(text, separator, skip)


def _csv(text: str, separator: str, skip: int) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    line = 0
    for cells in reader:
        first, line = line + 1, reader.line_num
        if first > skip:
            yield from _row(first, [_DEFUSED.sub("", cell) for cell in cells])


def _row(line: int, cells: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    while cells and cells[-1] in (None, ""):
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise Refused("too_wide")
    if cells:
        yield line, [cell[:MAX_CELL] if isinstance(cell, str) else cell for cell in cells]


def _json(name: str, text: str) -> Iterator[tuple[str, Rows]]:
    """The lists of objects in a document: their names are the columns."""
    document = json.loads(text)
    lists = document if isinstance(document, dict) else {name: document}
    for key, items in lists.items():
        if isinstance(items, list) and items and all(isinstance(item, dict) for item in items):
            columns = list(dict.fromkeys(column for item in items for column in item))
            rows = ([_value(item.get(column)) for column in columns] for item in items)
            numbered = ((line, cells) for line, values in enumerate(rows, 2) for line, cells in _row(line, values))
            yield str(key), [(1, columns[: MAX_COLUMNS + 1]), *numbered]


def _value(cell: Any) -> Any:
    """A cell as JSON: a number stays one, a moment becomes ISO 8601."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case datetime():
            # Excel counts days in floating point, which is off by some microseconds.
            return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return int(cell)
        case int() | float() | str() | None:
            return cell
    return json.dumps(cell) if isinstance(cell, list | dict) else str(cell)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    head = content[:200]
    for encoding, nul in (("utf-16-le", 1), ("utf-16-be", 0)):
        # Half of the bytes of Latin letters are NUL.
        if len(head) > 3 and not any(head[nul::2]):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Excel saves as CSV in Western Europe


def _separator(text: str) -> tuple[str, int]:
    """What stands between the cells, and how many lines come before the table. Raises Refused when nothing does."""
    if marked := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return marked[1], 1
    head = text[:20_000]

    def widths(separator: str) -> list[int]:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        return [len(row) for row, _ in zip(rows, range(50), strict=False) if row]

    def score(separator: str) -> tuple[int, int]:
        found = widths(separator)
        usual = max(found, key=found.count, default=1)
        return (found.count(usual) if usual > 1 else 0, usual)

    best = max(_SEPARATORS, key=score)
    if score(best)[0] == 0:
        raise Refused("no_table")
    return best, 0


if __name__ == "__main__":
    main()
