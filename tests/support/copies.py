"""Scenes that begin once and are copied for each test: a beginning takes longer than most tests."""

import asyncio
import copy
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.playground.server import Playground
from tests.support.databases import Stock
from tests.support.scene import Scene, playing, settings_of

Begun = tuple[Scene, Stock]
"""A scene that has begun, and its database."""


def begin_once(
    stock: Stock, folder: Path, at: datetime, prepare: Callable[[Scene], Awaitable[None]] | None = None
) -> Begun:
    """Begin a scene in this folder shortly before `at`, and `prepare` it."""
    stock.put(folder)

    async def begin() -> Scene:
        async with playing(folder, at - timedelta(seconds=10)) as scene:
            if prepare is not None:
                await prepare(scene)
            return scene

    scene = asyncio.run(begin())
    scene.world.updates.on_new = lambda: None  # it was the server's that is gone
    return scene, stock.of(folder)


@asynccontextmanager
async def copied(begun: Begun, folder: Path, at: datetime) -> AsyncIterator[Scene]:
    """A copy of the scene that goes on in this folder at this instant, with the bot restarted."""
    original, beginnings = begun
    beginnings.put(folder)
    scene = copy.deepcopy(original, {id(original.kring): original.kring})
    scene.clock.set(at)
    async with Playground(scene.world) as server:
        scene.url = server.url
        scene.settings = settings_of(scene.world, server.url, folder)
        try:
            await scene.restart()
            yield scene
        finally:
            await scene.kring.close()
