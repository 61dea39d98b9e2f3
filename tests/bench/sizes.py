"""What the ledger takes on the disk, in SQLite's file and on a PostgreSQL server."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.engine import Database
from bot.storage.move import move
from tests.bench.filled import fill
from tests.support import postgres
from tests.support.postgres import Server

NAME = "kring_sizes"
A_YEAR = 500
"""Referrals of a club that passes on ten a week; three in ten are thanked for."""


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    clubs = 20 if short else 200
    with TemporaryDirectory() as place:
        file = Path(place) / "kring.db"
        asyncio.run(fill(Path(place), dict.fromkeys(range(1, clubs + 1), A_YEAR)))
        sizes = {"SQLite": file.stat().st_size}
        if postgres.is_available():
            with postgres.server() as server:
                sizes["PostgreSQL"] = _moved(server, file)
    return [
        f"| {clubs} clubs with {A_YEAR} referrals each | a club's year, MB |",
        "|---|---|",
        *(f"| {kind} | {size / clubs / 1e6:.2g} |" for kind, size in sizes.items()),
    ]


def _moved(server: Server, file: Path) -> int:
    """The size of the same on the server, less that of a database with nothing in it."""
    empty, moved = (postgres.make_database(server.url, f"{NAME}_{what}") for what in ("empty", "moved"))

    async def go() -> None:
        source, target = Database(f"sqlite:///{file}"), Database(moved)
        await move(source, target, lambda _done, _all: None)
        await source.close()
        await target.close()

    asyncio.run(go())
    return _size(moved) - _size(empty)


def _size(url: str) -> int:
    return int(postgres.sql(url, "SELECT pg_database_size(current_database())")[0][0])
