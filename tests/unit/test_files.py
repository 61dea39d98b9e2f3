"""The files of an export, with whatever people wrote and however much of it."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from bot.domain.amounts import Amount
from bot.domain.exports import Summary
from bot.domain.names import strip_invisible
from bot.domain.records import ONE_TO_ONES, THANKS, Holds, Record, Table
from bot.files.csv_file import FORMULA, CsvFile, defused
from bot.files.json_file import JsonFile
from bot.files.writing import Writer, as_text
from bot.files.xlsx_file import XlsxFile

BRUSSELS = ZoneInfo("Europe/Brussels")
NOTHING = Summary("Summary", "Kring Gent", (), ("Member",), (), ("Total",))
AT = datetime(2026, 3, 10, 10, 0, tzinfo=BRUSSELS)
WORDS = Table("words", "Words", {"words": Holds.WORDS})
TEXTS = (
    st.text(st.characters(codec="utf-8")) | st.sampled_from(["=1+1", "'=1", "''+x", "_x0041_", " a ", "a\nb"])
).map(strip_invisible)


def written(writer: Writer, table: Table, records: Sequence[Record]) -> None:
    writer.begin(table)
    assert writer.add(records) == len(records)
    writer.end()


def taken_back(cell: str) -> str:
    """What a cell of a CSV file says, as the docstring of bot/files/csv_file.py tells an importer."""
    return cell[1:] if re.match(rf"'+[{re.escape(FORMULA)}]", cell) else cell


@given(TEXTS | st.from_regex(r"'{0,3}[=+\-@\t\r\n]?.{0,3}", fullmatch=True))
def test_a_defused_cell_is_run_by_no_spreadsheet_and_read_back_as_it_was(text: str) -> None:
    assert not defused(text).startswith(tuple(FORMULA))
    assert taken_back(defused(text)) == text


@settings(max_examples=20)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_what_people_wrote_is_the_same_in_every_file(texts: list[str]) -> None:
    records = [(text,) for text in texts]
    with TemporaryDirectory() as place:
        folder = Path(place)
        written(CsvFile(folder / "x.csv"), WORDS, records)
        written(JsonFile(folder / "x.json", {}), WORDS, records)
        written(XlsxFile(folder / "x.xlsx", folder, NOTHING, AT), WORDS, records)
        in_csv = list(csv.reader(io.StringIO((folder / "x.csv").read_bytes().decode("utf-8-sig"), newline="")))
        in_json = json.loads((folder / "x.json").read_text("utf-8"))
        in_xlsx = list(load_workbook(folder / "x.xlsx")["Words"].iter_rows(values_only=True))
    assert [taken_back("".join(row)) for row in in_csv[1:]] == texts
    assert [record["words"] for record in in_json["words"]] == texts
    cells = [row[0] for row in in_xlsx[1:]] + [None] * (len(texts) - len(in_xlsx) + 1)  # rows at the end may be empty
    # Excel takes _x0041_ for A, so it is written as _x005F_x0041_; openpyxl leaves that to its users.
    assert [unescape(str(cell or "")) for cell in cells] == texts


def test_a_json_document_without_records_is_one(tmp_path: Path) -> None:
    document = JsonFile(tmp_path / "x.json", {"club": {}})
    document.begin(THANKS)
    document.begin(ONE_TO_ONES)
    document.end()
    assert json.loads((tmp_path / "x.json").read_text("utf-8")) == {
        "version": 1,
        "club": {},
        "thanks": [],
        "one_to_ones": [],
    }


@pytest.mark.parametrize(
    ("amount", "shown", "looks"),
    [
        (Amount(150_050, "EUR"), 1500.5, "#,##0.00"),
        (Amount(10**11, "EUR"), 10**9, "#,##0.00"),
        (Amount(1, "EUR"), 0.01, "#,##0.00"),
        (Amount(1500, "JPY"), 1500, "#,##0"),
        (Amount(1500, "KWD"), 1.5, "#,##0.000"),
    ],
)
def test_money_has_the_decimals_of_its_currency(tmp_path: Path, amount: Amount, shown: float, looks: str) -> None:
    written(
        XlsxFile(tmp_path / "x.xlsx", tmp_path, NOTHING, AT),
        Table("m", "Money", {"amount": Holds.AMOUNT}),
        [(amount,)],
    )
    cell = load_workbook(tmp_path / "x.xlsx")["Money"]["A2"]
    assert (cell.value, cell.number_format) == (shown, looks)


def test_a_text_that_is_longer_than_a_cell_is_cut_and_not_left_out(tmp_path: Path) -> None:
    written(XlsxFile(tmp_path / "x.xlsx", tmp_path, NOTHING, AT), WORDS, [("x" * 40_000,), ("🤝" * 20_000,)])
    sheet = load_workbook(tmp_path / "x.xlsx")["Words"]
    assert len(str(sheet["A2"].value)) > 32_000
    assert len(str(sheet["A3"].value)) > 16_000


def test_an_instant_is_to_the_second_and_keeps_its_local_time_over_the_change_of_clocks(tmp_path: Path) -> None:
    nights = [datetime(2026, 10, 25, 0, 30, 0, 999_999, tzinfo=BRUSSELS) + timedelta(hours=hour) for hour in range(5)]
    written(
        XlsxFile(tmp_path / "x.xlsx", tmp_path, NOTHING, AT),
        Table("i", "Instants", {"at": Holds.INSTANT}),
        [(each,) for each in nights],
    )
    found = [row[0] for row in load_workbook(tmp_path / "x.xlsx")["Instants"].iter_rows(min_row=2, values_only=True)]
    assert found == [each.replace(tzinfo=None, microsecond=0) for each in nights]
    assert as_text(nights[0]) == "2026-10-25T00:30:00+02:00"


def test_nothing_but_the_spreadsheet_stays_in_its_folder(tmp_path: Path) -> None:
    written(XlsxFile(tmp_path / "x.xlsx", tmp_path, NOTHING, AT), WORDS, [("a",)])
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]
