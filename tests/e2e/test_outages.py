"""Telegram fails, for minutes or for one chat: nobody else waits, nothing is lost, and it is not pestered."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import intake
from bot.playground.chats import Chat
from tests.support.databases import committed
from tests.support.process import running, until
from tests.support.scene import Scene, buttons

ROOF = "/refer @bert Piet: a roof"
ANSWER = "#1 Anna → Bert\nPiet: a roof"
TOO_MANY: dict[str, Any] = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
MINUTES = 12
"""As many failures as keep updates from coming for about five minutes."""


def calls(scene: Scene, method: str, chat: Chat | None = None) -> int:
    """How often the bot made this call, for this chat if one is given."""
    of_chat = None if chat is None else str(chat.id)
    return sum(c.method == method and of_chat in (None, c.params.get("chat_id")) for c in scene.world.log)


async def later(scene: Scene, seconds: float) -> None:
    """Let so much time pass, and the bot do what is to be done then."""
    scene.clock.forward(timedelta(seconds=seconds))
    await scene.kring.settle()


async def clubs(scene: Scene, count: int) -> list[Chat]:
    """So many more clubs of Anna's and Bert's."""
    groups = [scene.world.group(f"Kring {number}", scene.anna, [scene.bert]) for number in range(count)]
    for group in groups:
        scene.world.add_bot(group, scene.anna)
        scene.world.say(scene.bert, group, "/start")
    await scene.kring.settle()
    return groups


@pytest.fixture
def pauses(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the intake of a bot that has just started means to wait after each failure; it does not wait."""
    meant: list[float] = []

    async def wait(_: object, pause_s: float) -> None:
        meant.append(pause_s)

    monkeypatch.setattr(intake, "rest", wait)
    scene.kring.intake.caught_up = False
    return meant


async def test_while_one_group_is_told_too_much_nine_others_are_answered_without_delay(scene: Scene) -> None:
    others = await clubs(scene, 9)
    scene.world.faults.add("error", chat_id=scene.group.id, times=None, **TOO_MANY)
    before = calls(scene, "sendMessage", scene.group)
    for number in range(1, 4):
        for group in (scene.group, *others):
            scene.world.say(scene.anna, group, f"/refer @bert Contact{number}: a roof")
        await scene.kring.settle()  # no clock moves
        assert {scene.texts(other)[-1] for other in others} == {f"#{number} Anna → Bert\nContact{number}: a roof"}
    assert calls(scene, "sendMessage", scene.group) == before + 1
    scene.world.faults.clear()
    await later(scene, 31)
    assert scene.texts()[-3:] == [f"#{number} Anna → Bert\nContact{number}: a roof" for number in range(1, 4)]


async def test_told_too_much_everywhere_it_records_at_once_calls_no_more_than_it_may_and_then_says_all_in_order(
    scene: Scene, folder: Path
) -> None:
    groups = [scene.group, *await clubs(scene, 4)]
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument"):
        scene.world.faults.add("error", method, times=None, **TOO_MANY)
    before = calls(scene, "sendMessage")
    for number in range(1, 6):
        for group in groups:
            scene.world.say(scene.anna, group, f"/refer @bert Contact{number}: a roof")
    await scene.kring.settle()
    assert committed(folder, "SELECT count(*) FROM referrals") == [(25,)]
    heard = [len(scene.texts(group)) for group in groups]
    for _ in range(60):  # five minutes
        await later(scene, 5)
    assert calls(scene, "sendMessage") - before <= len(groups) * (300 / 30 + 2)
    scene.world.faults.clear()
    await later(scene, 31)
    for group, so_far in zip(groups, heard, strict=True):
        assert scene.texts(group)[so_far:] == [f"#{n} Anna → Bert\nContact{n}: a roof" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("fault", "meant"),
    [
        ({"kind": "error", "code": 502, "description": "Bad Gateway"}, [1, 2, 4, 8, 16, *[30] * (MINUTES - 5)]),
        ({"kind": "drop"}, [1, 2, 4, 8, 16, *[30] * (MINUTES - 5)]),
        ({"kind": "error"} | TOO_MANY | {"retry_after": 45}, [45] * MINUTES),
        ({"kind": "error", "code": 409, "description": "Conflict: terminated by other"}, [30] * MINUTES),
    ],
    ids=["502", "dropped", "429", "409"],
)
async def test_when_updates_cannot_be_fetched_for_minutes_it_asks_ever_less_often_and_tells_it_once(
    scene: Scene, pauses: list[float], caplog: pytest.LogCaptureFixture, fault: dict[str, Any], meant: list[float]
) -> None:
    order: dict[str, Any] = {"method": "getUpdates", "times": MINUTES} | fault
    scene.world.faults.add(**order)
    before = calls(scene, "getUpdates")
    scene.world.say(scene.anna, scene.group, ROOF)
    async with running(scene.kring):
        await until(lambda: scene.texts()[-1] == ANSWER)
        assert calls(scene, "getUpdates") <= before + MINUTES + 2
    assert pauses == meant
    told = [record.getMessage() for record in caplog.records if record.name == "bot.intake"]
    assert len(told) == 2
    assert told[-1] == "Telegram answers again"
    assert scene.texts().count(ANSWER) == 1


@pytest.mark.parametrize("new_chat_first", [False, True])
async def test_what_waits_while_its_group_becomes_a_supergroup_is_said_in_the_new_chat_once(
    scene: Scene, folder: Path, new_chat_first: bool
) -> None:
    small = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(small, scene.anna)
    await scene.says(scene.bert, "/start", small)
    scene.world.faults.add("error", "sendMessage", chat_id=small.id, **TOO_MANY)
    for text in (ROOF, "/refer @bert Mia: a logo"):
        await scene.says(scene.anna, text, small)
    large = scene.world.upgrade(small, new_chat_first=new_chat_first)
    await scene.kring.settle()  # the bot hears of it while both answers wait
    assert scene.texts(large) == []
    await later(scene, 31)
    assert scene.texts(large) == [ANSWER, "#2 Anna → Bert\nMia: a logo"]
    assert committed(folder, "SELECT DISTINCT state FROM outbox") == [("sent",)]


async def test_a_group_that_removes_the_bot_and_adds_it_again_keeps_its_history_and_hears_nothing_old(
    scene: Scene, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.says(scene.anna, ROOF)
    scene.world.faults.add("error", "sendMessage", chat_id=scene.group.id, **TOO_MANY)
    for contact in ("Mia", "Jo"):
        await scene.says(scene.anna, f"/refer @bert {contact}: a logo")
    scene.world.remove_bot(scene.group, scene.anna)
    before = calls(scene, "sendMessage", scene.group)
    await later(scene, 31)
    assert calls(scene, "sendMessage", scene.group) == before + 2
    dropped = committed(folder, "SELECT id, error FROM outbox WHERE state = 'dropped'")
    assert [error.startswith("Forbidden: ") for _, error in dropped] == [True, True]
    assert all(f"Message {id_} is dropped: Forbidden" in caplog.text for id_, _ in dropped)
    heard = len(scene.texts())
    scene.world.add_bot(scene.group, scene.anna)
    await scene.kring.settle()
    (greeting,) = scene.texts()[heard:]
    assert "/refer @name" in greeting
    assert (await scene.says(scene.bert, "/refer @anna Lou: a car"))[0].startswith("#4 Bert → Anna")
    assert "4 in all" in (await scene.says(scene.bert, "/leaderboard all"))[0]
    await later(scene, 3600)
    assert not [text for text in scene.texts() if "Mia" in text or "Jo:" in text]


async def test_what_waits_for_someone_who_blocks_the_bot_is_dropped_with_a_trace_and_shown_in_the_group(
    scene: Scene, folder: Path
) -> None:
    await scene.writes(scene.bert, "/start")
    private = scene.world.private(scene.bert)
    scene.world.faults.add("error", "sendMessage", chat_id=private.id, **TOO_MANY)
    for contact in ("Piet", "Mia"):
        await scene.says(scene.anna, f"/refer @bert {contact}: a roof, 0470 12 34 56")
    assert "Details" not in buttons(scene.last())
    scene.world.block(scene.bert)
    await later(scene, 31)
    traces = committed(folder, "SELECT state, error FROM outbox WHERE chat_id = 1002 ORDER BY id DESC LIMIT 2")
    assert traces == [("dropped", "Forbidden: Forbidden: bot was blocked by the user")] * 2
    shown = [m for m in scene.world.messages(scene.group) if m.get("text", "").startswith("#")]
    assert ["Details" in buttons(message) for message in shown] == [True, True]
    before = calls(scene, "sendMessage", private)
    await later(scene, 3600)
    assert calls(scene, "sendMessage", private) == before
    scene.world.unblock(scene.bert)
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert Jo: a car, 0470 12 34 56")
    assert "+32 470" in scene.private_texts(scene.bert)[-1]


@pytest.mark.parametrize("fault", [{"kind": "lost_answer"}, {"kind": "drop"}, {"kind": "error", "code": 502}])
async def test_the_answer_to_a_button_is_repeated_until_it_is_certain(scene: Scene, fault: dict[str, Any]) -> None:
    await scene.says(scene.anna, f"{ROOF}, 0470 12 34 56")
    order: dict[str, Any] = {"method": "answerCallbackQuery"} | fault
    scene.world.faults.add(**order)
    said = scene.last()
    scene.world.press(scene.bert, scene.group, said["message_id"], buttons(said)["Details"])
    await scene.kring.settle()
    await later(scene, 5)
    assert calls(scene, "answerCallbackQuery") == 2
    (answer,) = scene.world.answers.values()
    assert "+32 470" in answer["text"]


class TestAnswersThatNeverCome:
    @pytest.fixture(autouse=True)
    async def _soon(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        """The bot waits for answers, but not for long."""
        monkeypatch.setattr("bot.connections.ANSWER_S", 0.2)
        monkeypatch.setattr("bot.rights.ANSWER_S", 0.2)
        await scene.restart()

    async def test_to_a_message_leave_it_as_perhaps_said_and_the_chat_goes_on(self, scene: Scene, folder: Path) -> None:
        scene.world.faults.add("silence", "sendMessage")
        assert await scene.says(scene.anna, ROOF) == []
        assert committed(folder, "SELECT state, error FROM outbox ORDER BY id DESC LIMIT 1") == [
            ("unknown", "TimedOut: Timed out")
        ]
        assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]
        await later(scene, 3600)
        assert scene.texts().count(ANSWER) == 0

    async def test_to_the_question_who_is_an_admin_refuse_the_command_and_hold_up_nothing(self, scene: Scene) -> None:
        scene.world.faults.add("silence", "getChatMember")
        scene.world.say(scene.anna, scene.group, "/export")
        (refused, answered) = await scene.says(scene.anna, ROOF)
        assert refused.startswith("Telegram doesn't tell me just now whether you are an admin.")
        assert answered == ANSWER


# Telegram may still send kinds that were asked for before, by another program with this token.
KINDS: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "unknown": lambda scene: {"id": "1", "chat": scene.group.card(), "from": dict(scene.bert)},
    "message_reaction": lambda scene: {
        "chat": scene.group.card(),
        "message_id": 1,
        "user": dict(scene.bert),
        "date": 1,
        "old_reaction": [],
        "new_reaction": [{"type": "shiny", "of": 7}],
    },
    "inline_query": lambda scene: {"id": "1", "from": dict(scene.bert), "query": ROOF, "offset": ""},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_an_update_of_a_kind_that_was_not_asked_for_does_nothing(scene: Scene, folder: Path, kind: str) -> None:
    heard = len(scene.texts())
    scene.world.inject({kind: KINDS[kind](scene)})
    await scene.kring.settle()
    assert len(scene.texts()) == heard
    assert committed(folder, "SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    assert await scene.says(scene.anna, ROOF) == [ANSWER]
