"""What the scenarios share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.operator import Operator


@pytest.fixture
async def operator(folder: Path) -> AsyncIterator[Operator]:
    someone = Operator(folder)
    async with someone.server:
        yield someone
        await someone.program.close()
