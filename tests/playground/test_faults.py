"""Faults on order, as a bot meets them."""

import asyncio
import time

import httpx
import pytest

from bot.playground.faults import Fault
from bot.playground.ground import Call
from tests.playground.conftest import Club, PlainBot


def texts(club: Club) -> list[str]:
    return [message["text"] for message in club.world.messages(club.group) if "text" in message]


async def test_an_error_is_answered_as_ordered_and_no_work_is_done(club: Club, bot: PlainBot) -> None:
    club.world.faults.add(
        "error", "sendMessage", code=429, description="Too Many Requests: retry after 3", retry_after=3
    )
    answer = await bot.call("sendMessage", chat_id=club.group.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert texts(club) == []
    await bot.result("sendMessage", chat_id=club.group.id, text="y")
    assert texts(club) == ["y"]


async def test_faults_may_be_for_one_chat_and_for_so_many_times(club: Club, bot: PlainBot) -> None:
    other = club.world.group("Other", club.anna)
    club.world.add_bot(other, club.anna)
    club.world.faults.add("error", chat_id=club.group.id, times=2)
    await bot.result("getMe")
    await bot.result("sendMessage", chat_id=other.id, text="x")
    for _ in range(2):
        assert await bot.refusal("sendMessage", chat_id=club.group.id, text="x") == (
            500,
            "Internal Server Error",
        )
    await bot.result("sendMessage", chat_id=club.group.id, text="x")


async def test_a_fault_without_times_stays_until_it_is_removed(club: Club, bot: PlainBot) -> None:
    fault = club.world.faults.add("error", "getMe", times=None, code=502, description="Bad Gateway")
    for _ in range(3):
        assert await bot.refusal("getMe") == (502, "Bad Gateway")
    club.world.faults.remove(fault)
    await bot.result("getMe")


@pytest.mark.parametrize(("kind", "done"), [("lost_answer", ["x"]), ("drop", [])])
async def test_a_connection_closes_after_the_work_or_before_it(
    club: Club, bot: PlainBot, kind: str, done: list[str]
) -> None:
    answer = await bot.client.post("/api/faults", json={"kind": kind, "method": "sendMessage"})
    assert answer.status_code == 200
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await bot.call("sendMessage", chat_id=club.group.id, text="x")
    assert texts(club) == done
    assert club.world.log[-1] == Call("sendMessage", {"chat_id": str(club.group.id), "text": "x"}, kind)


async def test_silence_is_never_answered(club: Club, bot: PlainBot) -> None:
    club.world.faults.add("silence", "sendMessage")
    call = asyncio.create_task(bot.call("sendMessage", chat_id=club.group.id, text="x"))
    await asyncio.sleep(0.1)
    assert not call.done()
    assert texts(club) == []
    call.cancel()


async def test_a_delay_comes_before_the_work(club: Club, bot: PlainBot) -> None:
    club.world.faults.add("delay", "sendMessage", seconds=0.1)
    started = time.monotonic()
    await bot.result("sendMessage", chat_id=club.group.id, text="x")
    assert time.monotonic() - started >= 0.1
    assert texts(club) == ["x"]


async def test_the_page_can_take_all_faults_back(club: Club, bot: PlainBot) -> None:
    club.world.faults.add("error", times=None)
    assert (await bot.client.delete("/api/faults")).status_code == 200
    await bot.result("getMe")


@pytest.mark.parametrize(
    "order",
    [
        {"kind": "flood"},
        {"kind": "error", "code": 200},
        {"kind": "drop", "chats": 1},
        {"kind": "delay", "seconds": "x"},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(client: httpx.AsyncClient, order: dict[str, object]) -> None:
    assert (await client.post("/api/faults", json=order)).status_code == 400


async def test_every_call_is_logged_with_its_outcome(club: Club, bot: PlainBot) -> None:
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="x")
    await bot.call("deleteMessage", chat_id=club.group.id)
    assert [(call.method, call.outcome) for call in club.world.log] == [
        ("sendMessage", {"ok": True, "result": sent}),
        (
            "deleteMessage",
            {
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: message identifier is not specified",
            },
        ),
    ]


def test_a_fault_is_one_of_a_few_kinds() -> None:
    with pytest.raises(ValueError, match="lost_answer"):
        Fault("explode")  # type: ignore[arg-type]  # that is the test
