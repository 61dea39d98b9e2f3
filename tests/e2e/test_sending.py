"""Saying things: in order, as fast as Telegram lets it, and never twice because an answer was lost."""

import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot import outbox
from bot.app import Kring
from bot.playground.chats import Chat
from bot.playground.server import Playground
from tests.support.databases import committed
from tests.support.process import broken_disk, running, until
from tests.support.scene import Scene, settings_of

pytestmark = pytest.mark.every_database

ROOF = "/refer @bert Piet: a roof"
ANSWER = "#1 Anna → Bert\nPiet: a roof"
TOO_MANY: dict[str, Any] = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}


def state(folder: Path) -> tuple[str, str | None]:
    """What became of the last message, and the error that goes with it."""
    ((state, error),) = committed(folder, "SELECT state, error FROM outbox ORDER BY id DESC LIMIT 1")
    return state, error


def calls(scene: Scene, method: str, chat: Chat) -> int:
    """How often the bot made this call for this chat."""
    return sum(call.method == method and call.params["chat_id"] == str(chat.id) for call in scene.world.log)


async def later(scene: Scene, seconds: float) -> None:
    """Let so much time pass, and the bot do what is to be done then."""
    scene.clock.forward(timedelta(seconds=seconds))
    await scene.kring.settle()


async def second_group(scene: Scene) -> Chat:
    """Another club of Anna's and Bert's, with the bot in it."""
    group = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(group, scene.anna)
    scene.world.say(scene.bert, group, "/start")
    await scene.kring.settle()
    return group


async def prepared(scene: Scene, text: str = ROOF) -> None:
    """Anna writes this; the answer waits in the outbox."""
    scene.world.say(scene.anna, scene.group, text)
    await scene.kring.intake.once()
    await scene.kring.processor.drain()


async def test_each_chat_is_told_in_order(scene: Scene) -> None:
    other = await second_group(scene)
    for number in range(1, 9):
        for group in (scene.group, other):
            scene.world.say(scene.anna, group, f"/refer @bert Contact{number}: a roof")
    scene.world.faults.add("error", "sendMessage", chat_id=other.id, **TOO_MANY)
    await scene.kring.settle()
    await later(scene, 31)
    for group in (scene.group, other):
        said = re.findall(r"Contact(\d)", "".join(scene.texts(group)))
        assert said == list("12345678")


async def test_a_group_that_is_told_too_much_is_left_alone_as_long_as_telegram_asks_and_no_other_group_waits(
    scene: Scene,
) -> None:
    other = await second_group(scene)
    scene.world.faults.add("error", "sendMessage", chat_id=scene.group.id, **TOO_MANY)
    before = calls(scene, "sendMessage", scene.group)
    scene.world.say(scene.anna, scene.group, ROOF)
    scene.world.say(scene.anna, scene.group, "/refer @bert Mia: a logo")
    scene.world.say(scene.anna, other, ROOF)
    await scene.kring.settle()
    assert scene.texts(other)[-1] == ANSWER
    await later(scene, 28)
    assert calls(scene, "sendMessage", scene.group) == before + 1
    await later(scene, 3)
    assert scene.texts()[-2:] == [ANSWER, "#2 Anna → Bert\nMia: a logo"]


async def test_what_never_left_is_said_once_the_line_is_back_however_long_that_takes(
    scene: Scene, folder: Path
) -> None:
    await prepared(scene)
    await scene.kring.close()
    async with Playground(scene.world) as second:
        port = int(second.url.rpartition(":")[2])
        kring = Kring(settings_of(scene.world, second.url, folder), scene.clock)
        await kring.open()
        await kring.connect()
    for _ in range(60):
        await kring.sender.drain()
        scene.clock.forward(timedelta(minutes=1, seconds=1))
    assert state(folder)[0] == "waiting"
    assert "ConnectError" in str(state(folder)[1])
    async with Playground(scene.world, port):
        await kring.sender.drain()
        await kring.sender.drain()
        await kring.close()
    assert scene.texts().count(ANSWER) == 1
    assert state(folder)[0] == "sent"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "lost_answer"}, 1),
        ({"kind": "drop"}, 0),
        ({"kind": "error", "code": 500}, 0),
        ({"kind": "error", "code": 502, "description": "Bad Gateway"}, 0),
    ],
    ids=["lost answer", "drop", "500", "502"],
)
async def test_what_may_have_been_said_is_never_said_again_and_leaves_a_trace(
    scene: Scene, folder: Path, fault: dict[str, Any], said: int
) -> None:
    scene.world.faults.add(method="sendMessage", **fault)
    await scene.says(scene.anna, ROOF)
    for _ in range(3):
        await later(scene, 3600)
    assert scene.texts().count(ANSWER) == said
    assert state(folder)[0] == "unknown"
    assert state(folder)[1]
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]


@pytest.mark.parametrize("fault", [{"kind": "lost_answer"}, {"kind": "drop"}, {"kind": "error", "code": 500}])
async def test_a_change_of_a_message_is_repeated_until_it_is_certain(
    scene: Scene, folder: Path, fault: dict[str, Any]
) -> None:
    await scene.says(scene.anna, ROOF)
    scene.world.faults.add(method="editMessageText", **fault)
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a new roof")
    assert state(folder)[0] == "waiting"
    await later(scene, 5)
    assert scene.last()["text"] == "#1 Anna → Bert\nPiet: a new roof"
    assert calls(scene, "editMessageText", scene.group) == 2
    assert state(folder)[0] == "sent"


async def test_a_change_that_telegram_always_fails_at_is_given_up_and_holds_up_the_chat_no_longer(
    scene: Scene, folder: Path
) -> None:
    await scene.says(scene.anna, ROOF)
    scene.world.faults.add("error", "editMessageText", times=None)
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a new roof")
    for _ in range(10):
        await later(scene, 61)
    assert state(folder) == ("unknown", "NetworkError: Internal Server Error")
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]


async def test_a_change_to_what_it_says_already_counts_as_made(scene: Scene, folder: Path) -> None:
    await scene.says(scene.anna, ROOF)
    words = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    scene.world.faults.add("error", "editMessageText", code=400, description=words)
    await scene.edits(scene.anna, scene.typed(scene.anna), ROOF + "!")
    assert calls(scene, "editMessageText", scene.group) == 1
    assert state(folder) == ("sent", None)


async def test_who_blocked_the_bot_is_not_written_to_any_more(scene: Scene, folder: Path) -> None:
    await scene.writes(scene.bert, "/start")
    scene.world.faults.add(
        "error", "sendMessage", chat_id=scene.bert.id, code=403, description="Forbidden: bot was blocked by the user"
    )
    await scene.says(scene.anna, ROOF)
    dropped = committed(folder, "SELECT state, error FROM outbox WHERE chat_id = 1002 ORDER BY id DESC LIMIT 1")
    assert dropped == [("dropped", "Forbidden: Forbidden: bot was blocked by the user")]
    before = calls(scene, "sendMessage", scene.world.private(scene.bert))
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    assert calls(scene, "sendMessage", scene.world.private(scene.bert)) == before


async def test_what_waits_when_a_group_becomes_a_supergroup_arrives_in_the_new_chat(scene: Scene, folder: Path) -> None:
    small = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(small, scene.anna)
    await scene.says(scene.bert, "/start", small)
    for text in (ROOF, "/refer @bert Mia: a logo"):
        scene.world.say(scene.anna, small, text)
    await scene.kring.intake.once()
    await scene.kring.processor.drain()
    large = scene.world.upgrade(small)
    await scene.kring.sender.drain()
    assert scene.texts(large) == [ANSWER, "#2 Anna → Bert\nMia: a logo"]
    assert await scene.says(scene.anna, "/refer @bert Jo: a car", large) == ["#3 Anna → Bert\nJo: a car"]
    assert committed(folder, "SELECT count(*) FROM outbox WHERE state NOT IN ('sent')") == [(0,)]


async def test_after_a_crash_an_answer_is_said_again_but_a_weekly_post_is_not(scene: Scene, folder: Path) -> None:
    scene.world.say(scene.anna, scene.group, ROOF)
    await scene.kring.settle()
    scene.clock.forward(timedelta(days=6))  # Monday 10:00
    await scene.kring.schedule.sweep()
    await prepared(scene, "/refer @bert Mia: a logo")
    async with scene.kring.workplace.work() as work:
        await work.outbox.sending(
            [[row] for (row,) in committed(folder, "SELECT id FROM outbox WHERE state='waiting'")]
        )
    heard = len(scene.texts())
    async with scene.kring.workplace.work() as work:
        await scene.kring.sender.recover(work)
    await scene.kring.settle()
    assert scene.texts()[heard:] == ["#2 Anna → Bert\nMia: a logo"]
    assert committed(folder, "SELECT state, error FROM outbox WHERE once_key IS NOT NULL") == [("unknown", "cut off")]


async def test_the_change_of_a_message_that_is_not_said_yet_waits_for_it(scene: Scene) -> None:
    scene.world.faults.add("error", "sendMessage", chat_id=scene.group.id, **TOO_MANY)
    await scene.says(scene.anna, ROOF)
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a new roof")
    assert calls(scene, "editMessageText", scene.group) == 0
    heard = len(scene.texts())
    await later(scene, 31)
    assert scene.texts()[heard:] == ["#1 Anna → Bert\nPiet: a new roof"]
    assert calls(scene, "editMessageText", scene.group) == 1


async def test_what_perhaps_never_arrived_is_said_anew_by_its_first_change_and_changed_by_the_next(
    scene: Scene,
) -> None:
    scene.world.faults.add("drop", "sendMessage", chat_id=scene.group.id)
    await scene.says(scene.anna, ROOF)
    typed, heard = scene.typed(scene.anna), len(scene.texts())
    await scene.edits(scene.anna, typed, "/refer @bert Piet: a new roof")
    await scene.edits(scene.anna, typed, "/refer @bert Piet: a very new roof")
    assert scene.texts()[heard:] == ["#1 Anna → Bert\nPiet: a very new roof"]


async def test_what_is_said_anew_is_not_said_again_when_its_answer_is_lost(scene: Scene, folder: Path) -> None:
    scene.world.faults.add("drop", "sendMessage", chat_id=scene.group.id)
    await scene.says(scene.anna, ROOF)
    scene.world.faults.add("lost_answer", "sendMessage", chat_id=scene.group.id)
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a new roof")
    await later(scene, 60)
    assert scene.texts().count("#1 Anna → Bert\nPiet: a new roof") == 1
    assert state(folder)[0] == "unknown"


async def test_a_call_that_hangs_holds_up_no_other_chat(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "LAST_CALLS_S", 0.05)
    other = await second_group(scene)
    scene.world.faults.add("silence", "sendMessage", chat_id=scene.group.id)
    heard = len(scene.texts())

    def said_in(chat: Chat, text: str) -> bool:
        return scene.texts(chat)[-1].startswith(text)  # the second and third ask whether they are doubles

    async with running(scene.kring):
        for number in range(1, 4):
            scene.world.say(scene.anna, scene.group, ROOF)
            scene.world.say(scene.anna, other, ROOF)
            await until(partial(said_in, other, f"#{number} Anna → Bert\nPiet: a roof"))
    assert len(scene.texts()) == heard


async def test_when_the_fate_of_a_call_cannot_be_written_down_it_is_kept_and_not_said_again(
    scene: Scene, folder: Path
) -> None:
    await prepared(scene)
    await scene.kring.sender.step()
    await until(lambda: scene.texts()[-1] == ANSWER and scene.kring.sender._ended)
    with broken_disk(scene.kring):
        for _ in range(2):
            with pytest.raises(SQLAlchemyError):
                await scene.kring.sender.step()
    await scene.kring.settle()
    assert state(folder) == ("sent", None)
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]
    assert scene.texts().count(ANSWER) == 1
