"""/import: a club's past from a file, tried first, taken in on a yes, and taken back as a whole."""

import asyncio
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest

from bot.domain.amounts import Amount
from bot.playground.files import Upload
from tests.support.past import DUTCH, SLIPS, import_message, ledger, press, report, said
from tests.support.scene import Scene, buttons
from tests.support.sent_files import bomb


async def test_a_report_of_slips_is_tried_first_then_taken_in(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    before = await ledger(scene)
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    assert said(scene, scene.anna).splitlines() == [
        "slips.csv for Kring Gent:",
        "New: 1 referral, 1 thanks, 1 one-to-one and 1 member.",
        "4 lines can't be taken in.",
        "Not in the club so far, and so new members: Lisa Nobody.",
    ]
    assert [(row["Line"], row["What happens"], row["Why"]) for row in report(scene, scene.anna)] == [
        ("2", "added", ""),
        ("3", "added", ""),
        ("4", "not taken in", "it doesn't say from whom"),
        ("5", "added", ""),
        ("6", "not taken in", "I keep no record of these"),
        ("7", "not taken in", "both are the same person"),
        ("8", "not taken in", "the date can't be read"),
    ]
    assert "0470" not in str(report(scene, scene.anna))
    assert await ledger(scene) == before
    in_group, to_bert = scene.texts(), scene.private_texts(scene.bert)
    await press(scene, scene.anna, "Import 4 entries")
    assert said(scene, scene.anna).startswith(
        "Taken in for Kring Gent: 1 referral, 1 thanks, 1 one-to-one and 1 member."
    )
    after = await ledger(scene)
    (referral,), (thanks,) = after["referrals"], after["thanks"]
    assert (referral["contact"], referral["need"], referral["phone"]) == ("Piet Peeters", "a roof", "+32 470 12 34 56")
    assert (thanks["amount"], thanks["number"]) == (Amount(150000, "EUR"), 2)
    assert (scene.texts(), scene.private_texts(scene.bert)) == (in_group, to_bert)  # nobody is told


async def test_the_same_file_a_second_time_adds_nothing_whatever_its_name_and_order(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    taken = await ledger(scene)
    head, *lines = SLIPS.splitlines()
    await scene.sends(scene.anna, "other.csv", "\n".join([head, *reversed(lines)]).encode())
    assert said(scene, scene.anna).splitlines()[:3] == [
        "other.csv for Kring Gent:",
        "Nothing in it is new.",
        "3 lines are in the club already.",
    ]
    assert buttons(import_message(scene, scene.anna)) == {}
    assert await ledger(scene) == taken


async def test_what_members_wrote_down_themselves_is_not_taken_in_again(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Piet Pétit: a roof")
    await scene.sends(scene.anna, "old.csv", DUTCH.replace("5-1-2026", "10-3-2026").encode())
    await press(scene, scene.anna, "Go on")
    assert "1 line is in the club already." in said(scene, scene.anna)


async def test_who_types_yes_is_shown_the_button(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    waiting = import_message(scene, scene.anna)
    for typed in ("ja", "yes please"):
        assert await scene.writes(scene.anna, typed) == ["slips.csv waits for a press on a button of this message."]
        assert import_message(scene, scene.anna)["reply_to_message"]["message_id"] == waiting["message_id"]
    assert (await ledger(scene))["referrals"] == []
    await scene.presses(scene.anna, "Import 4 entries", waiting)
    assert await scene.writes(scene.anna, "ja") == []
    assert await scene.writes(scene.bert, "ja") == []


async def test_an_unknown_table_is_explained_by_buttons_over_a_restart(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "oud.csv", DUTCH.replace("Aan", "Wie").encode("cp1252"))
    assert said(scene, scene.anna).splitlines() == [
        "I don't know the table in oud.csv. This is how I read it:",
        "Each line: Visitors",
        "Date: Datum · 5-1-2026",
        "From: Van · Anna",
        "Contact: Klant · Piet Pétit",
        "Press what is different.",
    ]
    await press(scene, scene.anna, "Referrals")
    assert said(scene, scene.anna).endswith("Still to choose: To.")
    assert "Go on" not in buttons(import_message(scene, scene.anna))
    await scene.restart()
    await press(scene, scene.anna, "To: –")
    assert said(scene, scene.anna) == "Which column is: To?"
    await press(scene, scene.anna, "Wie")
    await press(scene, scene.anna, "Go on")
    await scene.restart()
    await press(scene, scene.anna, "Import 1 entry")
    (referral,) = (await ledger(scene))["referrals"]
    assert (referral["contact"], referral["need"]) == ("Piet Pétit", "dak")


@pytest.mark.parametrize(
    ("name", "content", "words_"),
    [
        ("club.pdf", b"%PDF-1.7 ...", "There is no table in club.pdf that I can read."),
        ("bomb.xlsx", bomb(), "bomb.xlsx is too large once it is unpacked."),
        ("large.csv", b"a,b\n" * 5_000_001, "large.csv is over 20 MB"),
    ],
)
async def test_a_file_that_cannot_be_read_gets_a_clear_answer(
    scene: Scene, name: str, content: bytes, words_: str
) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, name, content)
    assert said(scene, scene.anna).startswith(words_)
    assert buttons(import_message(scene, scene.anna)) == {}


async def test_a_file_that_comes_after_another_takes_its_place(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    first = import_message(scene, scene.anna)
    await scene.sends(scene.anna, "other.csv", DUTCH.encode())
    assert "decided on, or over" in await scene.presses(scene.anna, "Import 4 entries", first)
    await press(scene, scene.anna, "Cancel")
    assert said(scene, scene.anna) == "Nothing was taken in from other.csv."
    assert (await ledger(scene))["referrals"] == []


async def test_the_past_is_in_no_post_and_nobody_is_reminded_of_it(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.writes(scene.bert, "/start")
    today = scene.clock.now()
    recent = (today - timedelta(days=20)).strftime("%d-%m-%Y")
    await scene.sends(scene.anna, "oud.csv", DUTCH.replace("5-1-2026", recent).encode())
    await press(scene, scene.anna, "Go on")
    await press(scene, scene.anna, "Import 1 entry")
    heard = scene.private_texts(scene.bert)
    posts = []
    for day in range(1, 15):
        posts += await scene.at(today + timedelta(days=day))
    assert all("Anna" not in post for post in posts)
    assert scene.private_texts(scene.bert) == heard


async def test_what_nobody_decides_on_is_kept_no_longer_than_a_day(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    message = import_message(scene, scene.anna)
    await scene.at(scene.clock.now() + timedelta(hours=25))
    assert "decided on, or over" in await scene.presses(scene.anna, "Import 4 entries", message)
    async with scene.kring.workplace.look() as work:
        assert await work.imports.report(1) == ""


async def test_it_speaks_the_admins_language(scene: Scene) -> None:
    scene.world.speaks(scene.anna, "nl")
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    assert "Nieuw: 1 doorverwijzing, 1 bedankje, 1 één-op-ééngesprek en 1 lid." in said(scene, scene.anna)


async def test_a_file_that_telegram_does_not_give_now_keeps_nobody_else_waiting(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.bert)
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    scene.world.faults.add("error", "getFile", code=502, description="Bad Gateway")
    for who in (scene.anna, scene.bert):
        scene.world.send_document(who, scene.world.private(who), Upload("slips.csv", "text/csv", SLIPS.encode()), "")
    await scene.kring.settle()
    assert said(scene, scene.anna) == "I'm reading slips.csv …"
    assert "New: 1 referral" in said(scene, scene.bert)
    await scene.restart()
    assert "New: 1 referral" in said(scene, scene.anna)


@pytest.mark.every_database
async def test_a_number_that_is_given_out_while_a_file_is_taken_in_is_given_once(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    async with scene.kring.workplace.work() as work:
        await work.imports.change(1, state="agreed")
    async with scene.kring.workplace.work() as work:
        club = await work.clubs.by_chat(scene.group.id)
        assert club is not None
        number = await work.clubs.next_number(club.id)
        taking_in = asyncio.create_task(scene.kring.importer.once())
        await asyncio.sleep(1.5)  # it is read in a process of its own
    await taking_in
    found = await ledger(scene)
    assert number not in [row["number"] for name in ("referrals", "thanks") for row in found[name]]
    assert found["last"] == [{"number": number + 2}]


async def test_a_number_that_leaves_the_club_no_room_is_not_kept(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    own = (
        "number,given_at,giver,recipient,contact,need\r\n999999999,2026-01-05T10:00:00+01:00,Anna,Bert,Piet,a roof\r\n"
    )
    await scene.sends(scene.anna, "referrals.csv", own.encode())
    assert "The entries get new numbers" in said(scene, scene.anna)
    await press(scene, scene.anna, "Import 1 entry")
    assert (await ledger(scene))["last"] == [{"number": 1}]


async def test_however_many_tables_are_left_aside_one_message_tells_of_it(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("slips.csv", SLIPS)
        for number in range(100):
            archive.writestr(f"{number} {'long' * 12}.csv", "one,two\r\n1,2\r\n")
    await scene.sends(scene.anna, "all.zip", packed.getvalue())
    assert "New: 1 referral" in said(scene, scene.anna)
    assert "90 more" in said(scene, scene.anna)
