"""What the bot is told of what people do."""

import pytest

from bot.playground.files import Upload
from bot.playground.people import Json
from bot.playground.refusal import NotAllowedError
from tests.playground.conftest import Club


def kinds(updates: list[Json]) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in updates]


def waiting(club: Club) -> list[Json]:
    updates = club.world.updates.first(100)
    club.world.updates.clear()
    return updates


def test_a_command_reaches_the_bot_with_its_entities_and_the_senders_language(club: Club) -> None:
    club.world.say(club.anna, club.group, "/refer @bertp Piet: #site www.piet.be piet@piet.be 0470 12 34 56")
    (update,) = waiting(club)
    message = update["message"]
    assert message["from"] == {
        "id": club.anna.id,
        "is_bot": False,
        "first_name": "Anna",
        "last_name": "Maes",
        "username": "annam",
        "language_code": "nl",
    }
    assert message["chat"] == {"id": club.group.id, "type": "supergroup", "title": "Kring Gent"}
    found = [
        (entity["type"], message["text"][entity["offset"] : entity["offset"] + entity["length"]])
        for entity in message["entities"]
    ]
    assert found == [
        ("bot_command", "/refer"),
        ("mention", "@bertp"),
        ("hashtag", "#site"),
        ("url", "www.piet.be"),
        ("email", "piet@piet.be"),
        ("phone_number", "0470 12 34 56"),
    ]


def test_offsets_count_utf16_units_and_a_given_mention_carries_the_user(club: Club) -> None:
    mention = {"type": "text_mention", "offset": 10, "length": 4, "user": {"id": club.bert.id}}
    message = club.world.say(club.anna, club.group, "/refer 🎉🎉Bert @annam", entities=[mention])
    user = {"id": club.bert.id, "is_bot": False, "first_name": "Bert", "username": "bertp"}
    assert message["entities"] == [
        {"type": "bot_command", "offset": 0, "length": 6},
        mention | {"user": user},
        {"type": "mention", "offset": 16, "length": 6},
    ]


def test_privacy_mode_hides_all_but_commands_replies_to_the_bot_and_service_messages(club: Club) -> None:
    world = club.world
    own = world.post(club.group, world.bot.card(), {"text": "hello"})
    world.say(club.anna, club.group, "just talk")
    world.say(club.anna, club.group, "talk of @KringBot and /help")
    world.say(club.anna, club.group, "/help@OtherBot")
    seen = [
        world.say(club.anna, club.group, "/help"),
        world.say(club.anna, club.group, "/help@kringbot"),
        world.say(club.anna, club.group, "yes", reply_to=own["message_id"]),
    ]
    world.join(club.group, world.person("Carla"))
    told = [update["message"] for update in waiting(club)]
    assert told[:3] == seen
    assert told[2]["reply_to_message"] == own
    assert told[3]["new_chat_members"][0]["first_name"] == "Carla"


def test_an_admin_bot_sees_everything_and_chat_member_if_it_asked(club: Club) -> None:
    world = club.world
    world.promote(club.group, world.bot)
    world.updates.allow(["message", "chat_member"])
    world.say(club.anna, club.group, "just talk")
    world.leave(club.group, club.bert)
    assert kinds(waiting(club)) == ["my_chat_member", "message", "chat_member", "message"]


def test_the_bot_comes_goes_and_comes_back(club: Club) -> None:
    world = club.world
    world.remove_bot(club.group, club.anna)
    world.say(club.anna, club.group, "/help")
    world.add_bot(club.group, club.bert)
    updates = waiting(club)
    assert kinds(updates) == ["message", "my_chat_member", "my_chat_member", "message"]
    assert updates[0]["message"]["left_chat_member"]["id"] == world.bot.id
    assert updates[1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert updates[2]["my_chat_member"]["old_chat_member"]["status"] == "kicked"
    assert updates[2]["my_chat_member"]["from"]["id"] == club.bert.id
    assert updates[3]["message"]["new_chat_members"][0]["id"] == world.bot.id


def test_an_edit_is_a_new_update_and_leaves_the_first_as_it_was(club: Club) -> None:
    said = club.world.say(club.anna, club.group, "/refer a")
    edited = club.world.edit(club.anna, club.group, said["message_id"], "/refer b")
    first, second = waiting(club)
    assert first["message"]["text"] == "/refer a"
    assert second["edited_message"] == edited
    assert edited["edit_date"] == club.world.unix_now()
    assert club.world.messages(club.group)[-1]["text"] == "/refer b"
    with pytest.raises(NotAllowedError, match="own messages"):
        club.world.edit(club.bert, club.group, said["message_id"], "/refer c")


def test_anonymous_admins_and_channels_hide_who_they_are(club: Club) -> None:
    hidden = club.world.say(club.anna, club.group, "/export", anonymous=True)
    assert hidden["from"]["id"] == 1087968824
    assert hidden["sender_chat"]["id"] == club.group.id
    channel = club.world.say(club.bert, club.group, "/help", as_channel=True)
    assert channel["from"]["id"] == 136817688
    assert channel["sender_chat"]["type"] == "channel"
    with pytest.raises(NotAllowedError, match="admins"):
        club.world.say(club.bert, club.group, "/export", anonymous=True)


@pytest.mark.parametrize("new_chat_first", [False, True])
def test_an_upgrade_is_told_in_both_chats_in_either_order(club: Club, new_chat_first: bool) -> None:
    world = club.world
    old = world.group("Kring Brugge", club.anna, kind="group")
    world.add_bot(old, club.anna)
    waiting(club)
    new = world.upgrade(old, new_chat_first=new_chat_first)
    told = {update["message"]["chat"]["id"]: update["message"] for update in waiting(club)}
    assert list(told) == ([new.id, old.id] if new_chat_first else [old.id, new.id])
    assert told[old.id]["migrate_to_chat_id"] == new.id
    assert told[new.id]["migrate_from_chat_id"] == old.id
    assert told[new.id]["message_id"] == 1
    assert new.type == "supergroup"
    assert new.has(world.bot.id)
    assert not world.may_see(club.anna, old)


def test_people_change_their_names_and_old_messages_keep_the_old_ones(club: Club) -> None:
    said = club.world.say(club.anna, club.group, "/help")
    club.world.rename(club.anna, first_name="Annelies", username="")
    assert said["from"]["first_name"] == "Anna"
    assert club.world.say(club.anna, club.group, "/help")["from"]["first_name"] == "Annelies"
    assert "username" not in club.anna


def test_a_change_of_language_is_told_in_all_that_the_person_does_from_then_on(club: Club) -> None:
    world, bert = club.world, club.bert
    said = world.say(bert, club.group, "/help")
    world.speaks(bert, "nl")
    shown = world.post(club.group, world.bot.card(), {"text": "hello"})
    world.press(bert, club.group, shown["message_id"], "undo")
    world.say(bert, club.group, "/help")
    world.speaks(bert, "pt-br")
    world.edit(bert, club.group, said["message_id"], "/top")
    world.speaks(bert, "")  # an app that tells none
    world.block(bert)
    senders = [update[kind]["from"] for update in waiting(club) for kind in kinds([update])]
    assert [sender.get("language_code") for sender in senders] == ["en", "nl", "nl", "pt-br", None]
    with pytest.raises(NotAllowedError, match="no language"):
        world.speaks(bert, "<b>")


def test_blocking_and_unblocking_is_told(club: Club) -> None:
    club.world.block(club.anna)
    with pytest.raises(NotAllowedError, match="cannot write"):
        club.world.say(club.anna, club.world.private(club.anna), "/start")
    club.world.unblock(club.anna)
    statuses = [update["my_chat_member"]["new_chat_member"]["status"] for update in waiting(club)]
    assert statuses == ["kicked", "member"]


def test_who_left_cannot_write(club: Club) -> None:
    club.world.leave(club.group, club.bert)
    with pytest.raises(NotAllowedError, match="cannot write"):
        club.world.say(club.bert, club.group, "/help")


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 4097])
def test_a_text_of_nothing_or_too_much_cannot_be_sent(club: Club, text: str) -> None:
    with pytest.raises(NotAllowedError):
        club.world.say(club.anna, club.group, text)


def test_a_supergroup_counts_its_own_messages(club: Club) -> None:
    other = club.world.group("Kring Aalst", club.anna)
    assert [club.world.say(club.anna, other, "one")["message_id"] for _ in range(2)] == [1, 2]


def test_a_file_reaches_the_bot_with_its_words_in_private_and_in_a_group_only_as_a_command(club: Club) -> None:
    upload = Upload("past.csv", "text/csv", b"date,from,to")
    private = club.world.private(club.anna)
    club.world.send_document(club.anna, private, upload, "/import @annam")
    club.world.send_document(club.anna, private, upload)
    club.world.send_document(club.anna, club.group, upload, "look at this")
    club.world.send_document(club.anna, club.group, upload, "/import")
    with_words, without, in_group = (update["message"] for update in waiting(club))
    document = with_words["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("past.csv", "text/csv", 12)
    assert with_words["caption"] == "/import @annam"
    assert [entity["type"] for entity in with_words["caption_entities"]] == ["bot_command", "mention"]
    assert "caption" not in without
    assert in_group["caption"] == "/import"


def test_an_empty_file_and_one_with_too_many_words_are_sent_by_no_app(club: Club) -> None:
    private = club.world.private(club.anna)
    with pytest.raises(NotAllowedError):
        club.world.send_document(club.anna, private, Upload("past.csv", "text/csv", b""))
    with pytest.raises(NotAllowedError):
        club.world.send_document(club.anna, private, Upload("past.csv", "text/csv", b"x"), "x" * 1025)
