"""Replicas that start at the same moment make one acquaintance with Telegram between them."""

import asyncio
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.playground.server import Playground
from bot.playground.world import World
from bot.texts.catalogues import SPOKEN
from tests.support.databases import database_on
from tests.support.hooked import SECRET, URL, free_port
from tests.support.process import BotProcess, until

pytestmark = [pytest.mark.postgres, pytest.mark.storm]

REPLICAS = 3
MENUS = 3 * len(SPOKEN)
"""In groups, for a group's admins and in private; in each language."""


@pytest.fixture
def address(postgres_server: str) -> Iterator[str]:
    with database_on(postgres_server, "kring_together") as address:
        yield address


async def started(world: World, server: Playground, folder: Path, **settings: str) -> Counter[str]:
    """Start them all at once, wait until all are at work, and end them; returns what they set at Telegram meanwhile."""
    already, programs = len(world.log), []
    for number in range(REPLICAS):
        own = folder / str(number)
        own.mkdir(exist_ok=True)
        own.joinpath("log").write_text("")
        hook = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{free_port()}"}
        programs.append(BotProcess.at(world, server.url, own, **hook | settings))
    try:
        await asyncio.gather(*(program.start() for program in programs))
        await until(lambda: all("Kring runs as" in program.log for program in programs), "not all came up")
        for program in programs:
            program.signal(signal.SIGTERM)
        await asyncio.gather(*(program.ended() for program in programs))
    finally:
        for program in programs:
            await program.close()
    return Counter(call.method for call in world.log[already:] if call.method.startswith("set"))


async def test_the_webhook_and_the_menus_are_set_once_and_again_only_when_they_change(
    address: str, tmp_path: Path
) -> None:
    world = World(SystemClock())
    async with Playground(world) as server:
        assert await started(world, server, tmp_path, DATABASE_URL=address) == {"setWebhook": 1, "setMyCommands": MENUS}
        assert await started(world, server, tmp_path, DATABASE_URL=address) == {}
        elsewhere = {"DATABASE_URL": address, "WEBHOOK_URL": f"{URL}/elsewhere"}
        assert await started(world, server, tmp_path, **elsewhere) == {"setWebhook": 1}
        assert world.webhook["url"] == f"{URL}/elsewhere"
        assert await started(world, server, tmp_path, **elsewhere | {"WEBHOOK_SECRET": "another"}) == {"setWebhook": 1}
        assert await started(world, server, tmp_path, **elsewhere | {"WEBHOOK_SECRET": "another"}) == {}
