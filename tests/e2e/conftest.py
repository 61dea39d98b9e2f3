"""What the scenarios share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import doctor
from bot.cli.checks import machine
from tests.support.command_line import CommandLine
from tests.support.operator import Operator
from tests.support.patient import Patient
from tests.support.scene import Scene


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
