"""A server that goes away during a commit may have made it: nothing is done twice then, and nothing is left out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from tests.support.process import running, until
from tests.support.scene import Scene

pytestmark = pytest.mark.every_database


def doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every second commit is made, and then the server is not there to say so."""
    write, number = Database.write, count()

    @asynccontextmanager
    async def write_and_vanish(self: Database, **how: Any) -> AsyncIterator[AsyncConnection]:
        async with write(self, **how) as connection:
            yield connection
        if next(number) % 2 == 0:
            raise OperationalError("COMMIT", None, OSError("gone"))

    monkeypatch.setattr(Database, "write", write_and_vanish)


async def test_each_command_counts_once_and_is_answered_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    doubt(monkeypatch)
    heard = len(scene.texts())
    scene.world.block(scene.bert)  # so that the group is shown again what he could not be told
    async with running(scene.kring):
        for number in range(4):
            scene.world.say(scene.anna, scene.group, f"/refer @bert Contact{number}: a roof, 0470 12 34 5{number}")
        await until(lambda: len(scene.texts()) >= heard + 4)
        await until(lambda: scene.world.pending == 0)
        await until(lambda: all("Details" in str(message) for message in scene.world.messages(scene.group)[-4:]))
    assert [sum(f"Contact{number}" in text for text in scene.texts()) for number in range(4)] == [1] * 4
    async with scene.kring.workplace.look() as work:
        (club,) = await work.clubs.of_person(scene.anna.id)
        assert [entry.number for entry in await work.referrals.after(club.id, 0)] == [1, 2, 3, 4]


async def test_an_answer_that_was_chosen_in_such_a_commit_comes_at_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
        await until(lambda: scene.texts()[-1].startswith("#1 "))
        await asyncio.sleep(0.5)  # until all is written down, and nothing more to be done
        doubt(monkeypatch)
        scene.world.say(scene.anna, scene.group, "/refer @bert Jan: a wall")
        async with asyncio.timeout(10):
            await until(lambda: scene.texts()[-1].startswith("#2 "))
