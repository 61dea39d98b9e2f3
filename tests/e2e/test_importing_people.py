"""/import: who may bring a club's past along, and who the people in it are."""

import time
from types import SimpleNamespace

import pytest

from tests.support.forgotten import forgets
from tests.support.past import SLIPS, import_message, ledger, press, report, said
from tests.support.scene import Scene, buttons


async def test_only_an_admin_brings_a_file(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    assert await scene.sends(scene.bert, "slips.csv", SLIPS.encode()) == ["That is for the group's admins."]
    assert await scene.writes(scene.bert, "/import") == ["That is for the group's admins."]


async def test_who_is_no_admin_any_more_cannot_say_yes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.world.promote(scene.group, scene.bert)
    await scene.writes(scene.bert, "/start")
    await scene.sends(scene.bert, "slips.csv", SLIPS.encode())
    scene.world.promote(scene.group, scene.bert, admin=False)
    in_a_minute = time.monotonic() + 61
    monkeypatch.setattr("bot.rights.time", SimpleNamespace(monotonic=lambda: in_a_minute))
    before = await ledger(scene)
    assert await press(scene, scene.bert, "Import 4 entries") == "That is for the group's admins."
    assert await ledger(scene) == before


async def test_an_admin_of_another_club_reaches_no_import_of_this_one(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.bert, [])
    scene.world.add_bot(other, scene.bert)
    await scene.says(scene.bert, "/start", other)
    await scene.writes(scene.bert, "/start")
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    data = buttons(import_message(scene, scene.anna))["Import 4 entries"]
    _, club, import_, action = data.split(":")
    mine = scene.last(scene.world.private(scene.bert))
    for forged in (data, f"import:{int(club) + 1}:{import_}:{action}", f"import:{int(club) + 1}:{import_}:undo"):
        assert await scene.sends_data(scene.bert, forged, mine) != ""
    assert (await ledger(scene))["referrals"] == []


async def test_in_private_it_asks_which_club_when_there_are_several(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/start", other)
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    assert said(scene, scene.anna) == "Which club's past is in slips.csv?"
    await press(scene, scene.anna, "Kring Gent")
    assert "slips.csv for Kring Gent:" in said(scene, scene.anna)


async def test_who_came_in_by_a_file_becomes_the_person_when_they_are_seen(scene: Scene) -> None:
    lisa = scene.world.person("Lisa", "Nobody", "lisa")
    past = f"member_id,name,username,joined_at,left_at\r\n{lisa.id},Lisa,,2024-01-05T10:00:00+01:00,\r\n"
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "members.csv", past.encode())
    await press(scene, scene.anna, "Import 1 entry")
    count = len((await ledger(scene))["members"])
    scene.group.status[lisa.id] = "member"  # all the time
    await scene.says(lisa, "/start")
    members = (await ledger(scene))["members"]
    assert len(members) == count
    (found,) = (row for row in members if row["member_id"] == lisa.id)
    assert (found["joined_at"].year, found["username"]) == (2024, "lisa")


async def test_a_member_known_by_name_is_matched_later(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.replace("Anna Peeters,Bert", "Annemie,Bert").encode())
    await press(scene, scene.anna, "Import 5 entries")
    await press(scene, scene.anna, "Who is who")
    await press(scene, scene.anna, "Annemie")
    await press(scene, scene.anna, "Anna")
    assert said(scene, scene.anna) == "Annemie is Anna from now on."
    (referral,) = (await ledger(scene))["referrals"]
    assert referral["giver_id"] == scene.anna.id


async def test_in_the_group_it_leads_to_the_private_chat(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/import") == [
        "Send me the file in our private chat: nobody else needs to see it."
    ]
    assert list(buttons(scene.last())) == ["Open the private chat"]


async def test_who_was_forgotten_is_nobody_that_a_name_may_stand_for(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    await forgets(scene, scene.bert)
    await press(scene, scene.anna, "Who is who")
    await press(scene, scene.anna, "Lisa Nobody")
    shown = buttons(import_message(scene, scene.anna))
    assert list(shown) == ["Anna", "Carla", "Back"]
    forged = shown["Anna"].removesuffix(":1") + ":2"
    await scene.sends_data(scene.anna, forged, import_message(scene, scene.anna))
    assert "Lisa Nobody" in [row["name"] for row in (await ledger(scene))["members"]]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_export_brings_nothing_back_twice_after_somebody_was_forgotten(scene: Scene, when: str) -> None:
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    await scene.says(scene.bert, "/refer @anna Piet Peeters: a roof")
    await scene.says(scene.anna, "/thanks @bert 100 #1")
    await scene.says(scene.carla, "/refer @bert Mia: a bath")
    await scene.says(scene.carla, "/met @bert coffee")
    await scene.says(scene.bert, "/visitor Jan Jansen")
    if when == "after":
        await forgets(scene, scene.bert)
    await scene.writes(scene.anna, "/export json")
    sent = [m for m in scene.world.messages(scene.world.private(scene.anna)) if "document" in m][-1]
    export = scene.world.files.by_id[sent["document"]["file_id"]].upload.content
    if when == "before":
        await forgets(scene, scene.bert)
    before = await ledger(scene)
    await scene.sends(scene.anna, "club.json", export)
    if when == "before":  # the file names them
        assert "New: 1 member." in said(scene, scene.anna)
        await press(scene, scene.anna, "Import 1 entry")
    else:
        assert "Nothing in it is new." in said(scene, scene.anna)
    after = await ledger(scene)
    assert {name: rows for name, rows in after.items() if name != "members"} == {
        name: rows for name, rows in before.items() if name != "members"
    }


async def test_a_name_without_end_in_a_file_leaves_room_for_the_question(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    long = "N" * 15_000
    own = f"number,given_at,giver_id,giver,recipient,contact\r\n1,2026-01-05T10:00:00+01:00,77,{long},Bert,Piet\r\n"
    await scene.sends(scene.anna, "referrals.csv", own.encode())
    assert "Import 2 entries" in buttons(import_message(scene, scene.anna))


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("members.csv", "member_id,name,username,joined_at,left_at\r\n,Lisa,,2024-01-05T10:00:00+01:00,{}\r\n"),
        (
            "referrals.csv",
            "number,given_at,giver_id,giver,recipient_id,recipient,contact,phone,email,need,kind,status,undone_at\r\n"
            "1,2024-01-05T10:00:00+01:00,,Lisa,,Mia,Piet,,,a roof,outside,new,{}\r\n",
        ),
        (
            "referrals.csv",
            "number,given_at,giver_id,giver,recipient_id,recipient,contact,phone,email,need,kind,status,history\r\n"
            "1,2024-01-05T10:00:00+01:00,,Lisa,,Mia,Piet,,,a roof,outside,won,{} won\r\n",
        ),
    ],
)
@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
async def test_a_date_that_cannot_be_is_refused_with_its_line(
    scene: Scene, caplog: pytest.LogCaptureFixture, name: str, table: str, at: str
) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, name, table.format(at).encode())
    assert "1 line can't be taken in." in said(scene, scene.anna)
    (line,) = report(scene, scene.anna)
    assert (line["Line"], line["What happens"]) == ("2", "not taken in")
    assert line["Why"] in ("the date is still to come", "the date can't be read")
    assert "failed" not in caplog.text
