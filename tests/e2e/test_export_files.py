"""/export in its three formats: the same records in each, in the form that a spreadsheet or a script needs."""

import io
import json
import re
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from bot.domain.erased import ERASED, SOMEONE
from bot.domain.records import TABLES
from tests.conftest import BRUSSELS
from tests.guards.source import ROOT
from tests.support.files import files, rows
from tests.support.forgotten import forgets
from tests.support.scene import Scene, buttons

SCHEMA = json.loads((ROOT / "docs/export.schema.json").read_text("utf-8"))


@pytest.fixture
async def busy(scene: Scene) -> Scene:
    """A club in which something of each kind was recorded."""
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a new website, 0470 12 34 56, p@x.example")
    await scene.says(scene.bert, "/refer @anna =HYPERLINK(A1): @SUM(A1)")
    await scene.says(scene.anna, "/refer @dirk me: https://x.example/ #inside")
    await scene.says(scene.bert, "/thanks @anna €1.500,50 #1 great")
    await scene.says(scene.carla, "/thanks @anna CHF 20")
    await scene.says(scene.carla, "/thanks @bert")
    await scene.says(scene.anna, "/met @bert over lunch")
    await scene.says(scene.bert, "/visitor Mia Maes")
    await scene.says(scene.anna, "/undo #2")
    return scene


async def exported(scene: Scene, line: str) -> bytes:
    """The one file that this command brings Anna."""
    before = set(await files(scene, scene.anna))
    await scene.writes(scene.anna, line)
    ((name, content),) = [(n, c) for n, c in (await files(scene, scene.anna)).items() if n not in before]
    assert name.startswith("kring-gent-")
    return content


async def spreadsheet(scene: Scene, line: str = "/export xlsx") -> Workbook:
    return load_workbook(io.BytesIO(await exported(scene, line)))


def cells(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    heading, *records = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), record, strict=True)) for record in records]


async def test_a_spreadsheet_has_a_sheet_for_each_table_with_its_heading_in_view_and_a_filter(busy: Scene) -> None:
    book = await spreadsheet(busy)
    assert book.sheetnames == ["Summary", "Referrals", "Thanks", "Members", "One-to-ones", "Visitors"]
    for table in TABLES:
        sheet = book[table.sheet]
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, len(table.columns)).coordinate}"
        for number, name in enumerate(table.columns, 1):
            assert sheet.column_dimensions[get_column_letter(number)].width > len(name)


async def test_dates_are_dates_in_the_clubs_zone_and_amounts_are_money(busy: Scene) -> None:
    book = await spreadsheet(busy)
    given, amounts = book["Referrals"]["B2"], [book["Thanks"].cell(row, 7) for row in (2, 3, 4)]
    assert (given.value, given.number_format) == (datetime(2026, 3, 10, 10, 0), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert [cell.value for cell in amounts] == [1500.5, 20, None]
    assert {cell.number_format for cell in amounts[:2]} == {"#,##0.00"}
    assert all(isinstance(row["giver_id"], int) for row in cells(book, "Referrals"))


async def test_what_people_wrote_is_neither_a_formula_nor_a_link(busy: Scene) -> None:
    book = await spreadsheet(busy)
    piet, formula, link = cells(book, "Referrals")
    assert (formula["contact"], formula["need"], piet["phone"]) == ("=HYPERLINK(A1)", "@SUM(A1)", "+32 470 12 34 56")
    assert link["need"] == "https://x.example/"
    every: list[Any] = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in every} <= {"s", "n", "d"}
    assert [cell for cell in every if cell.hyperlink] == []


async def test_the_summary_has_the_figures_of_each_member_and_their_totals(busy: Scene) -> None:
    sheet = (await spreadsheet(busy))["Summary"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in table[:3]] == [
        "Kring Gent",
        "all time, as it was on 10 March 2026",
        "Inside is direct business. What was taken back or declined is not counted.",
    ]
    assert table[4] == [
        *("Member", "Given inside (RGI)", "Given outside (RGO)", "Received inside (RRI)", "Received outside (RRO)"),
        *("Visitors (V)", "One-to-ones (1-2-1)", "Thanks given, EUR (TYFCB)", "Thanks given, CHF (TYFCB)"),
        *("Thanks received, EUR", "Thanks received, CHF"),
    ]
    assert table[5:] == [
        ["Anna", 1, 1, 0, 0, 0, 1, 0, 0, 1500.5, 20],
        ["Bert", 0, 0, 0, 1, 1, 1, 1500.5, 0, 0, 0],
        ["Carla", 0, 0, 0, 0, 0, 0, 0, 20, 0, 0],
        ["@dirk", 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        ["Total", 1, 1, 1, 1, 1, 2, 1500.5, 20, 1500.5, 20],
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B6", "A5:K9")
    assert sheet["H10"].number_format == "#,##0.00"


async def test_the_summary_speaks_the_readers_language_and_the_tables_the_one_of_scripts(busy: Scene) -> None:
    await busy.writes(busy.anna, "/language nl")
    book = await spreadsheet(busy)
    assert book.sheetnames[:2] == ["Overzicht", "Referrals"]
    assert [cell.value for cell in book["Overzicht"][5]][:2] == ["Lid", "Gegeven binnen (RGI)"]


async def test_a_json_document_is_as_its_description_says(busy: Scene) -> None:
    document = json.loads(await exported(busy, "/export json 2026-03"))
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert document["club"] == {"title": "Kring Gent", "timezone": "Europe/Brussels", "currency": "EUR"}
    assert document["period"]["since"] == "2026-03-01T00:00:00+01:00"
    piet = document["referrals"][0]
    assert re.fullmatch(r"2026-03-10T10:00:\d\d\+01:00", piet["given_at"])
    assert [(each["side"], each["value"], each["by"]) for each in piet["history"]] == [("thanks", "won", "Bert")]
    assert (piet["agreed"], piet["history"][0]["by_id"]) == (None, busy.bert.id)
    assert [each["amount"] for each in document["thanks"]] == ["1500.50", "20.00", None]
    assert document["referrals"][1]["contact"] == "=HYPERLINK(A1)"


async def test_an_empty_club_is_as_the_description_says(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    document = json.loads(await exported(scene, "/export json 2026-03-10"))
    jsonschema.validate(document, SCHEMA)
    assert (document["referrals"], document["visitors"]) == ([], [])
    assert (await spreadsheet(scene, "/export xlsx 2026-03-10"))["Referrals"].max_row == 1


def test_the_description_names_the_columns_of_every_table() -> None:
    parts = {table.name: SCHEMA["properties"][table.name]["items"]["$ref"].rpartition("/")[2] for table in TABLES}
    for table in TABLES:
        described = SCHEMA["$defs"][parts[table.name]]
        assert described["required"] == list(described["properties"]) == list(table.columns)


async def test_all_formats_hold_the_same(busy: Scene) -> None:
    await busy.writes(busy.anna, "/export")
    texts = {name: content.decode() for name, content in (await files(busy, busy.anna)).items()}
    book, document = await spreadsheet(busy), json.loads(await exported(busy, "/export json"))
    for name, text in texts.items():
        in_csv = rows(text)
        table = next(table for table in TABLES if f"{table.name}.csv" == name)
        assert len(in_csv) == len(cells(book, table.sheet)) == len(document[table.name])
        for as_csv, as_cells, as_json in zip(in_csv, cells(book, table.sheet), document[table.name], strict=True):
            assert list(as_csv) == list(as_cells) == list(as_json)
            for column in ("number", "contact", "need", "note", "name", "undone_at", "amount", "currency", "kind"):
                plain = as_csv.get(column, "").removeprefix("'")
                assert plain == (as_json.get(column) or "" if column != "number" else str(as_json.get(column, "")))
                told = as_cells.get(column)
                match told:
                    case datetime():
                        assert told.replace(tzinfo=BRUSSELS).isoformat() == plain
                    case float() | int():
                        assert told == float(plain)
                    case _:
                        assert (told or "") == plain


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("/export xlsx q1", "kring-gent-2026-01-01-2026-03-10.xlsx"),
        ("/export q1 2026 XLSX", "kring-gent-2026-01-01-2026-03-10.xlsx"),
        ("/export excel", "kring-gent-2026-03-10.xlsx"),
        ("/export json maart", "kring-gent-2026-03-01-2026-03-10.json"),
        ("/exporte janvier à février 2026 json", "kring-gent-2026-01-01-2026-02-28.json"),
        ("/export 2025 json", "kring-gent-2025-01-01-2025-12-31.json"),
    ],
)
async def test_format_and_period_are_named_in_any_order_and_language(scene: Scene, typed: str, name: str) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.writes(scene.anna, typed)
    assert list(await files(scene, scene.anna)) == [name]


async def test_what_is_no_format_and_no_period_is_refused_with_a_line_that_works(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    for typed, said in (
        ("csv json", "I make files as csv, xlsx or json, not as “csv json”. This works:"),
        (
            "Maart 2026 foo",
            "“Maart 2026 foo” is no period I know. These are: week, month, quarter, year, last month, q3, march 2026, "
            "2026, 1/2026 to 6/2026, all. This works:",
        ),
        ("2026-06..Mei 2026", "“2026-06..Mei 2026” ends before it begins. This works:"),
        ("2031 json", "“2031” is still to come, so there is nothing to show yet. This works:"),
    ):
        (refused,) = await scene.writes(scene.anna, f"/export {typed}")
        assert refused.splitlines() == [said, "/export xlsx q3"]
    assert await files(scene, scene.anna) == {}


async def test_a_button_keeps_the_format_and_the_period(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    await scene.writes(scene.anna, "/export json 2026-01-15..2026-02-28")
    question = scene.last(scene.world.private(scene.anna))
    assert all(len(data.encode()) <= 64 for data in buttons(question).values())
    await scene.presses(scene.anna, "Kring Brugge", question)
    assert list(await files(scene, scene.anna)) == ["kring-brugge-2026-01-15-2026-02-28.json"]


@pytest.mark.parametrize("data", ["export:1:pdf:all", "export:1:csv", "export:1:csv:decade", "export:1:csv:2026..2025"])
async def test_a_button_that_was_tampered_with_brings_nothing(scene: Scene, data: str) -> None:
    await scene.writes(scene.anna, "/start")
    assert await scene.sends_data(scene.anna, data)
    assert await files(scene, scene.anna) == {}


async def test_who_took_out_what_is_in_the_audit_list(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/export xlsx 2026-02")
    async with scene.kring.workplace.work() as work:
        club = await work.clubs.by_chat(scene.group.id)
        assert club is not None
        (entry,) = await work.audit.latest(club.id, 5)
        member = await work.members.of_person(club.id, scene.anna.id)
    assert member is not None
    assert (entry.by_id, entry.what) == (member.id, "exported")
    assert entry.details == {"format": "xlsx", "first": "2026-02-01", "last": "2026-02-28"}
    assert "Anna exported the records as xlsx: February 2026" in "".join(await scene.writes(scene.anna, "/audit"))


async def test_the_caption_names_the_club_and_the_days(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    for typed, days in (
        ("", "all time"),
        ("2025", "2025"),
        ("q4 2025", "quarter 4 of 2025"),
        ("2026-02", "February 2026"),
        ("2026-01-15..2026-02-28", "15 January 2026 – 28 February 2026"),
        ("2026-02-03", "3 February 2026"),
        ("month", "1 March 2026 – 10 March 2026"),
    ):
        await scene.writes(scene.anna, f"/export json {typed}")
        caption = scene.last(scene.world.private(scene.anna))["caption"]
        assert caption == f"The records of Kring Gent, {days}."


async def test_who_was_forgotten_has_no_name_in_the_tables_and_words_for_one_in_the_summary(busy: Scene) -> None:
    await forgets(busy, busy.carla)
    await busy.writes(busy.anna, "/export")
    texts = {name: content.decode() for name, content in (await files(busy, busy.anna)).items()}
    assert [(each["from_id"], each["from"]) for each in rows(texts["thanks.csv"])][1:] == [("", ""), ("", "")]
    document = json.loads(await exported(busy, "/export json"))
    jsonschema.validate(document, SCHEMA)
    assert [each["from"] for each in document["thanks"]] == ["Bert", None, None]
    book = await spreadsheet(busy)
    summary = {str(row[0]): row for row in book["Summary"].iter_rows(min_row=6, values_only=True)}
    assert summary["someone who left"][8] == 20
    assert not any(sign in str(texts) for sign in (SOMEONE, ERASED))
    assert [row["from"] for row in cells(book, "Thanks")] == ["Bert", None, None]
