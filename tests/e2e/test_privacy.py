"""/privacy says what is true, and /mydata sends all there is of a person, and of nobody else."""

import json
from typing import Any

import httpx
import jsonschema
import pytest

from bot.domain.retention import OUTBOX_KEPT
from bot.playground.people import User
from bot.storage.erasure import WRITTEN
from bot.storage.personal import PARTS
from bot.storage.schema import forms, members, metadata, people
from tests.guards.source import ROOT
from tests.support.forgotten import a_full_life, dora_of
from tests.support.scene import Scene

SCHEMA = json.loads((ROOT / "docs/mydata.schema.json").read_text("utf-8"))


async def data_of(scene: Scene, who: User) -> dict[str, Any]:
    """What /mydata sends this person in private, checked against its description."""
    await scene.writes(who, "/mydata")
    message = scene.last(scene.world.private(who))
    assert message["document"]["file_name"] == "mydata.json"
    async with httpx.AsyncClient(verify=False) as client:  # noqa: S501  plain HTTP on this machine
        found: dict[str, Any] = (await client.get(f"{scene.url}/files/{message['document']['file_id']}")).json()
    jsonschema.validate(found, SCHEMA)
    return found


async def test_privacy_tells_the_periods_that_hold(scene: Scene) -> None:
    (said,) = await scene.writes(scene.anna, "/privacy")
    assert "Phone and e-mail of contacts in Kring Gent: 12 months after" in said
    assert f"What I said: {OUTBOX_KEPT.days} days." in said
    async with scene.kring.workplace.work() as work:
        await work.clubs.configure(1, contact_months=1, keep_names=False)
    (said,) = await scene.writes(scene.anna, "/privacy")
    assert "Name, phone and e-mail of contacts in Kring Gent: 1 month after" in said


async def test_privacy_names_who_runs_the_bot_or_says_how_to_find_out(scene: Scene) -> None:
    assert "Ask your group's admins" in (await scene.writes(scene.anna, "/privacy"))[0]
    told = {"operator_name": "Kring <Gent> vzw", "operator_address": "bestuur@kring.example"}
    scene.settings = scene.settings.model_copy(update=told)
    await scene.restart()
    assert "Kring <Gent> vzw, bestuur@kring.example" in (await scene.writes(scene.anna, "/privacy"))[0]


@pytest.mark.parametrize("command", ["/privacy", "/mydata", "/forgetme"])
async def test_in_the_group_it_leads_to_the_private_chat(scene: Scene, command: str) -> None:
    (said,) = await scene.says(scene.bert, command)
    assert len(said) < 100
    assert [b["text"] for row in scene.last()["reply_markup"]["inline_keyboard"] for b in row] == [
        "Open the private chat"
    ]
    assert "Peeters" not in said


async def test_who_can_be_written_to_has_it_in_private_at_once(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    assert await scene.says(scene.bert, "/privacy") == []
    assert "What I keep" in scene.private_texts(scene.bert)[-1]


@pytest.mark.every_database
async def test_my_data_is_all_there_is(scene: Scene) -> None:
    dora = dora_of(scene)
    await a_full_life(scene, dora)
    found = await data_of(scene, dora)
    assert found["person"]["username"] == "theodora_zw77"
    (club,) = found["clubs"]
    assert club["club"] == "Kring Gent"
    given = [(each["number"], each["recipient"], each["contact"], each["phone"]) for each in club["referrals_given"]]
    assert given == [(1, "Anna", "Xandrine Quibus", "+32 470 12 34 56"), (6, "Anna", "Wolfgang Amadeus", "")]
    assert [each["email"] for each in club["referrals_received"]] == ["piet@roofs.be"]
    assert [each["note"] for each in club["thanks_given"]] == ["wonderful zeppelinery"]
    assert [each["from"] for each in club["thanks_received"]] == ["Anna"]
    assert [each["note"] for each in club["one_to_ones"]] == ["over krakelingen"]
    assert [each["name"] for each in club["visitors"]] == ["Ignatius Loyolandus"]
    assert found["form"]["answers"]["contact"] == "Wolfgang Amadeus"
    assert any("Recorded in" in (message["text"] or "") for message in found["messages"])


async def test_of_others_it_tells_no_more_than_the_club_sees(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @carla_x Mia: a secret, 0470 65 43 21")
    await scene.says(scene.anna, "/refer @bert Piet: a roof, 0470 12 34 56")
    await scene.says(scene.carla, "/undo #1")  # refused: not hers
    found = json.dumps(await data_of(scene, scene.bert))
    assert "470 12 34 56" in found
    assert "470 65 43 21" not in found
    assert "secret" not in found
    assert str(scene.anna.id) not in found
    assert "Peeters" not in found


async def test_an_admin_who_took_back_what_is_between_others_has_its_number_alone(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @dirk_x Mia: a secret, 0470 65 43 21")
    await scene.says(scene.anna, "/undo #1")
    found = await data_of(scene, scene.anna)
    assert [each["number"] for each in found["clubs"][0]["referrals_undone"]] == [1]
    assert "secret" not in json.dumps(found["clubs"])


async def test_a_stranger_has_what_telegram_says_of_them_and_no_more(scene: Scene) -> None:
    stranger = scene.world.person("Zoltan", "Nagy", "zoltan_n")
    found = await data_of(scene, stranger)
    assert (found["person"]["first_name"], found["clubs"]) == ("Zoltan", [])


async def test_clubs_that_one_left_are_in_it(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @anna Piet: a roof")
    scene.world.leave(scene.group, scene.bert)
    await scene.kring.settle()
    (club,) = (await data_of(scene, scene.bert))["clubs"]
    assert club["member"]["left_at"] is not None
    assert len(club["referrals_given"]) == 1


async def test_what_failed_is_for_its_sender_alone(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        broken = scene.world.say(who, scene.group, f"broken by {who.id}") | {"entities": "nonsense"}
        scene.world.inject({"update_id": scene.world.next_update_id, "message": broken})
    await scene.kring.settle()
    found = (await data_of(scene, scene.bert))["failed_updates"]
    assert [each["update"]["message"]["text"] for each in found] == [f"broken by {scene.bert.id}"]


def test_no_column_that_names_a_member_is_left_out_of_my_data() -> None:
    covered = {str(column) for part in PARTS for column in part.of}
    naming = {
        str(key.parent)
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table in (members, people)
    }
    assert naming - covered == {str(members.c.user_id), str(forms.c.user_id)}  # which it begins with
    assert covered <= naming


def test_no_words_of_people_are_in_a_column_that_forgetting_does_not_know() -> None:
    """A new column of words is to be emptied for who is forgotten, or listed here as holding nobody's."""
    nobodys = {
        "clubs": {"title", "language", "timezone", "own_country", "currency", "post_time"},
        "posts": {"outcome"},
        "questions": {"month"},
        "referral_events": {"side", "value"},
        "settled": {"what", "digest"},
        "referrals": {"kind", "status", "erased", "phone", "email"},  # the last two go with the contact
        "thanks": {"currency"},
        "audit": {"what", "details"},
        "forms": {"command", "step"},
        "members": {"suggestions", "pending_username", "pending_key", "told_first_name", "told_last_name"},
        "imports": {"file_id", "state", "counts", "before"},
        "inbox": {"state", "payload", "error"},
        "outbox": {"method", "params", "about", "once_key", "if_refused", "state", "error"},
    }
    unknown = {
        (table.name, column.name)
        for table in metadata.tables.values()
        if table is not people  # the row is removed
        for column in table.columns
        if not hasattr(column.type, "python_type") or column.type.python_type in (str, dict)
        if column.name not in nobodys.get(table.name, set()) | set(WRITTEN.get(table, ()))
    }
    assert unknown == set()
