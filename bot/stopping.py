"""Waiting and working until asked to stop."""

import asyncio
from collections.abc import Collection, Coroutine
from contextlib import suppress
from typing import Any


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until the stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, object]) -> bool:
    """Do the work, but give it up when asked to stop; return whether it was done."""
    doing, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait({doing})  # until it has let go of what it held, the database in particular
        return False
    await doing
    return True


async def finished(tasks: Collection[asyncio.Task[Any]], seconds: float) -> list[Exception]:
    """Wait for the end of these, so long at most, and give up those that are not at their end; returns what failed."""
    _, hanging = await asyncio.wait(tasks, timeout=seconds)
    for task in hanging:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    return [error for error in ended if isinstance(error, Exception)]
