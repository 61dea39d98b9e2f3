"""What nobody would send who means well: nothing breaks, nothing leaks, and the group is not bothered by it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.scene import Message, Scene

PLAIN = "/refer @bert Piet: a roof"
COMMAND = {"type": "bot_command", "offset": 0, "length": 6}


async def inject(scene: Scene, fields: Message, kind: str = "message") -> list[str]:
    """An update with a message of these fields, as it is; returns what the bot says in the group then."""
    heard = len(scene.texts())
    message: Message = {
        "message_id": 900,
        "date": int(scene.clock.now().timestamp()),
        "chat": {"id": scene.group.id, "type": "supergroup", "title": "Kring Gent"},
        "from": dict(scene.carla),
    }
    if "text" in fields:
        message["entities"] = [COMMAND]
    scene.world.inject({"update_id": scene.world.next_update_id, kind: message | fields})
    await scene.kring.settle()
    await nothing_broke(scene)
    return scene.texts()[heard:]


async def nothing_broke(scene: Scene) -> None:
    async with scene.kring.workplace.look() as work:
        assert await work.inbox.failures() == []
        assert await work.outbox.count_open() == 0
    refused = [call for call in scene.world.log if isinstance(call.outcome, dict) and not call.outcome["ok"]]
    assert refused == []


async def given(scene: Scene) -> int:
    async with scene.kring.workplace.look() as work:
        return (await work.figures.week(1, None, scene.clock.now().replace(year=2030))).total


@pytest.mark.parametrize(
    "places",
    [
        [(-5, 3)],
        [(7, 0)],
        [(7, -2)],
        [(500, 4)],
        [(7, 5000)],
        [(8, 1)],
        [(2**40, 2**40)],
        [(7, 2), (7, 2), (8, 3)],
    ],
)
async def test_a_text_mention_whose_place_is_nonsense_names_nobody(scene: Scene, places: list[tuple[int, int]]) -> None:
    entities = [{"type": "text_mention", "offset": o, "length": n, "user": dict(scene.anna)} for o, n in places]
    (said,) = await inject(scene, {"text": "/refer 😀😀 Piet: a roof", "entities": [COMMAND, *entities]})
    assert said.startswith(("Who is it for?", "#1 Carla → Anna"))


async def test_thousands_of_mentions_make_one_refusal_and_no_members(scene: Scene) -> None:
    (said,) = await inject(scene, {"text": "/refer " + "@abcde" * 600})
    assert "Who" in said
    (said,) = await inject(scene, {"text": "/refer " + " ".join(f"@n{i:04}" for i in range(500)) + " Piet: a roof"})
    assert said == "Name 6 people at most, please."
    async with scene.kring.workplace.look() as work:
        assert len(await work.members.all_of(1)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "\u202eevil",
        "a\u0300" * 60,
        "\u200b\u200c\u200d",
        "🙂🙃",
        "\x00\x01",
        "'; DROP TABLE members; --",
        "{0}%s{x}",
        "<b>",
        " ",
    ],
)
async def test_a_person_may_be_called_anything(scene: Scene, name: str) -> None:
    someone = {"id": 555, "is_bot": False, "first_name": name, "last_name": name, "username": "someone5"}
    (said,) = await inject(scene, {"text": PLAIN, "from": someone})
    assert said.startswith("#1 ")
    assert "\u202e" not in said
    assert len(await scene.says(scene.anna, "/refer @someone5 Mia: a logo")) == 1
    assert len(await scene.says(scene.anna, "/leaderboard")) == 1


async def test_a_deleted_account_is_a_person_without_a_name(scene: Scene) -> None:
    (said,) = await inject(scene, {"text": PLAIN, "from": {"id": 556, "is_bot": False, "first_name": ""}})
    assert said == "#1 ? → Bert\nPiet: a roof"


@pytest.mark.parametrize(
    "fields",
    [
        {"caption": PLAIN, "photo": []},
        {"caption": 7, "photo": []},
        {"text": PLAIN, "via_bot": {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
        {"text": PLAIN, "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Someone"}},
        {"text": PLAIN, "from": {"id": 78, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
        {"text": PLAIN, "entities": []},
        {"text": "see /refer @bert Piet: a roof", "entities": [COMMAND | {"offset": 4}]},
        {"text": "/refer@another_bot @bert Piet: a roof", "entities": [COMMAND | {"length": 18}]},
        {"new_chat_members": [{"id": 79, "is_bot": True, "first_name": "Other", "username": "other_bot"}]},
        {"left_chat_member": {"id": 12345, "is_bot": False, "first_name": "Nobody"}},
        {"text": "/" * 4096},
    ],
)
async def test_what_is_no_command_of_a_person_records_nothing(scene: Scene, fields: dict[str, Any]) -> None:
    await inject(scene, fields)
    assert await given(scene) == 0


async def test_a_command_under_a_picture_counts_as_any_and_may_be_corrected(scene: Scene) -> None:
    card = {"photo": [], "caption": PLAIN, "caption_entities": [COMMAND]}
    (said,) = await inject(scene, card)
    assert said.startswith("#1 Carla → Bert\nPiet: a roof")
    edited = {"caption": "/refer @anna Piet: a wall", "edit_date": int(scene.clock.now().timestamp())}
    assert await inject(scene, card | edited, kind="edited_message") == []
    assert scene.texts()[-1].startswith("#1 Carla → Anna\nPiet: a wall")


async def test_a_channel_is_no_club(scene: Scene) -> None:
    channel = {"id": -1005000000000, "type": "channel", "title": "News"}
    post = {"text": PLAIN, "chat": channel, "sender_chat": channel}
    assert await inject(scene, post, kind="channel_post") == []
    async with scene.kring.workplace.look() as work:
        assert await work.clubs.by_chat(-1005000000000) is None


async def test_a_post_forwarded_from_the_linked_channel_credits_nobody(scene: Scene) -> None:
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    channel = {"id": -1005000000000, "type": "channel", "title": "News"}
    origin = {"type": "channel", "date": 1, "chat": channel, "message_id": 5}
    forwarded = {"from": telegram, "sender_chat": channel, "is_automatic_forward": True, "forward_origin": origin}
    assert await inject(scene, {"text": PLAIN} | forwarded) == []
    assert await given(scene) == 0


FORGED = (
    *("", ":", "undo", "undo:", "undo:1", "undo:1:", "undo:1:1:1", "undo:-1:-1", "undo:١:١", "undo:1:1e3"),
    *("details:1:9", "for:1:1", "export:1", "export:1:decade", "export:999:all", "x" * 64, "\x00"),
)


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_press_is_answered_and_does_nothing(scene: Scene, data: str) -> None:
    await scene.says(scene.anna, PLAIN)
    message = scene.last() | {"date": 0}  # a message that the bot may not see any more
    query = {
        "id": "4242",
        "from": dict(scene.carla),
        "chat_instance": "1",
        "message": {"chat": message["chat"], "message_id": message["message_id"], "date": 0},
        "data": data,
    }
    heard = scene.texts()
    scene.world.unanswered.add("4242")
    scene.world.inject({"update_id": scene.world.next_update_id, "callback_query": query})
    await scene.kring.settle()
    async with scene.kring.workplace.look() as work:
        assert await work.inbox.failures() == []
    assert scene.texts() == heard
    assert await given(scene) == 1
    assert scene.world.answers["4242"]


async def test_one_member_who_sends_nonsense_does_not_fill_the_group_with_refusals(scene: Scene) -> None:
    heard = len(scene.texts())
    for _ in range(100):
        scene.world.say(scene.bert, scene.group, "/refer")
    await scene.kring.settle()
    assert sum(text.count("Who is it for?") for text in scene.texts()[heard:]) == 3
    assert scene.texts()[-1].endswith("I leave it at that here for a minute; in private I always answer.")
    scene.clock.forward(timedelta(minutes=2))
    assert len(await scene.says(scene.bert, "/refer")) == 1
