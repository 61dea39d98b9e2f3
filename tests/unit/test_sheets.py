"""Reading the spreadsheets that people send, sound and unsound."""

from datetime import UTC, date, datetime

import pytest

from bot.sheets.reader import Unreadable, read
from bot.sheets.worker import Refused, tables
from tests.support.sent_files import bomb, packed, workbook

TABLE = "Datum;Van\r\n5-1-2026;Zoë\r\n"


def cells(content: bytes) -> list[tuple[str, list[list[object]]]]:
    return [(name, [row for _, row in rows]) for name, rows in tables(content)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_however_it_was_saved(encoding: str, separator: str) -> None:
    content = TABLE.replace(";", separator).encode(encoding)
    assert cells(content) == [("", [["Datum", "Van"], ["5-1-2026", "Zoë"]])]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\na;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ('a,b\n"x\ny","q""q"\n', [["a", "b"], ["x\ny", 'q"q']]),
        ("a,b\n1,\0\n", [["a", "b"], ["1"]]),
        ("a;b;c\n1,2;3,4;5,6\n", [["a", "b", "c"], ["1,2", "3,4", "5,6"]]),
        ("\n\na,b\n,,\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n=1+1,'=x\n", [["a", "b"], ["=1+1", "=x"]]),
        ("a,b\n''+1,'x\n", [["a", "b"], ["'+1", "'x"]]),
    ],
)
def test_the_shapes_of_csv(text: str, rows: list[list[object]]) -> None:
    assert cells(text.encode()) == [("", rows)]


def test_a_workbook_keeps_its_numbers_and_days() -> None:
    noon = datetime(2026, 1, 5, 12, 0, 1, tzinfo=UTC)
    rows: list[list[object]] = [["day", "when", "much", "formula"], [date(2026, 1, 5), noon, 1500.5, "=1+1"]]
    book = workbook({"One": rows, "Two": [["a", "b"]]})
    assert cells(book)[1] == ("Two", [["a", "b"]])
    assert cells(book)[0][1][1] == ["2026-01-05 00:00:00", "2026-01-05 12:00:01", 1500.5, "=1+1"]


def test_a_zip_and_a_document_are_tables_by_name() -> None:
    assert cells(packed({"x/thanks.csv": b"a,b\n1,2\n", "__MACOSX/x.csv": b"?"})) == [
        ("thanks.csv", [["a", "b"], ["1", "2"]])
    ]
    document = b'{"version": 1, "thanks": [{"number": 1, "ok": true, "note": null}, {"number": 2, "to": "x"}]}'
    assert cells(document) == [("thanks", [["number", "ok", "note", "to"], [1, "yes"], [2, None, None, "x"]])]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 ...", "no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"Dear club,\nplease find\nnothing", "no_table"),
        (bytes(range(256)) * 20, "no_table"),
        (b",".join([b"x"] * 101), "too_wide"),
        (packed({"readme.md": b"hello"}), "no_table"),
        (packed({f"{n}.csv": b"a,b" for n in range(501)}), "too_large"),
        (bomb(), "too_large"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        cells(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed({"xl/workbook.xml": b"<workbook>"}), "broken"),
        (workbook({"A": [["a", "b"]]})[:-200], "broken"),
        (b"a,b\n" * 100_001, "too_many_rows"),
        (packed({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}), "broken"),
    ],
)
async def test_whatever_a_file_does_to_its_reader_ends_in_a_word(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        await read(content)
    assert caught.value.why == why


async def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sheets.reader.READ_S", 0.01)
    with pytest.raises(Unreadable) as caught:
        await read(b"a,b\n" * 50_000)
    assert caught.value.why == "slow"
