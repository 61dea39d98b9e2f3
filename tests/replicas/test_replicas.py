"""Three replicas on one PostgreSQL server: each does a part of the work, and what one leaves, the others do.

Everything is counted to the last command.
"""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground import webhook as deliveries
from tests.replicas.company import Company
from tests.support.databases import database_on
from tests.support.postgres import Server

pytestmark = [pytest.mark.postgres, pytest.mark.storm]
REPLACED_WITHIN_S = 30.0


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(deliveries, "LONGEST_PAUSE_S", 0.5)


@pytest.fixture
def company(own_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Company]:
    with database_on(own_server.url, f"kring_{request.node.name.partition('[')[0][:40]}") as address:
        yield Company(tmp_path, address, 3)


async def test_they_start_together_on_an_empty_database_and_share_the_work(company: Company) -> None:
    async with company.at_work():
        await company.until(lambda: sorted(company.shares().values()) == [20, 22, 22], "the work is not shared out")
        assert len(set(company.owners().values())) == 3
        company.refer(5)
        await company.until(company.all_answered, "not all was answered")
        assert company.recorded() == company.sent
        assert all(set(counts.values()) == {1} for counts in company.answered().values())
        assert company.in_order()


async def test_one_is_killed_one_hangs_and_the_server_restarts_and_nothing_is_lost_or_done_twice(
    company: Company, own_server: Server
) -> None:
    killed, frozen, _ = range(3)
    async with company.at_work():
        company.refer(8)
        company.programs[killed].signal(signal.SIGKILL)
        await company.until(company.all_answered, "what the killed one had was not done")
        company.lose(frozen, signal.SIGSTOP)
        began = time.monotonic()
        company.refer(4)
        await company.until(lambda: len(company.shares()) == 1, "the frozen one was not replaced")
        assert time.monotonic() - began < REPLACED_WITHIN_S
        await company.until(company.all_answered, "what the frozen one had was not done")
        await company.bring_back(frozen, signal.SIGSTOP)
        company.refer(4)
        own_server.restart(signal.SIGQUIT)
        company.refer(4)
        await company.until(company.all_answered, "what the restart found was not done")
        await company.programs[killed].start()
        await company.until(lambda: len(company.shares()) == 3, "they do not share the work again")
        company.refer(4)
        await company.until(company.all_answered, "not all was answered in the end")
        assert company.recorded() == company.sent
        twice = sum(count - 1 for counts in company.answered().values() for count in counts.values())
        assert twice <= company.resent()
        assert company.in_order()


async def test_asked_to_stop_one_hands_its_part_over_at_once(company: Company) -> None:
    async with company.at_work():
        company.refer(4)
        company.programs[0].signal(signal.SIGTERM)
        assert await company.programs[0].ended() == 0
        await company.until(lambda: sorted(company.shares().values()) == [32, 32], "its part was not taken over")
        company.refer(4)
        await company.until(company.all_answered, "not all was answered")
        assert company.recorded() == company.sent
        assert all(set(counts.values()) == {1} for counts in company.answered().values())


async def test_without_a_webhook_one_of_them_fetches_and_all_do_the_work(company: Company) -> None:
    async with company.at_work(polling=True):
        company.refer(4)
        await company.until(company.all_answered, "not all was answered")
        assert company.recorded() == company.sent
        leader = next(p for p in company.programs if "of 64 parts" in p.log and company.shares())
        leader.signal(signal.SIGKILL)
        company.refer(4)
        await company.until(company.all_answered, "nobody fetches any more")
        assert company.recorded() == company.sent
        assert not [p for p in company.programs if "Another program polls" in p.log]
