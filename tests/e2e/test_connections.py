"""The connections to Telegram: as few as may be, none that is dead, and through the proxy if there is one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpcore
import pytest
from telegram.error import NetworkError, TimedOut

from bot.connections import NEVER_LEFT, Connections

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@dataclass
class Server:
    """Answers every request after `delay_s`; closes the connection then if it is to `close`."""

    url: str = ""
    delay_s: float = 0.0
    close: bool = False
    asked: list[bytes] = field(default_factory=list)
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked.append(head.splitlines()[0])
                await asyncio.sleep(self.delay_s)
                writer.write(ANSWER)
                if self.close:
                    return
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with listening:
        yield server


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


async def test_calls_one_after_the_other_share_a_connection_and_those_at_the_same_time_do_not() -> None:
    async with serving() as server, Connections(server.url) as connections:
        for _ in range(3):
            assert await connections.do_request(f"{server.url}/one", "GET") == (200, b"{}")
        assert server.connections == 1
        server.delay_s = 0.05
        await asyncio.gather(*(connections.do_request(f"{server.url}/many", "GET") for _ in range(5)))
        await asyncio.gather(*(connections.do_request(f"{server.url}/many", "GET") for _ in range(5)))
        assert server.connections == 5


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async with serving() as server, Connections(server.url) as connections:
        server.close = True
        for _ in range(2):
            assert await connections.do_request(f"{server.url}/one", "GET") == (200, b"{}")
            await asyncio.sleep(0.05)
        assert server.connections == 2


async def test_it_is_known_whether_a_request_may_have_arrived() -> None:
    async with serving() as server, Connections(server.url) as connections:
        server.delay_s = 5
        with pytest.raises(TimedOut) as lost:
            await connections.do_request(f"{server.url}/slow", "GET", read_timeout=0.05)
        assert not isinstance(lost.value.__cause__, NEVER_LEFT)
        assert len(server.asked) == 1
    async with Connections(server.url) as connections:
        with pytest.raises(NetworkError) as refused:
            await connections.do_request(f"{server.url}/gone", "GET")
        assert isinstance(refused.value.__cause__, httpcore.ConnectError)
        assert isinstance(refused.value.__cause__, NEVER_LEFT)


async def test_who_gives_up_waiting_leaves_no_connection_on_which_the_next_reads_the_answer() -> None:
    async with serving() as server, Connections(server.url) as connections:
        server.delay_s = 0.1
        given_up = asyncio.create_task(connections.do_request(f"{server.url}/given-up", "GET"))
        await asyncio.sleep(0.05)
        given_up.cancel()
        await asyncio.wait({given_up})
        assert await connections.do_request(f"{server.url}/next", "GET") == (200, b"{}")
        assert server.connections == 2


async def test_the_proxy_that_the_environment_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with Connections("http://telegram.invalid") as connections:
            assert await connections.do_request("http://telegram.invalid/getMe", "GET") == (200, b"{}")
        assert proxy.asked == [b"GET http://telegram.invalid/getMe HTTP/1.1"]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        async with serving() as server, Connections(server.url) as connections:
            assert await connections.do_request(f"{server.url}/getMe", "GET") == (200, b"{}")
        assert server.asked == [b"GET /getMe HTTP/1.1"]
