"""A club's group with Anna (owner), Bert and the bot in it, served; and a bot that speaks plain HTTP."""

import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.clock import MovableClock
from bot.playground.chats import Chat
from bot.playground.people import Json, User
from bot.playground.server import Playground
from bot.playground.world import World

# Nothing here is encrypted; a context made for every client would take longer than the tests.
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
START = datetime(2026, 11, 23, 8, tzinfo=UTC)  # a Monday


@dataclass
class Club:
    world: World
    group: Chat
    anna: User
    bert: User


class PlainBot:
    """Calls the Bot API as any program could, and reads the answers as JSON."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self.client = client
        self.token = token

    async def call(self, method: str, **params: Any) -> Json:
        data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        answer: Json = (await self.client.post(f"/bot{self.token}/{method}", data=data)).json()
        return answer

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def updates(self, **params: Any) -> list[Json]:
        """The updates that wait, confirmed at once."""
        updates: list[Json] = await self.result("getUpdates", **params)
        if updates:
            await self.result("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates


@pytest.fixture
def club() -> Club:
    world = World(MovableClock(START))
    anna = world.person("Anna", "Maes", "annam", language_code="nl")
    bert = world.person("Bert", username="bertp")
    group = world.group("Kring Gent", anna, [bert])
    world.add_bot(group, anna)
    world.updates.clear()
    return Club(world, group, anna, bert)


@pytest.fixture
async def server(club: Club) -> AsyncIterator[Playground]:
    async with Playground(club.world) as playground:
        yield playground


@pytest.fixture
async def client(server: Playground) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, verify=TLS) as http:
        yield http


@pytest.fixture
def bot(client: httpx.AsyncClient, club: Club) -> PlainBot:
    return PlainBot(client, club.world.token)
