"""The command line within the test, where a process of its own would take a second."""

import asyncio
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from tests.support.databases import address


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said on standard output and on standard error."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """Somebody who reads and types there."""

    def isatty(self) -> bool:
        return True


class CommandLine:
    """`python -m bot …` in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        monkeypatch.setattr("os.umask", lambda _mask: 0)  # it is the program's; this one goes on
        self.set(DATABASE_URL=address(folder))

    def set(self, **settings: str) -> None:
        """The environment from now on."""
        for name, value in settings.items():
            self._monkeypatch.setenv(name, value)

    def __call__(self, *typed: str | Path) -> Answer:
        """Type this, and read the answer. Not within a running event loop; there `later` is."""
        self._capsys.readouterr()
        code = main([str(word) for word in typed])
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    async def later(self, *typed: str | Path) -> Answer:
        """The same while other things go on."""
        return await asyncio.to_thread(self, *typed)
