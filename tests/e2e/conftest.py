"""What the scenarios share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.operator import Operator


@pytest.fixture
async def operator(folder: Path) -> AsyncIterator[Operator]:
    someone = Operator(folder)
    async with someone.server:
        yield someone
        await someone.program.close()


@pytest.fixture
def kring(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`python -m bot …`, with an empty database."""
    return CommandLine(folder, monkeypatch, capsys)
