"""A bot with a webhook: its settings, and what somebody who knows its address could post there."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from bot.app import Kring
from bot.settings import HostAndPort
from tests.support.process import running, until
from tests.support.scene import Scene

URL, PATH, SECRET = "https://kring.example/telegram", "/telegram", "nobodys-secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    """A port of this machine that nobody listens at just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Hooked:
    """The scene, with its bot's own address."""

    scene: Scene
    at: HostAndPort

    @classmethod
    async def of(cls, scene: Scene, **settings: object) -> "Hooked":
        """Have the scene's bot listen, with a webhook; the database is open, and nothing runs yet."""
        at = HostAndPort("127.0.0.1", free_port())
        hook = {"webhook_url": URL, "webhook_secret": SecretStr(SECRET), "listen": at}
        scene.settings = scene.settings.model_copy(update=hook | settings)
        scene.world.hosts = [str(at)]
        await scene.kring.close()
        scene.kring = Kring(scene.settings, scene.clock)
        await scene.kring.open()
        return cls(scene, at)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The bot at work, and Telegram posts to it."""
        async with running(self.scene.kring):
            await until(lambda: self.scene.world.webhook, "setWebhook was never called")
            yield

    async def get(self, path: str) -> httpx.Response:
        """What the bot answers there."""
        async with httpx.AsyncClient(verify=False) as client:  # noqa: S501  nothing is encrypted here
            return await client.get(f"http://{self.at}{path}")

    async def post(self, body: bytes, secret: str | None = SECRET, path: str = PATH) -> httpx.Response:
        """What the bot answers to this post."""
        headers = [] if secret is None else [(HEADER.encode(), secret.encode())]
        async with httpx.AsyncClient(verify=False) as client:  # noqa: S501  nothing is encrypted here
            return await client.post(f"http://{self.at}{path}", content=body, headers=headers)
