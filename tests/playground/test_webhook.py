"""The webhook: how the playground takes updates to a bot, as strictly as Telegram."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground import webhook
from bot.playground.people import Json
from bot.playground.server import Playground
from bot.serving import Serving, listen_on
from tests.playground.conftest import Club, PlainBot
from tests.support.process import until

URL = "https://kring.be/hook"


class Receiver:
    """A bot's end of the webhook: what came, and what it answers (200 unless told)."""

    def __init__(self) -> None:
        self.came: list[Json] = []
        self.headers: dict[str, str] = {}
        self.path = ""
        self.answer: Callable[[Json], Response] = lambda _: Response()
        self.serving = Serving(Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])]))

    async def _take(self, request: Request) -> Response:
        self.path, self.headers = request.url.path, dict(request.headers)
        update = json.loads(await request.body())
        self.came.append(update)
        return self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came if "message" in update]


@pytest.fixture
async def receiver(club: Club, server: Playground) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    listener = listen_on("127.0.0.1", 0)
    club.world.hosts = [f"127.0.0.1:{listener.getsockname()[1]}"]
    await receiver.serving.start(listener)
    yield receiver
    await receiver.serving.stop(1)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "FIRST_PAUSE_S", 0.01)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://kring.be/hook", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://kring.be:8080/hook", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://kring.be:x/hook", "bad webhook: invalid webhook URL specified"),
    ],
)
async def test_an_address_that_telegram_would_not_post_to_is_refused(bot: PlainBot, url: str, words: str) -> None:
    assert await bot.refusal("setWebhook", url=url) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize("secret", ["with space", "é", "x" * 257])
async def test_a_secret_that_telegram_would_not_take_is_refused(bot: PlainBot, secret: str) -> None:
    refusal = await bot.refusal("setWebhook", url=URL, secret_token=secret)
    assert refusal == (400, "Bad Request: secret token contains unallowed characters")


async def test_what_waited_and_what_comes_is_posted_with_the_secret(
    club: Club, bot: PlainBot, receiver: Receiver
) -> None:
    club.world.say(club.anna, club.group, "/refer before")
    await bot.result("setWebhook", url=URL, secret_token="s3cret_-")  # noqa: S106  nobody's
    club.world.say(club.anna, club.group, "/refer after")
    await until(lambda: club.world.pending == 0)
    assert receiver.texts == ["/refer before", "/refer after"]
    assert receiver.path == "/hook"
    assert receiver.headers["host"] == "kring.be"
    assert receiver.headers["content-type"] == "application/json"
    assert receiver.headers["x-telegram-bot-api-secret-token"] == "s3cret_-"
    assert "secret_token" not in await bot.result("getWebhookInfo")


@pytest.mark.parametrize("status", [301, 400, 403, 503])
async def test_what_is_not_taken_comes_again_and_the_chat_waits_for_it(
    club: Club, bot: PlainBot, receiver: Receiver, status: int
) -> None:
    refused = [status, status]
    receiver.answer = lambda _: Response(status_code=refused.pop() if refused else 204)
    club.world.say(club.anna, club.group, "/refer 1")
    club.world.say(club.bert, club.group, "/refer 2")
    await bot.result("setWebhook", url=URL)
    await until(lambda: club.world.pending == 0)
    assert receiver.texts == ["/refer 1", "/refer 1", "/refer 1", "/refer 2"]
    info = await bot.result("getWebhookInfo")
    assert info["last_error_message"] == f"Wrong response from the webhook: {status}"


async def test_a_chat_that_waits_holds_up_no_other_nor_a_press(club: Club, bot: PlainBot, receiver: Receiver) -> None:
    private = club.world.private(club.bert)

    def answer(update: Json) -> Response:
        stuck = "message" in update and update["message"]["chat"]["id"] == club.group.id
        return Response(status_code=503 if stuck else 200)

    receiver.answer = answer
    await bot.result("setWebhook", url=URL)
    club.world.say(club.anna, club.group, "/refer stuck")
    club.world.say(club.bert, private, "/start")
    club.world.inject({"callback_query": {"id": "1", "from": club.anna.sender(), "message": {"chat": {"id": 1}}}})
    await until(lambda: club.world.pending == 1)
    assert "/start" in receiver.texts
    assert any("callback_query" in update for update in receiver.came)


async def test_retry_after_is_heeded(club: Club, bot: PlainBot, receiver: Receiver) -> None:
    refused = [Response(status_code=503, headers={"Retry-After": "1"})]
    receiver.answer = lambda _: refused.pop() if refused else Response()
    club.world.say(club.anna, club.group, "/refer 1")
    began = asyncio.get_running_loop().time()
    await bot.result("setWebhook", url=URL)
    await until(lambda: club.world.pending == 0)
    assert asyncio.get_running_loop().time() - began >= 0.95


async def test_an_answer_that_is_lost_makes_it_come_twice(club: Club, bot: PlainBot, receiver: Receiver) -> None:
    club.world.faults.add("lost_answer", "webhook")
    club.world.say(club.anna, club.group, "/refer 1")
    await bot.result("setWebhook", url=URL)
    await until(lambda: club.world.pending == 0)
    assert receiver.texts == ["/refer 1", "/refer 1"]
    assert [delivery.outcome for delivery in club.world.deliveries] == ["Read timeout expired", 200]


async def test_hosts_are_taken_in_turn_and_one_that_is_down_is_passed_over(
    club: Club, bot: PlainBot, receiver: Receiver
) -> None:
    other = Receiver()
    listener = listen_on("127.0.0.1", 0)
    down = listen_on("127.0.0.1", 0)  # it does not listen
    await other.serving.start(listener)
    club.world.hosts += [f"127.0.0.1:{socket.getsockname()[1]}" for socket in (listener, down)]
    await bot.result("setWebhook", url=URL)
    for number in range(6):
        club.world.say(club.anna, club.group, f"/refer {number}")
    await until(lambda: club.world.pending == 0)
    await other.serving.stop(1)
    down.close()
    assert len(receiver.came) + len(other.came) == 6
    assert min(len(receiver.came), len(other.came)) >= 2
    assert {delivery.outcome for delivery in club.world.deliveries} == {200}


@pytest.mark.parametrize(("asked", "most"), [(1, 1), (3, 3), (0, 40), (1000, 100)])
async def test_no_more_connections_than_asked_for(
    club: Club, bot: PlainBot, receiver: Receiver, asked: int, most: int
) -> None:
    await bot.result("setWebhook", url=URL, max_connections=asked)
    assert (await bot.result("getWebhookInfo"))["max_connections"] == most


async def test_once_it_is_deleted_the_rest_is_fetched(club: Club, bot: PlainBot, receiver: Receiver) -> None:
    receiver.answer = lambda _: Response(status_code=500)
    for number in range(3):
        club.world.say(club.anna, club.group, f"/refer {number}")
    await bot.result("setWebhook", url=URL)
    await until(lambda: receiver.came)
    await bot.result("deleteWebhook")
    fetched: list[Any] = await bot.updates()
    assert [update["message"]["text"] for update in fetched] == ["/refer 0", "/refer 1", "/refer 2"]
    came = len(receiver.came)
    club.world.say(club.anna, club.group, "/refer 3")
    await asyncio.sleep(0.05)
    assert len(receiver.came) == came
