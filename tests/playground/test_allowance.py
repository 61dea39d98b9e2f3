"""Telegram's limits, where the server is told to enforce them."""

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.playground.allowance import JITTER, Allowance
from tests.playground.conftest import START, Club, PlainBot

LIMIT = 429


@pytest.fixture
def allowance(club: Club) -> Allowance:
    club.world.allowance = Allowance(club.world.clock)
    return club.world.allowance


def forward(club: Club, seconds: float) -> None:
    assert isinstance(club.world.clock, MovableClock)
    club.world.clock.forward(timedelta(seconds=seconds))


async def test_the_thirty_first_message_of_a_second_is_refused(club: Club, bot: PlainBot, allowance: Allowance) -> None:
    groups = [club.world.group(f"Club {number}", club.anna) for number in range(31)]
    for group in groups:
        club.world.add_bot(group, club.anna)
    for group in groups[:30]:
        await bot.result("sendMessage", chat_id=group.id, text="x")
    assert await bot.call("sendMessage", chat_id=groups[30].id, text="x") == {
        "ok": False,
        "error_code": LIMIT,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert "text" not in club.world.messages(groups[30])[-1]
    assert allowance.refused == 1
    forward(club, 1)
    await bot.result("sendMessage", chat_id=groups[30].id, text="x")


async def test_a_group_takes_twenty_a_minute_and_the_others_go_on(
    club: Club, bot: PlainBot, allowance: Allowance
) -> None:
    other = club.world.group("Other", club.anna)
    club.world.add_bot(other, club.anna)
    for _ in range(20):
        await bot.result("sendMessage", chat_id=club.group.id, text="x")
        forward(club, 1)
    refusal = await bot.refusal("sendMessage", chat_id=club.group.id, text="x")
    assert refusal == (LIMIT, "Too Many Requests: retry after 40")
    await bot.result("sendMessage", chat_id=other.id, text="x")
    forward(club, 40)
    await bot.result("sendMessage", chat_id=club.group.id, text="x")


async def test_a_person_takes_one_a_second(club: Club, bot: PlainBot, allowance: Allowance) -> None:
    private = club.world.private(club.anna)
    club.world.say(club.anna, private, "/start")
    await bot.result("sendMessage", chat_id=private.id, text="x")
    assert (await bot.refusal("sendMessage", chat_id=private.id, text="x"))[0] == LIMIT
    forward(club, 1)
    await bot.result("sendMessage", chat_id=private.id, text="x")


async def test_a_change_counts_and_the_answer_to_a_button_does_not(
    club: Club, bot: PlainBot, allowance: Allowance
) -> None:
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="0")
    for number in range(1, 20):
        await bot.result("editMessageText", chat_id=club.group.id, message_id=sent["message_id"], text=str(number))
    assert (await bot.refusal("editMessageText", chat_id=club.group.id, message_id=sent["message_id"], text="x"))[
        0
    ] == LIMIT
    for _ in range(40):
        query = club.world.press(club.bert, club.group, sent["message_id"], "any:1")
        await bot.result("answerCallbackQuery", callback_query_id=query)
    await bot.result("sendChatAction", chat_id=club.group.id, action="typing")
    await bot.result("getChatMember", chat_id=club.group.id, user_id=club.bert.id)
    assert allowance.refused == 1


async def test_what_is_refused_counts_as_nothing_said(club: Club, bot: PlainBot, allowance: Allowance) -> None:
    for _ in range(60):
        await bot.call("sendMessage", chat_id=club.group.id, text="x")
    assert allowance.refused == 40
    forward(club, 60)
    for _ in range(20):
        await bot.result("sendMessage", chat_id=club.group.id, text="x")


def test_a_message_that_was_longer_on_its_way_than_the_next_is_no_reason_to_refuse() -> None:
    clock = MovableClock(START)
    allowance = Allowance(clock)
    allowance.take("sendMessage", 1)
    clock.forward(timedelta(seconds=1) - JITTER)
    allowance.take("sendMessage", 1)
    assert allowance.refused == 0
