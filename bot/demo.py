"""make demo: the real bot with an embedded database, against the playground on this machine."""

import asyncio
import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import Kring
from bot.clock import MovableClock
from bot.playground.server import Playground
from bot.playground.story import tell
from bot.playground.world import World
from bot.settings import Settings

DEFAULT_PORT = 8080
LAST_PORT = 65_535


def demo_settings(world: World, url: str, folder: Path) -> Settings:
    """Settings for a bot in the playground: what the environment says a new club starts with (DEFAULT_LANGUAGE and the
    like), else nothing of the operator's own; no limits, as it is all local, and no back-ups."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(world.token),
        bot_api_url=url,
        database_url=f"sqlite:///{folder / 'kring.db'}",
        backups_kept=0,
        webhook_url=None,
        listen=None,
        send_per_second=0,
        send_per_minute_group=0,
        send_per_second_chat=0,
    )


async def demo(stop: asyncio.Event) -> int:
    """Serve the playground until `stop`; return the exit code."""
    asked = os.environ.get("DEMO_PORT") or str(DEFAULT_PORT)
    if not (asked.isascii() and asked.isdigit() and int(asked) <= LAST_PORT):
        return _tell(f"DEMO_PORT is {asked!r}; give a number up to {LAST_PORT}, as in: DEMO_PORT=8090 make demo")
    port = int(asked)
    clock = MovableClock()
    world = World(clock)
    with tempfile.TemporaryDirectory(prefix="kring-demo-") as folder:
        kring: Kring | None = None

        async def clock_moved() -> None:
            if kring is not None:
                await kring.schedule.sweep()

        try:
            async with Playground(world, port, clock_moved) as server:
                settings = demo_settings(world, server.url, Path(folder))
                kring = Kring(settings, clock)
                try:
                    await kring.open()
                    await kring.connect()
                    await live_through(world, clock, kring, settings.default_language)
                    print(f"Kring's playground is ready: {server.url}  (Ctrl-C stops it)", flush=True)  # noqa: T201  the command line
                    await kring.run(stop)
                finally:
                    await kring.close()
        except OSError as error:
            return _tell(f"Port {port} cannot be used ({error.strerror}). Try another: DEMO_PORT=8090 make demo")
    return 0


def _tell(problem: str) -> int:
    print(problem, file=sys.stderr)  # noqa: T201  the command line
    return 2


async def live_through(world: World, clock: MovableClock, kring: Kring, language: str) -> None:
    """Tell the playground's story in this language, with the weekly posts at their moments."""

    async def go_to(instant: datetime) -> None:
        while True:
            async with kring.workplace.look() as work:
                clubs = await work.clubs.due(instant, 1)
            clock.set(clubs[0].next_slot_at + timedelta(seconds=2) if clubs else instant)
            await kring.settle()
            if not clubs:
                return

    await tell(world, go_to, language)
