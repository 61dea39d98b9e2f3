"""`python -m bot demo` as a process of its own, as `make demo` starts it."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.process import PATIENCE_S, ROOT


class Demo:
    """A demo in a folder: its working directory, and the place of its temporary files. Port 0 takes a free one.
    Its club speaks this language."""

    def __init__(self, folder: Path, port: int = 0, language: str = "en") -> None:
        self._folder = folder
        self._port = port
        self._language = language
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def start(self) -> None:
        """Start it, with nothing of this process's environment but where its programs are."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self._folder),
            "DEMO_PORT": str(self._port),
            "DEFAULT_LANGUAGE": self._language,
        }
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo"),
            cwd=self._folder,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def ready(self) -> str:
        """Wait for the line that says it is ready; returns it, and keeps the address in it as `url`."""
        output = self._running.stdout
        assert output is not None
        line = (await asyncio.wait_for(output.readline(), PATIENCE_S)).decode()
        if found := re.search(r"http://\S+", line):
            self.url = found[0]
            return line
        raise AssertionError(f"it printed {line!r} and complained: {(await self.ended())[1]}")

    async def ended(self, after: signal.Signals | None = None) -> tuple[int, str]:
        """Send it this signal, if any, and wait for its end; returns the exit code and what it complained of."""
        if after is not None:
            self._running.send_signal(after)
        _, complaints = await asyncio.wait_for(self._running.communicate(), PATIENCE_S)
        assert self._running.returncode is not None
        return self._running.returncode, complaints.decode()

    async def close(self) -> None:
        """Kill it if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "it was started"
        return self._process


@asynccontextmanager
async def demo_in(folder: Path, language: str = "en") -> AsyncIterator[Demo]:
    """A demo that is ready, with a club that speaks this language."""
    demo = Demo(folder, language=language)
    try:
        await demo.start()
        await demo.ready()
        yield demo
    finally:
        await demo.close()
