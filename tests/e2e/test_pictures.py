"""Messages with a picture: it arrives, or its words go alone; and nobody waits for it."""

import asyncio
from pathlib import Path
from typing import Any, Literal

import pytest

from bot import speech
from bot.domain.outgoing import Button, Outgoing
from bot.pictures.style import GROUND
from bot.playground.files import Upload
from tests.support.cards import card, row
from tests.support.png import rows_of, size_of
from tests.support.process import running, until
from tests.support.renderer import CRASHES, HANGS, replaced
from tests.support.scene import Message, Scene

RECIPE = card(row(1, "Anna", 5), row(2, "Bert 🎉", 3))
CAPTION = "<b>The week</b>: Anna 5 &amp; Bert 3"
WORDS = "The week: Anna 5 & Bert 3"


async def told(scene: Scene, *said: Outgoing) -> None:
    """The bot is to say this."""
    async with scene.kring.workplace.work() as work:
        for each in said:
            await work.outbox.put(each)


def photos_sent(scene: Scene) -> list[bytes]:
    """The content of the photo of each call that the bot made."""
    uploads = [next(v for v in c.params.values() if isinstance(v, Upload)) for c in sent(scene, "sendPhoto")]
    return [upload.content for upload in uploads]


def sent(scene: Scene, method: str) -> list[Any]:
    """The calls of this method that the bot made."""
    return [call for call in scene.world.log if call.method == method]


def photo(scene: Scene, **how: Any) -> Outgoing:
    return speech.photo(scene.group.id, RECIPE, CAPTION, **how)


def alone(message: Message) -> bool:
    """Does the message say the words, without a picture?"""
    return "photo" not in message and message["text"] == WORDS and message["entities"][0]["type"] == "bold"


async def test_a_picture_arrives_with_its_words_and_buttons(scene: Scene) -> None:
    await told(scene, photo(scene, buttons=[[Button("Week", "week")]]))
    await scene.kring.settle()
    message = scene.last()
    assert (message["caption"], message["caption_entities"][0]["type"]) == (WORDS, "bold")
    (shown,) = message["photo"]
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Week"
    (png,) = photos_sent(scene)
    assert size_of(png) == (1080, shown["height"])
    colours = {pixel for row in rows_of(png, 160) for pixel in row}
    assert (*bytes.fromhex(GROUND[1:]), 255) in colours
    assert len(colours) > 20, "letters with smooth edges"


async def test_a_picture_that_is_sent_again_is_the_same(scene: Scene) -> None:
    scene.world.faults.add(
        "error", "sendPhoto", code=429, description="Too Many Requests: retry after 1", retry_after=1
    )
    await told(scene, photo(scene))
    await scene.kring.settle()
    await scene.restart()
    scene.clock.set(scene.clock.now().replace(minute=scene.clock.now().minute + 1))
    await scene.kring.settle()
    first, second = photos_sent(scene)
    assert first == second
    assert scene.texts().count(WORDS) == 1


@pytest.mark.parametrize("fault", ["lost_answer", "drop"])
async def test_a_picture_that_may_have_arrived_is_not_sent_again_nor_its_words(
    scene: Scene, fault: Literal["lost_answer", "drop"]
) -> None:
    scene.world.faults.add(fault, "sendPhoto")
    said = photo(scene, once_key="week:1", resend=False)
    await told(scene, said)
    await scene.kring.settle()
    await told(scene, said)
    await scene.restart()
    assert len(sent(scene, "sendPhoto")) == 1
    assert scene.texts().count(WORDS) == (1 if fault == "lost_answer" else 0)


@pytest.mark.parametrize("worker", [HANGS, CRASHES], ids=["hangs", "crashes"])
async def test_where_no_picture_can_be_made_the_words_go_alone_and_everyone_else_is_answered_meanwhile(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: str
) -> None:
    replaced(worker, tmp_path, monkeypatch, limit_s=2.0)
    await told(scene, photo(scene, once_key="week:1", resend=False))
    other = scene.world.private(scene.bert)
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with running(scene.kring):
        scene.world.say(scene.bert, other, "/start")
        await until(lambda: scene.texts(other))
        answered = loop.time()
        await until(lambda: WORDS in scene.texts())
        done = loop.time()
    assert alone(scene.last())
    assert len(sent(scene, "sendPhoto")) == 0
    assert done - began < 5
    if worker == HANGS:
        assert answered - began < done - began - 0.5


async def test_after_a_crash_of_the_renderer_there_are_pictures_again(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        replaced(CRASHES, tmp_path, patch)
        await told(scene, photo(scene))
        await scene.kring.settle()
    assert alone(scene.last())
    await told(scene, photo(scene))
    await scene.kring.settle()
    assert "photo" in scene.last()


async def test_answers_go_past_the_pictures_that_wait_to_be_made(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(HANGS, tmp_path, monkeypatch, limit_s=1.0)
    people = [scene.world.person(f"Member{number}") for number in range(60)]
    for person in people:
        scene.world.say(person, scene.world.private(person), "/start")
    await scene.kring.settle()
    await told(scene, *(speech.photo(person.id, RECIPE, CAPTION) for person in people))
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
        await until(lambda: "#1 Anna → Bert\nPiet: a roof" in scene.texts())
        waiting = [person for person in people if WORDS not in scene.private_texts(person)]
    assert len(waiting) > 50


async def test_a_recipe_that_nobody_knows_leaves_the_words(scene: Scene) -> None:
    await told(scene, speech.photo(scene.group.id, {"picture": "of another version"}, CAPTION))
    await scene.kring.settle()
    assert alone(scene.last())


async def test_a_group_that_takes_no_photos_gets_the_words(scene: Scene) -> None:
    scene.group.forbidden.add("can_send_photos")
    await told(scene, photo(scene))
    await scene.kring.settle()
    assert alone(scene.last())


async def test_words_that_are_too_many_for_a_photo_go_without_it(scene: Scene) -> None:
    fits, too_long = "<b>&lt;🎉</b>" + "x" * 1021, "<b>&lt;🎉</b>" + "x" * 1022
    await told(scene, *(speech.photo(scene.group.id, RECIPE, words) for words in (fits, too_long)))
    await scene.kring.settle()
    assert [message["caption"] for message in scene.world.messages(scene.group) if "photo" in message] == [
        "<🎉" + "x" * 1021
    ]
    assert scene.last()["text"] == "<🎉" + "x" * 1022
