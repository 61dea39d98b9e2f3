"""Working until somebody asks to stop."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any


def until_signal(run: Callable[[asyncio.Event], Coroutine[Any, Any, int]]) -> int:
    """Run until it ends, and set its event on Ctrl-C or SIGTERM; returns the exit code that it returned."""

    async def work() -> int:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for asked in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(asked, stop.set)
        return await run(stop)

    return asyncio.run(work())
