"""Makes PNGs of SVGs in processes beside the bot: resvg keeps the interpreter to itself while it renders."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from bot.pictures import fonts

RENDER_S = 5.0
"""How long a picture may take, the wait for those before it included."""
IDLE_S = 60.0
"""After so long without a picture a process ends; the next one begins a new one."""
MOST = 4
"""Workers at the same time, where there are as many cores. Four make what Telegram's limits let the bot say."""
WORKER = Path(__file__).with_name("worker.py")
_LAST_WORDS_S = 1.0
# What an interpreter in an unusual place needs; nothing else of the environment is the worker's business.
_NEEDED = ("PYTHONPATH", "LD_LIBRARY_PATH")


class RenderFailed(Exception):  # noqa: N818  it reads as what is so, like a refusal
    """There will be no picture."""


class Renderer:
    """As many workers as there are cores, each begun when all others have a picture in hand."""

    def __init__(self) -> None:
        self._workers = [_Worker() for _ in range(min(os.cpu_count() or 1, MOST))]
        self._idle = list(self._workers)
        self._free = asyncio.Semaphore(len(self._workers))

    async def render(self, svg: str) -> bytes:
        """The PNG of this SVG, the same for the same. Raises RenderFailed, after RENDER_S at the latest."""
        try:
            async with asyncio.timeout(RENDER_S), self._free:
                worker = self._idle.pop()  # the last that was put back: its process runs already
                try:
                    png = await worker.render(svg)
                finally:
                    self._idle.append(worker)
        except TimeoutError as error:
            raise RenderFailed(f"it took longer than {RENDER_S:g} s") from error
        except (OSError, EOFError) as error:
            raise RenderFailed("the renderer crashed") from error
        if not png:
            raise RenderFailed("it cannot be rendered")
        return png

    async def close(self) -> None:
        """End the workers that there are."""
        for worker in self._workers:
            await worker.close()


class _Worker:
    """One process at most, from the first picture until it is idle; one that hangs or crashes is replaced."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._busy = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    async def render(self, svg: str) -> bytes:
        async with self._busy:
            self._keep_awake()
            png = await self._rendered(svg.encode())
            self._resting = asyncio.create_task(self._rest())
            return png

    async def close(self) -> None:
        self._keep_awake()
        await self._dismiss()

    async def _rendered(self, svg: bytes) -> bytes:
        process = self._process = self._process or await _started()
        try:
            assert process.stdin is not None  # noqa: S101  for the type checker: they are pipes
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(len(svg).to_bytes(4, "big") + svg)
            await process.stdin.drain()
            size = int.from_bytes(await process.stdout.readexactly(4), "big")
            return await process.stdout.readexactly(size)
        except BaseException:  # cut off too: its answer would be taken for the next one's
            await self._dismiss(at_once=True)
            raise

    async def _rest(self) -> None:
        await asyncio.sleep(IDLE_S)
        async with self._busy:
            await self._dismiss()

    def _keep_awake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()

    async def _dismiss(self, *, at_once: bool = False) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101  for the type checker: it is a pipe
        process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 0 if at_once else _LAST_WORDS_S)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _started() -> Process:
    # In a session of its own, as Ctrl-C in a terminal is for the bot: it lets the worker go in its own time.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(WORKER), *fonts.files()),
        stdin=PIPE,
        stdout=PIPE,
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        start_new_session=True,
    )
