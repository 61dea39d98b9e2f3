"""What the scenarios share."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot.cli import doctor
from bot.cli.checks import machine
from tests.conftest import A_TUESDAY, BRUSSELS
from tests.support.command_line import CommandLine
from tests.support.company import gather
from tests.support.copies import Begun, begin_once, copied
from tests.support.databases import Stock
from tests.support.operator import Operator
from tests.support.patient import Patient
from tests.support.scene import Scene

FIRST_OF_APRIL = datetime(2026, 4, 1, 12, 0, tzinfo=BRUSSELS)


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


@pytest.fixture
async def patient(scene: Scene, kring: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Patient:
    """All is well: Kring is at work, a back-up was made, and this machine has all fonts."""
    monkeypatch.setattr(doctor, "SystemClock", lambda: scene.clock)
    monkeypatch.setattr(machine, "_SAMPLES", (("Latin", "é", "none"),))
    (folder / ".env").touch(0o600)
    for ending in ("", "-wal", "-shm"):
        (folder / f"kring.db{ending}").chmod(0o600)
    kring.set(BOT_TOKEN=scene.world.token, BOT_API_URL=scene.url)
    kring.set(OPERATOR_NAME="Jo", OPERATOR_ADDRESS="jo@example.org")
    assert (await kring.later("backup")).code == 0
    return Patient(scene, kring, folder)


@pytest.fixture(scope="session")
def gathered(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    folder = tmp_path_factory.mktemp("gathered")
    return begin_once(stock, folder, A_TUESDAY, partial(gather, first_of_the_month=FIRST_OF_APRIL))


@pytest.fixture
async def company(folder: Path, gathered: Begun) -> AsyncIterator[Scene]:
    """Kring Gent with one of each who may do different things in it; see tests/support/company.py."""
    async with copied(gathered, folder, FIRST_OF_APRIL) as scene:
        yield scene
