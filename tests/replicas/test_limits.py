"""Three replicas keep Telegram's limits together, as a server that enforces them sees it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.allowance import Allowance
from tests.replicas.company import Company
from tests.support.databases import database_on
from tests.support.postgres import Server

pytestmark = [pytest.mark.postgres, pytest.mark.storm]

AS_TELEGRAM_HAS_THEM = {"SEND_PER_SECOND": "30", "SEND_PER_MINUTE_GROUP": "20", "SEND_PER_SECOND_CHAT": "1"}
CLUBS = 32


@pytest.fixture
def company(own_server: Server, tmp_path: Path) -> Iterator[Company]:
    with database_on(own_server.url, "kring_limits") as address:
        yield Company(tmp_path, address, 3, clubs=CLUBS, **AS_TELEGRAM_HAS_THEM)


async def test_far_more_to_say_than_the_limits_allow_is_all_said_and_never_refused_also_while_one_is_killed(
    company: Company,
) -> None:
    company.world.allowance = Allowance(company.world.clock)
    async with company.at_work():
        for _, _, bert in company.clubs:
            company.world.say(bert, company.world.private(bert), "/start")  # and is told in private of each referral
        company.refer(15)
        await company.until(lambda: company.recorded() == company.sent, "not all was recorded")
        assert not company.all_answered()
        assert len(set(company.owners().values())) == 3
        company.lose(0, signal.SIGKILL)
        company.refer(10)  # more than a group may have in a minute
        await company.until(lambda: len(company.shares()) == 2, "the killed one was not replaced")
        await company.bring_back(0, signal.SIGKILL)
        await company.until(company.all_answered, "not all was said")
        await company.until(lambda: len(company.shares()) == 3, "they do not share the work again")
        assert company.recorded() == company.sent
        assert company.world.allowance.refused == 0
        twice = sum(count - 1 for counts in company.answered().values() for count in counts.values())
        assert twice <= company.resent()
        assert company.in_order()
