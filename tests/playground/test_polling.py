"""getUpdates, which a webhook ends."""

import asyncio
import time

import pytest

from tests.playground.conftest import Club, PlainBot

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def test_updates_come_again_until_a_higher_offset_confirms_them(club: Club, bot: PlainBot) -> None:
    club.world.next_update_id = 70
    for number in range(3):
        club.world.say(club.anna, club.group, f"/refer {number}")
    first = await bot.result("getUpdates", limit=2)
    assert [update["update_id"] for update in first] == [70, 71]
    assert await bot.result("getUpdates", limit=2) == first
    assert [update["update_id"] for update in await bot.result("getUpdates", offset=72)] == [72]
    assert club.world.pending == 1
    assert await bot.result("getUpdates", offset=73) == []
    assert club.world.pending == 0


async def test_a_negative_offset_keeps_the_last(club: Club, bot: PlainBot) -> None:
    for number in range(3):
        club.world.say(club.anna, club.group, f"/refer {number}")
    (last,) = await bot.result("getUpdates", offset=-1)
    assert last["message"]["text"] == "/refer 2"
    assert club.world.pending == 1


async def test_ids_that_begin_anew_lower_are_not_lost_on_an_old_offset(club: Club, bot: PlainBot) -> None:
    old = club.world.next_update_id
    club.world.next_update_id = 5
    club.world.say(club.anna, club.group, "/help")
    assert [update["update_id"] for update in await bot.result("getUpdates", offset=old)] == [5]


async def test_a_long_poll_ends_with_the_first_update(club: Club, bot: PlainBot) -> None:
    poll = asyncio.create_task(bot.result("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    club.world.say(club.anna, club.group, "/help")
    assert len(await asyncio.wait_for(poll, 1)) == 1


async def test_a_long_poll_without_news_ends_empty(bot: PlainBot) -> None:
    started = time.monotonic()
    assert await bot.result("getUpdates", timeout=1) == []
    assert time.monotonic() - started >= 0.9


async def test_a_second_poll_ends_the_first(bot: PlainBot) -> None:
    first = asyncio.create_task(bot.refusal("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert await bot.result("getUpdates") == []
    assert await first == (409, CONFLICT)


async def test_a_webhook_ends_polling_until_it_is_deleted(club: Club, bot: PlainBot) -> None:
    poll = asyncio.create_task(bot.refusal("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert await bot.result("setWebhook", url="https://kring.be/hook", allowed_updates=["message"])
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert await bot.refusal("getUpdates") == (409, WEBHOOK_ACTIVE)
    club.world.say(club.anna, club.group, "/help")
    assert await bot.result("getWebhookInfo") == {
        "url": "https://kring.be/hook",
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 40,
        "allowed_updates": ["message"],
        "last_error_date": club.world.unix_now(),
        "last_error_message": "Failed to resolve host: Name or service not known",
    }
    assert await bot.result("deleteWebhook", drop_pending_updates=True)
    assert await bot.result("getUpdates") == []


async def test_allowed_updates_are_remembered(club: Club, bot: PlainBot) -> None:
    await bot.result("getUpdates", allowed_updates=["callback_query"])
    club.world.say(club.anna, club.group, "/help")
    assert await bot.result("getUpdates") == []
    await bot.result("getUpdates", allowed_updates=[])
    club.world.say(club.anna, club.group, "/help")
    assert len(await bot.result("getUpdates")) == 1


async def test_a_raw_update_arrives_as_it_is(club: Club, bot: PlainBot) -> None:
    hostile = {"update_id": 900, "message": {"chat": {"id": "no number"}}, "future": [1]}
    club.world.next_update_id = 899
    club.world.inject(hostile)
    club.world.inject(hostile)
    club.world.inject({"poll": None})
    assert await bot.updates() == [hostile, hostile, {"update_id": 901, "poll": None}]
    assert club.world.pending == 0


@pytest.mark.parametrize("limit", [-1, 0, 1])
async def test_a_limit_too_low_is_one(club: Club, bot: PlainBot, limit: int) -> None:
    for _ in range(2):
        club.world.say(club.anna, club.group, "/help")
    assert len(await bot.result("getUpdates", limit=limit)) == 1


async def test_a_backlog_of_ten_thousand_is_read_in_hundreds(club: Club, bot: PlainBot) -> None:
    for _ in range(10_000):
        club.world.say(club.anna, club.group, "/help")
    started = time.monotonic()
    for _ in range(100):
        assert len(await bot.updates()) == 100
    assert club.world.pending == 0
    assert time.monotonic() - started < 5
