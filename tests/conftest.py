"""What the tests share: a migrated database, and a club in the playground with the bot at it."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.demo import demo_settings
from bot.playground.server import Playground
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from tests.support.scene import Scene, playing

# How long an example takes depends on what else the machine does.
settings.register_profile("kring", deadline=None)
settings.load_profile("kring")

BRUSSELS = ZoneInfo("Europe/Brussels")
A_TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the schema, to be copied: migrating anew for each test would take most of its time."""
    path = tmp_path_factory.mktemp("database") / "kring.db"

    async def make() -> None:
        database = Database(f"sqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """A folder with an empty database, kring.db."""
    shutil.copy(migrated_file, tmp_path / "kring.db")
    return tmp_path


@pytest.fixture(scope="session")
def begun(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Path]:
    """The scene as each test finds it, and its database: both to be copied, as the beginning is half of most tests."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copy(migrated_file, folder / "kring.db")

    async def begin() -> Scene:
        async with playing(folder, A_TUESDAY - timedelta(seconds=10)) as scene:
            return scene

    scene = asyncio.run(begin())
    scene.world.updates.on_new = lambda: None  # it was the server's that is gone
    return scene, folder / "kring.db"


@pytest.fixture
async def scene(folder: Path, begun: tuple[Scene, Path]) -> AsyncIterator[Scene]:
    """Kring Gent on a Tuesday morning: Anna (admin), Bert and Carla (who has no username), and the bot."""
    original, database = begun
    shutil.copy(database, folder / "kring.db")
    scene = copy.deepcopy(original, {id(original.kring): original.kring})
    scene.clock.set(A_TUESDAY)
    async with Playground(scene.world) as server:
        scene.url = server.url
        scene.settings = demo_settings(scene.world, server.url, folder)
        try:
            await scene.restart()
            yield scene
        finally:
            await scene.kring.close()
