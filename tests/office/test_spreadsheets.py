"""The files of an export in LibreOffice, as a club's treasurer opens them."""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.files import files
from tests.support.scene import Scene

pytestmark = pytest.mark.office

SOFFICE = shutil.which("soffice") or "soffice"  # Debian's libreoffice-calc
PATIENCE_S = 120
# Token 12 of LibreOffice's filter for CSV: -1 writes each sheet into a file of its own.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
UTF8_WITH_COMMAS = "CSV:44,34,76,1"

Convert = Callable[..., None]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Has LibreOffice read a file and write it as something else, beside it."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def run(file: Path, to: str, *options: str) -> None:
        command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", to]
        subprocess.run(  # noqa: S603  our own words
            [*command, "--outdir", str(file.parent), str(file)],
            check=True,
            capture_output=True,
            timeout=PATIENCE_S,
            env={"HOME": str(file.parent), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
        )

    return run


@pytest.fixture
async def records(scene: Scene, tmp_path: Path) -> Path:
    """A folder with the exports of a club in which people typed what spreadsheets stumble over."""
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Zoë Müller: een café, 0470 12 34 56")
    await scene.says(scene.anna, '/refer @bert =1+1: @SUM(A1) and "more", 007; 1-2')
    await scene.says(scene.bert, "/thanks @anna €1.500,50 #1 -2+3")
    await scene.says(scene.anna, "/met @bert")
    await scene.writes(scene.anna, "/export")
    await scene.writes(scene.anna, "/export xlsx")
    for name, content in (await files(scene, scene.anna)).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def sheets_of(folder: Path) -> dict[str, list[list[str]]]:
    """What LibreOffice made of each sheet: the values themselves, not as they look."""
    found = {}
    for path in folder.glob("kring-gent-2026-03-10-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removeprefix("kring-gent-2026-03-10-")] = list(csv.reader(file))
    return found


def records_of(sheet: list[list[str]]) -> list[dict[str, str]]:
    heading, *rows = sheet
    return [dict(zip(heading, row, strict=True)) for row in rows]


async def test_the_spreadsheet_opens_with_every_sheet_as_it_was_written(records: Path, convert: Convert) -> None:
    convert(records / "kring-gent-2026-03-10.xlsx", EVERY_SHEET)
    sheets = sheets_of(records)
    assert set(sheets) == {"Summary", "Referrals", "Thanks", "Members", "One-to-ones", "Visitors"}
    zoe, formula = records_of(sheets["Referrals"])
    assert (zoe["contact"], zoe["need"], zoe["phone"]) == ("Zoë Müller", "een café", "+32 470 12 34 56")
    assert (zoe["given_at"][:16], zoe["number"]) == ("2026-03-10 10:00", "1")
    assert (formula["contact"], formula["need"]) == ("=1+1", '@SUM(A1) and "more", 007; 1-2')
    (thanks,) = records_of(sheets["Thanks"])
    assert (thanks["amount"], thanks["note"]) == ("1500.5", "-2+3")
    assert sheets["Summary"][0][0] == "Kring Gent"
    total = next(row for row in sheets["Summary"] if row[0] == "Total")
    assert total[1:9] == ["0", "2", "0", "2", "0", "2", "1500.5", "1500.5"]


async def test_nothing_in_a_csv_file_is_run_and_its_letters_are_right(records: Path, convert: Convert) -> None:
    convert(records / "referrals.csv", "xlsx", f"--infilter={UTF8_WITH_COMMAS}")
    heading, zoe, formula = load_workbook(records / "referrals.xlsx").worksheets[0].iter_rows()
    column = {cell.value: number for number, cell in enumerate(heading)}
    assert (zoe[column["contact"]].value, zoe[column["need"]].value) == ("Zoë Müller", "een café")
    assert "f" not in {cell.data_type for row in (zoe, formula) for cell in row}
    assert str(formula[column["contact"]].value).lstrip("'") == "=1+1"
