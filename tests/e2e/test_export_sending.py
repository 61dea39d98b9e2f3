"""How the files of an export reach the admin: what takes long, what is too large, and what goes wrong."""

import csv
import io
import os
import random
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.contract.ledger import refer
from tests.support.files import files
from tests.support.process import running, until
from tests.support.scene import Scene

ENTRIES = 60


@pytest.fixture
async def long_ledger(scene: Scene) -> Scene:
    """A club in which a referral was given each hour; what they are about cannot be squeezed together."""
    await scene.writes(scene.anna, "/start")
    chance = random.Random(7)  # noqa: S311  no secret
    async with scene.kring.workplace.work() as work:
        club = await work.clubs.get(1)
        anna, bert = [await work.members.of_person(1, who.id) for who in (scene.anna, scene.bert)]
        assert anna is not None
        assert bert is not None
        for hour in range(ENTRIES, 0, -1):
            referral = await refer(work, club, anna, bert, chance.randbytes(60).hex())
            await work.referrals.correct(referral.id, given_at=work.now - timedelta(hours=hour))
    return scene


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry takes so long that the whole takes some seconds, and nobody has patience."""
    monkeypatch.setattr("bot.files.writing._SLICE", 1)
    monkeypatch.setattr("bot.files.writing._NAP_S", 0.02)
    monkeypatch.setattr("bot.storage.lists.PIECE", 5)
    monkeypatch.setattr("bot.meanwhile.PATIENCE_S", 0.1)
    monkeypatch.setattr("bot.meanwhile.EVERY_S", 0.1)


def said_in_private(scene: Scene, methods: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The calls about Anna's private chat, with the text or caption of each."""
    return [
        (call.method, call.params.get("text") or call.params.get("caption"))
        for call in scene.world.log
        if call.method in methods and str(call.params.get("chat_id")) == str(scene.anna.id)
    ]


def left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"kring-file-{os.getpid()}-*"))


def numbers(content: bytes) -> list[int]:
    """The numbers of the referrals in a CSV file, or in the one that is zipped."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (name,) = archive.namelist()
            content = archive.read(name)
    return [int(row["number"]) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


@pytest.mark.usefixtures("slowly")
async def test_what_takes_long_shows_how_far_it_is_in_one_message_that_goes(long_ledger: Scene) -> None:
    await long_ledger.writes(long_ledger.anna, "/export json")
    calls = said_in_private(long_ledger, ("sendMessage", "editMessageText", "sendDocument", "deleteMessage"))
    methods = [method for method, _ in calls if method != "sendMessage" or "together" in str(_)]
    percents = [int(text.rpartition(": ")[2].rstrip("%")) for _, text in calls if "together" in str(text)]
    assert methods[0] == "sendMessage"
    assert methods.count("sendMessage") == methods.count("sendDocument") == methods.count("deleteMessage") == 1
    assert len(percents) > 3
    assert percents == sorted(percents)
    assert percents[-1] < 100
    assert not [text for text in long_ledger.private_texts(long_ledger.anna) if "together" in text]


async def test_what_takes_no_longer_than_two_seconds_comes_without_a_word(long_ledger: Scene) -> None:
    await long_ledger.writes(long_ledger.anna, "/export xlsx")
    assert not [text for _, text in said_in_private(long_ledger, ("sendMessage",)) if "together" in str(text)]
    assert len(await files(long_ledger, long_ledger.anna)) == 1
    assert left_behind() == []


@pytest.mark.usefixtures("slowly")
async def test_nobody_else_waits_for_it(long_ledger: Scene) -> None:
    scene = long_ledger
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.world.private(scene.anna), "/export json")
        await until(lambda: bool([t for t in scene.private_texts(scene.anna) if "together" in t]))
        scene.world.say(scene.bert, scene.group, "/refer @anna Mia: a logo")
        await until(lambda: scene.texts()[-1].endswith("Mia: a logo"))
        assert await files(scene, scene.anna) == {}
        await until(lambda: any(call.method == "sendDocument" for call in scene.world.log))


@pytest.mark.usefixtures("slowly")
async def test_stopped_in_the_middle_it_goes_on_in_the_same_message_after_the_next_start(
    long_ledger: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = long_ledger
    monkeypatch.setattr("bot.outbox.LAST_CALLS_S", 0.05)
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.world.private(scene.anna), "/export json")
        await until(lambda: len(said_in_private(scene, ("editMessageText",))) > 1)
    assert await files(scene, scene.anna) == {}
    assert left_behind() == []
    await scene.restart()
    shown = [text for method, text in said_in_private(scene, ("sendMessage",)) if "together" in str(text)]
    assert len(shown) == 1
    assert [method for method, _ in said_in_private(scene, ("sendDocument", "deleteMessage"))] == [
        "sendDocument",
        "deleteMessage",
    ]
    assert not [text for text in scene.private_texts(scene.anna) if "together" in text]


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "deleteMessage"])
async def test_that_it_cannot_be_shown_keeps_no_file_back(long_ledger: Scene, method: str) -> None:
    scene = long_ledger
    scene.world.faults.add("error", method, times=None, chat_id=scene.anna.id)
    scene.world.say(scene.anna, scene.world.private(scene.anna), "/export json")
    await scene.kring.settle()
    assert len(await files(scene, scene.anna)) == 1


@pytest.fixture
async def small_limit(long_ledger: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Telegram takes little at once."""
    monkeypatch.setattr("bot.app.UPLOAD_LIMIT", 5_000)
    await long_ledger.restart()
    return long_ledger


async def test_what_is_too_large_is_zipped(long_ledger: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.UPLOAD_LIMIT", 8_000)
    await long_ledger.restart()
    await long_ledger.writes(long_ledger.anna, "/export")
    sent = await files(long_ledger, long_ledger.anna)
    assert list(sent) == ["referrals.csv.zip", "thanks.csv", "members.csv"]
    assert numbers(sent["referrals.csv.zip"]) == list(range(1, ENTRIES + 1))


async def test_what_is_too_large_even_so_comes_in_numbered_parts_that_each_open_alone(small_limit: Scene) -> None:
    await small_limit.writes(small_limit.anna, "/export")
    sent = await files(small_limit, small_limit.anna)
    parts = [name for name in sent if name.startswith("referrals")]
    assert parts == [f"referrals-{number}-of-{len(parts)}.csv.zip" for number in range(1, len(parts) + 1)]
    assert len(parts) > 1
    assert [number for name in parts for number in numbers(sent[name])] == list(range(1, ENTRIES + 1))
    assert all(len(sent[name]) <= 5_000 for name in parts)
    captions = [str(caption) for _, caption in said_in_private(small_limit, ("sendDocument",)) if caption]
    assert captions[0].splitlines()[0] == "The records of <b>Kring Gent</b>, all time."
    assert captions[-1].splitlines()[-1].startswith(f"Part {len(parts)} of {len(parts)}: ")


async def test_a_spreadsheet_with_more_rows_than_a_sheet_has_comes_in_parts(
    long_ledger: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.documents.SHEET", 25)
    await long_ledger.writes(long_ledger.anna, "/export xlsx")
    sent = await files(long_ledger, long_ledger.anna)
    assert len(sent) > 2
    found = []
    for content in sent.values():
        book = load_workbook(io.BytesIO(content))
        given = [row[0] for row in book["Referrals"].iter_rows(min_row=2, values_only=True)]
        assert book["Summary"].cell(book["Summary"].max_row, 3).value == len(given) <= 25
        found += given
    assert found == list(range(1, ENTRIES + 1))


async def test_what_cannot_be_cut_by_time_is_apologised_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.app.UPLOAD_LIMIT", 100)
    await scene.restart()
    await scene.writes(scene.anna, "/start")
    said = await scene.writes(scene.anna, "/export json")
    assert said == ["Sorry, the file could not be made. Please ask whoever runs me to look at my log."]
    assert "it is too large, and cannot be cut by time" in caplog.text


async def test_a_full_disk_is_apologised_for_and_leaves_nothing(
    long_ledger: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for kind, typed in (("csv_file.CsvFile", ""), ("xlsx_file.XlsxFile", "xlsx"), ("json_file.JsonFile", "json")):
        monkeypatch.setattr(f"bot.files.{kind}.begin", full)
        said = await long_ledger.writes(long_ledger.anna, f"/export {typed}")
        assert set(said) == {"Sorry, the file could not be made. Please ask whoever runs me to look at my log."}
    assert "No space left on device" in caplog.text
    assert await files(long_ledger, long_ledger.anna) == {}
    assert left_behind() == []


async def test_what_a_killed_bot_left_is_removed_at_the_next_start(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed, own, running_one, foreign = (
        tmp_path / f"kring-file-{number}-x" for number in (2**22 + 1, os.getpid(), os.getppid(), "abc")
    )
    for folder in (killed, own, running_one, foreign):
        folder.mkdir()
        (folder / "referrals.csv").write_text("x")
    await scene.restart()
    assert {name for name in os.listdir(tmp_path) if name.startswith("kring-file-")} == {running_one.name, foreign.name}
