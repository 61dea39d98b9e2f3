"""`make demo`: a club to try things out in, on this machine, with nothing to set up and nothing left behind."""

import asyncio
import re
import signal
import socket
import ssl
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Kring
from bot.clock import MovableClock
from bot.demo import demo, demo_settings, live_through
from bot.playground.server import Playground
from bot.playground.story import LINES, TOLD_IN
from bot.playground.world import World
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from bot.texts.clubs import greeting
from tests.conftest import A_TUESDAY
from tests.support.databases import Stock
from tests.support.demo import Demo, demo_in
from tests.support.scene import buttons, words

FORTNIGHT_S = 14 * 24 * 3600
# Nothing here is encrypted; reading the machine's certificates would take longer than the requests.
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def get(url: str, path: str, **query: Any) -> Any:
    """What the page is told there."""
    async with httpx.AsyncClient(base_url=url, verify=TLS) as client:
        return (await client.get(path, params=query)).raise_for_status().json()


async def outline(folder: Path, told_in: str) -> list[tuple[list[str], int]]:
    """What the bot makes of the story in this language: of each entry that it writes down in the group the numbers and
    members in its first line, and of all that it says there how many buttons it has."""
    clock = MovableClock(A_TUESDAY)
    world = World(clock)
    async with Playground(world) as server:
        kring = Kring(demo_settings(world, server.url, folder), clock)
        try:
            await kring.open()
            await kring.connect()
            await live_through(world, clock, kring, told_in)
        finally:
            await kring.close()
    (group,) = [chat for chat in world.chats.values() if chat.type != "private"]
    said = [m for m in world.messages(group) if m["from"]["id"] == world.bot.id and words(m)]
    return [(facts(words(m).partition("\n")[0]), len(buttons(m))) for m in said]


def facts(line: str) -> list[str]:
    """The numbers and members in the first line of an entry, however a language words and writes them."""
    plain = re.sub(r"(?<=\d)[.,\s](?=\d)", "", line)
    return sorted(re.findall(r"\d+|Anna|Bert|Carla|Dirk", plain)) if re.search(r"#\d", line) else []


def left_in(folder: Path) -> list[str]:
    """The names of the files there."""
    return [path.name for path in folder.iterdir()]


async def test_the_address_it_prints_leads_to_the_page_and_to_a_club_with_a_fortnight_behind_it(tmp_path: Path) -> None:
    async with demo_in(tmp_path) as demo:
        async with httpx.AsyncClient(base_url=demo.url, verify=TLS) as client:
            assert "Kring playground" in (await client.get("/")).raise_for_status().text
        state = await get(demo.url, "/api/state")
        assert [person["first_name"] for person in state["people"]] == ["Anna", "Bert", "Carla", "Dirk", "Emma"]
        assert [person["first_name"] for person in state["people"] if person["admin"]] == ["Anna"]
        assert "username" not in state["people"][-1]  # the newcomer
        (group,) = [chat for chat in state["chats"] if chat["type"] != "private"]
        path = f"/api/chats/{group['id']}/messages"
        messages = (await get(demo.url, path, **{"as": state["me"]["id"]}))["messages"]
        assert len(messages) > 30
        assert messages[-1]["date"] - messages[0]["date"] > FORTNIGHT_S
        said = [words(message) for message in messages if message["from"]["is_bot"]]
        posts = [text for text in said if text.startswith("🏆")]
        assert len(posts) in (2, 3)  # three on a Monday: sixteen days have three of them then
        assert not [text for text in said if "Sorry" in text or "Who is it for?" in text]


async def test_the_story_is_the_same_in_every_language(tmp_path: Path, stock: Stock) -> None:
    told = {}
    for told_in in TOLD_IN:
        folder = tmp_path / told_in
        folder.mkdir()
        stock.put(folder)
        told[told_in] = await outline(folder, told_in)
    assert len(told["en"]) > 20
    assert (["1", "240000", "7", "Anna", "Bert"], 1) in told["en"]  # the first thanks: #7, for #1
    assert [told_in for told_in in TOLD_IN if told[told_in] != told["en"]] == []


async def test_the_club_speaks_the_default_language_and_two_of_its_people_their_own(tmp_path: Path) -> None:
    spoken = SPOKEN[-1]
    async with demo_in(tmp_path, spoken) as demo:
        state = await get(demo.url, "/api/state")
        assert state["me"]["first_name"] == "Anna"
        assert [person["language_code"] for person in state["people"]] == [spoken, "nl", "fr", spoken, spoken]
        (group,) = [chat for chat in state["chats"] if chat["type"] != "private"]
        path = f"/api/chats/{group['id']}/messages"
        messages = (await get(demo.url, path, **{"as": state["me"]["id"]}))["messages"]
    texts = [" ".join(words(message).split()) for message in messages]
    assert greeting(language(spoken)).striptags() in texts
    assert LINES[-1].text(spoken) in texts


async def test_a_language_that_kring_does_not_speak_is_told_in_plain_words(tmp_path: Path) -> None:
    demo = Demo(tmp_path, language="tlh")
    try:
        await demo.start()
        code, complaints = await demo.ended()
    finally:
        await demo.close()
    assert code == 2
    assert complaints.startswith("DEFAULT_LANGUAGE: 'tlh' is not spoken here")
    assert len(complaints.splitlines()) == 1


async def test_a_port_that_is_taken_is_told_in_plain_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demo(tmp_path, port)
        try:
            await demo.start()
            code, complaints = await demo.ended()
        finally:
            await demo.close()
    assert code == 2
    assert complaints.startswith(f"Port {port} cannot be used")
    assert "DEMO_PORT=" in complaints
    assert len(complaints.splitlines()) == 1
    assert left_in(tmp_path) == []


async def test_ctrl_c_ends_it_within_seconds_and_leaves_no_files(tmp_path: Path) -> None:
    async with demo_in(tmp_path) as demo:
        me = (await get(demo.url, "/api/state"))["me"]["id"]
        # An open page, which listens for news, does not hold it up.
        async with (
            httpx.AsyncClient(base_url=demo.url, verify=TLS) as client,
            client.stream("GET", "/api/events", params={"as": me}),
        ):
            began = asyncio.get_running_loop().time()
            assert await demo.ended(after=signal.SIGINT) == (0, "")
            assert asyncio.get_running_loop().time() - began < 5
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("port", ["abc", "99999", "-1"])
async def test_a_port_that_is_none_is_told_in_plain_words(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PORT", port)
    assert await demo(asyncio.Event()) == 2
