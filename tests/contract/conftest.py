"""What every database has to do alike: the same tests run on each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bell import Bell
from bot.storage.engine import Database
from bot.storage.workplace import Workplace
from tests.contract.ledger import NOON
from tests.support.databases import address


@dataclass
class StillClock:
    """A clock that stands still until a test moves it: what is due is then no matter of how fast a test runs."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant it stands at."""
        return self.instant

    def forward(self, by: timedelta) -> None:
        """Move it by `by`."""
        self.instant += by


@pytest.fixture
def clock() -> StillClock:
    """A clock at noon."""
    return StillClock(NOON.astimezone(UTC))


@pytest.fixture
async def workplace(folder: Path, clock: StillClock) -> AsyncIterator[Workplace]:
    """Where work with the database begins."""
    database = Database(address(folder))
    yield Workplace(database, clock, Bell())
    await database.close()
