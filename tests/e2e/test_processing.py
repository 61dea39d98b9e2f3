"""An update's effect: all of it or nothing, and no update stands in another's way."""

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.playground.chats import Chat
from bot.rights import Rights
from bot.services import referrals
from bot.storage.referrals import Referrals
from bot.texts import clubs
from tests.support.databases import committed
from tests.support.process import running, until
from tests.support.scene import Scene

pytestmark = pytest.mark.every_database

SORRY = "Sorry, that was not saved. Please send it again in a minute."


def second_group(scene: Scene) -> Chat:
    """Another club of Anna's and Bert's, with the bot in it."""
    group = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(group, scene.anna)
    scene.world.say(scene.bert, group, "/start")
    return group


def plant(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int = 100) -> None:
    """Recording a referral for a contact called Boom fails, after it was written."""
    give = referrals.give
    left = [error] * times

    async def failing(*args: Any) -> Any:
        made = await give(*args)
        if made[0].contact == "Boom" and left:
            raise left.pop()
        return made

    monkeypatch.setattr(referrals, "give", failing)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Telegram does not say who is an admin until this is set."""
    event = asyncio.Event()
    ask = Rights.ask

    async def patient(self: Rights, *question: int) -> None:
        await event.wait()
        await ask(self, *question)

    monkeypatch.setattr(Rights, "ask", patient)
    return event


async def test_what_fails_is_set_aside_with_its_error_and_the_person_gets_an_apology_while_others_go_on(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plant(monkeypatch, RuntimeError("the roof of Boom fell in"))
    for text in ("/refer @bert Piet: a roof", "/refer @dirk Boom: a roof", "/refer @bert Mia: a logo"):
        scene.world.say(scene.anna, scene.group, text)
    await scene.kring.settle()
    assert scene.texts()[-3:] == ["#1 Anna → Bert\nPiet: a roof", SORRY, "#2 Anna → Bert\nMia: a logo"]
    assert scene.last()["message_id"] > scene.typed(scene.anna)["message_id"]
    assert committed(folder, "SELECT contact FROM referrals ORDER BY id") == [("Piet",), ("Mia",)]
    assert committed(folder, "SELECT error FROM inbox WHERE state = 'failed'") == [
        ("RuntimeError: the roof of Boom fell in",)
    ]
    assert committed(folder, "SELECT count(*) FROM members WHERE pending_key = 'dirk'") == [(0,)]
    assert "RuntimeError" in caplog.text
    assert "Boom" not in caplog.text


async def test_the_apology_answers_the_message_that_failed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, RuntimeError())
    assert await scene.says(scene.anna, "/refer @bert Boom: a roof") == [SORRY]
    assert scene.last()["reply_to_message"]["message_id"] == scene.typed(scene.anna)["message_id"]


async def test_a_press_that_fails_is_answered_with_an_apology(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof, 0470 12 34 56")

    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Referrals, "by_number", fail)
    assert await scene.presses(scene.bert, "Details") == "Sorry, that did not work. Please try again in a minute."


async def test_when_even_the_apology_fails_the_others_go_on(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, RuntimeError("first"))

    def speechless(_: object) -> str:
        raise RuntimeError("second")

    monkeypatch.setattr(clubs, "sorry", speechless)
    scene.world.say(scene.anna, scene.group, "/refer @bert Boom: a roof")
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#1 Anna → Bert\nMia: a logo"]
    assert committed(folder, "SELECT count(*) FROM inbox WHERE state = 'failed'") == [(1,)]


async def test_when_the_database_fails_in_the_middle_of_a_batch_all_of_it_comes_again(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, OperationalError("INSERT", None, OSError("disk I/O error")), times=1)
    for contact in ("Piet", "Boom", "Mia"):
        scene.world.say(scene.anna, scene.group, f"/refer @bert {contact}: a roof")
    await scene.kring.intake.once()
    with pytest.raises(OperationalError):
        await scene.kring.processor.once()
    assert committed(folder, "SELECT count(*) FROM referrals") == [(0,)]
    await scene.kring.settle()
    assert [text.splitlines()[-1] for text in scene.texts()[-3:]] == ["Piet: a roof", "Boom: a roof", "Mia: a roof"]
    assert committed(folder, "SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]


class TestLookingUpAnAdmin:
    """Telegram is asked between two transactions; meanwhile that chat waits, and no other."""

    async def test_a_slow_answer_holds_up_that_chat_alone_and_its_order_is_kept(
        self, scene: Scene, gate: asyncio.Event
    ) -> None:
        other = second_group(scene)
        await scene.kring.settle()
        heard = len(scene.texts())
        async with running(scene.kring):
            scene.world.say(scene.bert, scene.group, "/export")
            scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
            scene.world.say(scene.anna, other, "/refer @bert Mia: a logo")
            await until(lambda: scene.texts(other)[-1] == "#1 Anna → Bert\nMia: a logo")
            scene.world.say(scene.anna, other, "/refer @bert Jo: a car")
            await until(lambda: scene.texts(other)[-1] == "#2 Anna → Bert\nJo: a car")
            assert len(scene.texts()) == heard
            gate.set()
            await until(lambda: len(scene.texts()) == heard + 2)
        assert scene.texts()[-2:] == ["That is for the group's admins.", "#1 Anna → Bert\nPiet: a roof"]

    async def test_an_answer_that_comes_while_a_batch_is_dealt_with_does_not_change_the_order(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = second_group(scene)
        await scene.kring.settle()
        scene.world.say(scene.bert, scene.group, "/export")
        scene.world.say(scene.anna, other, "/refer @bert Mia: a logo")
        scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
        give = referrals.give

        async def after_the_look_up(*args: Any) -> Any:
            await until(lambda: not scene.kring.processor._asking)
            return await give(*args)

        monkeypatch.setattr(referrals, "give", after_the_look_up)
        await scene.kring.settle()
        assert scene.texts()[-2:] == ["That is for the group's admins.", "#1 Anna → Bert\nPiet: a roof"]

    @pytest.mark.parametrize(
        ("code", "description"),
        [(500, "Internal Server Error"), (400, "Bad Request: CHAT_ADMIN_REQUIRED"), (403, "Forbidden")],
    )
    async def test_when_telegram_does_not_say_the_command_is_refused_and_works_a_moment_later(
        self, scene: Scene, code: int, description: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scene.world.faults.add("error", "getChatMember", code=code, description=description)
        assert await scene.says(scene.anna, "/export") == [
            "Telegram doesn't tell me just now whether you are an admin. Try again in a minute."
        ]
        in_a_minute = time.monotonic() + 61
        monkeypatch.setattr("bot.rights.time", SimpleNamespace(monotonic=lambda: in_a_minute))
        (said,) = await scene.says(scene.anna, "/export")
        assert "doesn't tell me" not in said
