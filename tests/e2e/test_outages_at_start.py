"""Telegram fails when the program starts, or refuses it: it waits where that helps, and ends where it does not."""

import signal
from typing import Any

import pytest

from tests.support.databases import committed
from tests.support.operator import Operator
from tests.support.process import until

BAD_GATEWAY: dict[str, Any] = {"code": 502, "description": "Bad Gateway"}
UNAUTHORIZED: dict[str, Any] = {"code": 401, "description": "Unauthorized"}


def methods(operator: Operator) -> list[str]:
    """The calls that the program made, in their order."""
    return [call.method for call in operator.world.log]


async def test_started_in_the_middle_of_an_outage_it_works_once_each_part_of_telegram_does(operator: Operator) -> None:
    for kind, method in (("error", "getMe"), ("drop", "getMyCommands"), ("error", "getUpdates")):
        order: dict[str, Any] = {"kind": kind, "method": method} | (BAD_GATEWAY if kind == "error" else {})
        operator.world.faults.add(**order)
    operator.says("/refer @bert Contact0x: a roof")
    program = operator.prepare()
    await program.start()
    await until(lambda: operator.heard_of() == ["0"])
    assert methods(operator).count("getMe") <= 3
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert program.log.count("Telegram cannot be reached") == 1
    assert program.log.count("Fetching updates failed") == 1
    assert program.log.count("Telegram answers again") == 1
    assert "Traceback" not in program.log


async def test_a_token_that_telegram_refuses_is_tried_once(operator: Operator) -> None:
    operator.world.faults.add("error", times=None, **UNAUTHORIZED)
    program = operator.prepare()
    assert await program.exit_code() == 2
    assert program.log.splitlines()[-1].startswith("Telegram does not know this BOT_TOKEN.")
    assert "Traceback" not in program.log
    assert methods(operator) == ["getMe"]


@pytest.mark.parametrize("method", ["getUpdates", "*"], ids=["when it asks for updates", "whatever it asks"])
async def test_a_token_that_is_taken_back_amid_the_work_ends_it_within_a_call_or_two(
    operator: Operator, method: str
) -> None:
    program = operator.prepare()
    await program.start()
    await until(lambda: operator.heard() and operator.world.pending == 0)
    operator.world.faults.add("error", method, times=None, **UNAUTHORIZED)
    before = len(operator.world.log)
    operator.says("/refer @bert Contact0x: a roof")
    assert await program.ended() == 2
    assert program.log.splitlines()[-1].startswith("Telegram does not know this BOT_TOKEN.")
    refused = [
        call for call in operator.world.log[before:] if isinstance(call.outcome, dict) and not call.outcome["ok"]
    ]
    assert 1 <= len(refused) <= 2
    operator.world.faults.clear()
    await program.start()
    await until(lambda: operator.heard_of() == ["0"])


async def test_a_webhook_that_is_still_set_is_taken_away_and_what_waited_is_kept(operator: Operator) -> None:
    operator.world.webhook = {"url": "https://kring.example/hook", "max_connections": 40}
    operator.says("/refer @bert Contact0x: a roof")
    program = operator.prepare()
    await program.start()
    await until(lambda: operator.heard_of() == ["0"])
    assert operator.world.webhook == {}
    assert "Another program polls" not in program.log
    assert committed(operator.folder, "SELECT contact FROM referrals") == [("Contact0x",)]


async def test_a_webhook_that_someone_sets_amid_the_work_is_told_once_and_not_fought(operator: Operator) -> None:
    program = operator.prepare()
    await program.start()
    await until(lambda: operator.heard() and operator.world.pending == 0)
    operator.world.webhook = {"url": "https://kring.example/hook", "max_connections": 40}
    operator.says("/refer @bert Contact0x: a roof")
    await until(lambda: "Another program polls with this bot's token, or a webhook is set" in program.log)
    calls = len(operator.world.log)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert "deleteWebhook" not in methods(operator)[calls:]
    assert operator.world.webhook != {}
    assert program.log.count("Another program polls") == 1
    await program.start()
    await until(lambda: operator.heard_of() == ["0"])
