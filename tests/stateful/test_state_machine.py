"""Clubs, members, commands and clocks in any order: the bot agrees with a small model of the ledger throughout.

STATEFUL_EXAMPLES and STATEFUL_STEPS make it longer, STATEFUL_SEED takes it elsewhere; `make test` runs the same ones
each time.
"""

import asyncio
import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.driver import begin
from tests.stateful.machine import Clubs
from tests.support.databases import Stock


@pytest.mark.every_database
def test_the_bot_agrees_with_a_small_ledger_at_every_step(
    stock: Stock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stateful")
    stock.put(folder)

    class FromHere(Clubs):
        beginning = asyncio.run(begin(stock, folder))

    number = int(os.environ.get("STATEFUL_SEED", "1"))
    run_state_machine_as_test(
        seed(number)(FromHere),
        settings=settings(
            max_examples=int(os.environ.get("STATEFUL_EXAMPLES", "8")),
            stateful_step_count=int(os.environ.get("STATEFUL_STEPS", "25")),
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
