"""What SQLAlchemy makes of a statement, made once for all tests of a run: each has an engine of its own, which would
make it anew, and that took a quarter of the time of most tests."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage import engine_sqlite, sqlite


@contextmanager
def compiled_once() -> Iterator[None]:
    """Meanwhile all engines for SQLite share one dialect, and one cache of compiled statements."""
    first = asyncio.run(_acquainted()).sync_engine

    def create(*given: Any, **options: Any) -> AsyncEngine:
        engine = create_async_engine(*given, **options)
        engine.sync_engine.dialect = first.dialect
        engine.sync_engine._compiled_cache = first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_sqlite, "create_async_engine", create)
        yield


async def _acquainted() -> AsyncEngine:
    """An engine whose dialect has asked SQLite for its version, as it does at the first connection."""
    engine = create_async_engine(f"{sqlite.DRIVER}:///:memory:")
    async with engine.connect():
        pass
    await engine.dispose()
    return engine
