"""What the operator reads of an outage: each kind of failure once, however it comes and goes."""

import asyncio
import logging
from functools import partial

import pytest

from bot import intake
from tests.support.process import running, until
from tests.support.scene import Scene


@pytest.fixture
def impatient(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The scene with a bot that has just started, and that waits for nothing after a failure."""

    async def wait(*_: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(intake, "rest", wait)
    scene.kring.intake.caught_up = False
    return scene


def says(scene: Scene, word: str) -> bool:
    return word in scene.texts()[-1]


async def test_a_second_program_that_stays_is_told_once(impatient: Scene, caplog: pytest.LogCaptureFixture) -> None:
    # With a real second program failures and answers alternate.
    scene = impatient
    caplog.set_level(logging.INFO)
    async with running(scene.kring):
        for number in range(1, 6):
            scene.world.faults.add("error", "getUpdates", code=409, description="Conflict: terminated by other")
            scene.world.say(scene.anna, scene.group, f"/refer @bert Contact{number}x: a roof")
            await until(partial(says, scene, f"Contact{number}x"))
    assert caplog.text.count("Another program polls") == 1
    assert caplog.text.count("Telegram answers again") <= 1


async def test_kinds_of_failure_that_alternate_are_told_once_each(
    impatient: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = impatient
    for _ in range(5):
        scene.world.faults.add("error", "getUpdates", code=502, description="Bad Gateway")
        scene.world.faults.add("error", "getUpdates", code=400, description="Bad Request: odd")
    scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
    async with running(scene.kring):
        await until(partial(says, scene, "#1 "))
    assert caplog.text.count("Fetching updates failed") == 2
