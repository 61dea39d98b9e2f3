"""What went wrong once, when somebody tried hard; it does not any more."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import BRUSSELS
from tests.support.scene import Message, Scene


async def test_an_answer_left_behind_in_the_group_that_was_is_not_mistaken_for_another(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    grown = scene.world.upgrade(basic)
    for _ in range(10):
        await scene.says(scene.anna, "/refer @bert Jan: a logo", grown)
    await scene.says(scene.anna, "/undo #1", grown)
    assert not [text for text in scene.texts(grown) if "#1 Anna" in text]
    assert "10 in all" in (await scene.says(scene.anna, "/top", grown))[0]


async def test_a_migration_that_telegram_never_told_is_learned_when_the_old_chat_is_refused(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    grown = scene.world.upgrade(basic)
    scene.world.updates.clear()
    slot = scene.clock.now() + timedelta(days=6)
    await scene.at(slot)
    assert "1  Anna  1" in scene.texts(grown)[-1]
    assert (await scene.says(scene.anna, "/refer @bert Mia: a logo", grown))[0].startswith("#2 ")


async def test_entries_of_a_club_that_began_twice_are_shown_with_their_new_numbers(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    other = scene.world.group("Kring Aalst", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.bert, "/refer @anna Jan: a logo", other)
    said = scene.last(other)
    message = scene.world.say(scene.anna, basic, "/x") | {"migrate_to_chat_id": other.id}
    del message["text"], message["entities"]
    scene.world.inject({"update_id": scene.world.next_update_id, "message": message})
    await scene.kring.settle()
    now = next(m for m in scene.world.messages(other) if m["message_id"] == said["message_id"])
    assert now["text"].startswith("#2 Bert → ")
    assert await scene.presses(scene.bert, "Undo", now) == "#2 is taken back."


async def test_a_late_refusal_shows_the_referral_as_it_is_by_then(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    scene.world.faults.add("error", "sendMessage", chat_id=scene.bert.id, code=429, retry_after=5)
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    await scene.says(scene.anna, "/undo")
    scene.world.block(scene.bert)
    await scene.at(scene.clock.now() + timedelta(seconds=6))
    answer = [text for text in scene.texts() if text.startswith("#1 ")]
    assert answer == ["#1 Anna → Bert taken back by Anna", "#1 is taken back."]


async def test_two_who_blocked_the_bot_both_get_the_button(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.writes(scene.carla, "/start")
    scene.world.rename(scene.carla, username="carla")
    await scene.says(scene.carla, "/help")
    for who in (scene.bert, scene.carla):
        scene.world.faults.add("error", "sendMessage", chat_id=who.id, code=403, description="Forbidden: blocked")
    await scene.says(scene.anna, "/refer @bert @carla Piet: a website, 0470 12 34 56")
    assert scene.texts()[-1].endswith("Contact details for Bert and Carla: press the button.")


async def test_a_phone_number_in_a_thanks_is_not_repeated_in_the_group(scene: Scene) -> None:
    for text in ("/thanks @anna €100 call 0470 12 34 56", "/thanks @anna 0470 12 34 56", "/thanks @anna +32470123456"):
        (said,) = await scene.says(scene.bert, text)
        assert "12 34" not in said
        assert "0470" not in said
        assert "123456" not in said


async def test_a_message_edited_into_another_command_makes_no_second_entry(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.edits(scene.anna, scene.typed(scene.anna), "/thanks @bert 100")
    assert scene.texts()[-1].endswith("That message is #1 already. Please send another one for this.")
    assert (await scene.says(scene.anna, "/undo")) == ["#1 is taken back."]


async def test_one_message_counts_once_for_two_names_of_one_person(scene: Scene) -> None:
    scene.world.rename(scene.bert, username="bertie")
    await scene.says(scene.anna, "/refer @bert @bertie Piet: a roof")
    await scene.says(scene.bert, "/help")
    assert "1  Anna  1" in (await scene.says(scene.anna, "/top"))[0]


async def test_someone_whose_first_words_are_refused_is_known_all_the_same(scene: Scene) -> None:
    dirk = scene.world.person("Dirk", username="dirk")
    scene.group.status[dirk.id] = "member"
    await scene.says(dirk, "/refer Piet")
    assert await scene.says(scene.anna, "/refer @dirk Piet: a roof") == ["#1 Anna → Dirk\nPiet: a roof"]


async def test_the_longest_names_and_need_are_answered_in_one_message(scene: Scene) -> None:
    for i in range(6):
        someone = scene.world.person("🦸🏽‍♀️" * 16, "👩‍👩‍👧" * 16, username=f"someone{i}")
        scene.world.join(scene.group, someone)
    await scene.kring.settle()
    mentions = " ".join(f"@someone{i}" for i in range(6))
    (said,) = await scene.says(scene.anna, f"/refer {mentions} {'ж' * 100}: {'🏠' * 500} 0470 12 34 56")
    assert said.count("→") == 6


async def test_a_channel_that_the_bot_leaves_says_nothing_about_its_admin(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    channel = {"id": -1009999999999, "type": "channel", "title": "News"}
    me = dict(scene.world.bot)
    change = {
        "chat": channel,
        "from": dict(scene.bert),
        "date": int(scene.clock.now().timestamp()),
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": "kicked", "until_date": 0},
    }
    scene.world.inject({"update_id": scene.world.next_update_id, "my_chat_member": change})
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    assert "+32 470" in scene.private_texts(scene.bert)[-1]


async def test_messages_without_an_id_of_their_own_are_told_apart(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        await inject(scene, {"message_id": 0, "from": dict(who), "text": "/refer @dirk Piet: a roof"})
    assert "2 in all" in (await scene.says(scene.anna, "/top"))[0]


async def test_a_forwarded_command_is_nobodys(scene: Scene) -> None:
    origin = {"type": "user", "date": 1, "sender_user": dict(scene.anna)}
    text = "/refer @bert Piet: a roof"
    await inject(scene, {"message_id": 900, "from": dict(scene.carla), "text": text, "forward_origin": origin})
    assert "None yet" in (await scene.says(scene.anna, "/top"))[0]


async def test_the_details_of_what_is_left_stay_open_to_the_giver(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a website, 0470 12 34 56")
    answer = scene.last()
    await scene.says(scene.anna, "/undo #1")
    assert "+32 470" in await scene.presses(scene.anna, "Details", answer)
    assert "taken back" in await scene.presses(scene.bert, "Details", answer)


async def test_a_refused_command_put_right_next_day_can_still_be_undone(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer Piet: a roof")
    typed = scene.typed(scene.anna)
    await scene.at(scene.clock.now() + timedelta(hours=30))
    await scene.edits(scene.anna, typed, "/refer @bert Piet: a roof")
    assert await scene.says(scene.anna, "/undo") == ["#1 is taken back."]


async def test_a_change_that_nobody_sees_is_passed_over_in_silence(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: see http://x.be")
    await scene.says(scene.bert, "/thanks @anna 100")
    typed = [scene.typed(scene.anna), scene.typed(scene.bert)]
    await scene.at(scene.clock.now() + timedelta(days=2))
    heard = len(scene.texts())
    for message in typed:
        again = message | {"edit_date": int(scene.clock.now().timestamp())}
        scene.world.inject({"update_id": scene.world.next_update_id, "edited_message": again})
    await scene.kring.settle()
    assert len(scene.texts()) == heard


async def test_news_of_the_group_that_was_does_not_make_the_bot_leave_the_new_one(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    grown = scene.world.upgrade(basic)
    await scene.kring.settle()
    me = dict(scene.world.bot)
    change = {
        "chat": {"id": basic.id, "type": "group", "title": "Kring Aalst"},
        "from": dict(scene.anna),
        "date": int(scene.clock.now().timestamp()),
        "old_chat_member": {"user": me, "status": "member"},
        "new_chat_member": {"user": me, "status": "left"},
    }
    scene.world.inject({"update_id": scene.world.next_update_id, "my_chat_member": change})
    await scene.at(scene.clock.now() + timedelta(days=6))
    assert "1  Anna  1" in scene.texts(grown)[-1]


async def test_the_bot_is_there_where_it_is_spoken_to(scene: Scene) -> None:
    scene.world.remove_bot(scene.group, scene.anna)
    await scene.kring.settle()
    scene.world.add_bot(scene.group, scene.anna)
    scene.world.updates.clear()
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert len(await scene.at(scene.clock.now() + timedelta(days=6))) == 1


async def test_an_undo_from_before_the_slot_that_is_read_after_it_counts(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @bert Mia: a roof")
    slot = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
    await scene.at(slot - timedelta(hours=2))
    scene.clock.set(slot - timedelta(hours=1))
    scene.world.say(scene.anna, scene.group, "/undo #2")
    said = await scene.at(slot + timedelta(hours=1))
    assert "1  Anna  1" in said[-1]


async def test_who_left_is_sent_nothing_in_private(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    scene.world.leave(scene.group, scene.bert)
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    assert len(scene.private_texts(scene.bert)) == 1


async def test_what_could_not_be_told_is_not_taken_back_aloud(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    scene.world.faults.add("error", "sendMessage", chat_id=scene.bert.id, code=403, description="Forbidden: blocked")
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    await scene.says(scene.anna, "/undo")
    assert len(scene.private_texts(scene.bert)) == 1


async def test_a_silent_telegram_holds_up_neither_help_nor_the_weekly_post(scene: Scene) -> None:
    scene.world.faults.add("error", "getChatMember", times=None, code=500, description="Internal Server Error")
    other = scene.world.group("Kring Brugge", scene.bert, [])
    scene.world.add_bot(other, scene.bert)
    await scene.says(scene.bert, "/start", other)
    (said,) = await scene.writes(scene.bert, "/help")
    assert "/mystats" in said


async def inject(scene: Scene, message: dict[str, Any]) -> None:
    """A message in the group as it is, which no app would send so."""
    whole: Message = {
        "date": int(scene.clock.now().timestamp()),
        "chat": {"id": scene.group.id, "type": "supergroup", "title": "Kring Gent"},
        "entities": [{"type": "bot_command", "offset": 0, "length": len(message["text"].split()[0])}],
    }
    scene.world.inject({"update_id": scene.world.next_update_id, "message": whole | message})
    await scene.kring.settle()


@pytest.mark.parametrize(
    ("typed", "example"),
    [("/refr @bert Piet: a roof", "/refer @bert"), ("/xyz", "/help"), ("/LEADERBORD", "/leaderboard")],
)
async def test_a_command_that_there_is_not_is_answered_in_private_with_one_that_there_is(
    scene: Scene, typed: str, example: str
) -> None:
    (said,) = await scene.writes(scene.bert, typed)
    assert said.splitlines()[0].endswith("This works:")
    assert said.splitlines()[1].startswith(example)


async def test_in_the_group_another_bots_command_is_left_to_that_bot(scene: Scene) -> None:
    assert await scene.says(scene.bert, "/weather") == []
    assert await scene.says(scene.bert, "/weather@otherbot") == []
    (said,) = await scene.says(scene.bert, f"/weather@{scene.world.bot['username']}")
    assert "/weather" in said


async def test_what_only_the_group_takes_is_repeated_as_it_was_typed_to_be_sent_there(scene: Scene) -> None:
    (said,) = await scene.writes(scene.anna, "/undo #1 {x} <b>")
    assert said.splitlines()[-1] == "/undo #1 {x} <b>"  # another number would take back somebody else's entry
