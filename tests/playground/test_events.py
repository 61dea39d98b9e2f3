"""News for the page, and how the server ends."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import httpx

from bot.playground.people import Json
from bot.playground.server import Playground
from tests.playground.conftest import TLS, Club, PlainBot


async def news(lines: AsyncIterator[str], count: int) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    kind = ""
    while len(found) < count:
        line = await asyncio.wait_for(anext(lines), 2)
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            found.append((kind, json.loads(line.removeprefix("data: "))))
    return found


async def test_the_page_hears_of_what_a_person_may_see(club: Club, client: httpx.AsyncClient, bot: PlainBot) -> None:
    secret = club.world.group("Not Bert's", club.anna)
    async with client.stream("GET", "/api/events", params={"as": club.bert.id}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert await anext(lines) == ": welcome"
        club.world.say(club.anna, secret, "not for Bert")
        said = club.world.say(club.anna, club.group, "hello")
        edited = club.world.edit(club.anna, club.group, said["message_id"], "hallo")
        club.world.say(club.anna, club.world.private(club.anna), "not for Bert either")
        sent = await bot.result("sendMessage", chat_id=club.group.id, text="x")
        await bot.result("deleteMessage", chat_id=club.group.id, message_id=sent["message_id"])
        await client.post("/api/clock", json={"to": "2030-01-01T00:00:00+00:00"})
        club.world.leave(club.group, club.anna)
        heard = await news(lines, 6)
    assert heard[:4] == [
        ("message", said),
        ("message", edited),
        ("message", sent),
        ("deleted", {"chat_id": club.group.id, "message_id": sent["message_id"]}),
    ]
    assert heard[4][0] == "clock"
    assert heard[4][1]["now"].startswith("2030-01-01T00:00")
    assert heard[5] == ("chats", {"chat_id": club.group.id})


async def test_a_change_of_language_is_news_for_every_open_page(club: Club, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/api/events", params={"as": club.anna.id}) as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": welcome"
        await client.post("/api/language", json={"as": club.bert.id, "language_code": "fr"})
        assert await news(lines, 1) == [("chats", {"user_id": club.bert.id})]
    people = (await client.get("/api/state")).json()["people"]
    assert [person["language_code"] for person in people] == ["nl", "fr"]


async def test_nobody_has_no_news(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/events", params={"as": 5})).status_code == 404


async def test_a_server_with_open_polls_streams_and_presses_stops_within_a_second(club: Club) -> None:
    async def listen(client: httpx.AsyncClient) -> list[str]:
        async with client.stream("GET", "/api/events", params={"as": club.bert.id}) as stream:
            return [line async for line in stream.aiter_lines()]

    async with httpx.AsyncClient(verify=TLS) as client:
        async with Playground(club.world) as server:
            client.base_url = httpx.URL(server.url)
            bot = PlainBot(client, club.world.token)
            sent = await bot.result("sendMessage", chat_id=club.group.id, text="x")
            club.world.faults.add("silence", "getMe")
            press = {"as": club.bert.id, "chat_id": club.group.id, "message_id": sent["message_id"], "data": "x"}
            silent = asyncio.create_task(bot.call("getMe"))
            stream = asyncio.create_task(listen(client))
            pressed = asyncio.create_task(client.post("/api/press", json=press))
            await asyncio.sleep(0.1)
            club.world.updates.clear()
            poll = asyncio.create_task(bot.result("getUpdates", timeout=30))
            await asyncio.sleep(0.1)
            assert not any(task.done() for task in (silent, stream, pressed, poll))
            started = time.monotonic()
        assert time.monotonic() - started < 1
        assert await poll == []
        assert await stream == [": welcome", ""]
        assert (await pressed).json() == {"answer": None}
        assert isinstance((await asyncio.gather(silent, return_exceptions=True))[0], httpx.RemoteProtocolError)


async def test_a_port_can_be_named_and_used_again(club: Club) -> None:
    async with Playground(club.world) as first:
        port = int(first.url.rpartition(":")[2])
    async with Playground(club.world, port) as second, httpx.AsyncClient(verify=TLS) as client:
        assert second.url == first.url
        assert (await client.get(f"{second.url}/bot{club.world.token}/getMe")).status_code == 200
