"""Moving all that is kept from SQLite's file to a PostgreSQL server: whole, or not at all."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.backup import Progress
from bot.storage.engine import Database
from bot.storage.migrate import bring_up
from bot.storage.schema import clubs, metadata, replicas, shards, thanks
from bot.storage.sole_use import Unusable
from bot.storage.sqlite import GOES_THROUGH_MUCH

ROWS_AT_ONCE = 1_000

Figures = Mapping[tuple[Any, ...], int]
"""How many rows each table has, in all and of each club; what each club's thanks add up to; its last number."""


TABLES = [table for table in metadata.sorted_tables if table not in (replicas, shards)]
"""All but who is at work now."""


@dataclass(frozen=True)
class Moved:
    """What is at the other place now. `before`: it was there already, from an earlier time."""

    rows: Mapping[str, int]
    before: bool


async def move(source: Database, target: Database, progress: Progress) -> Moved:
    """Copy all of the source, which is of this version and in nobody's use, to the target.

    One transaction: an interruption leaves nothing behind. Raises Unusable where the target holds something else.
    Whoever starts on the target meanwhile waits, as for a migration.
    """
    async with source.read() as origin, target.migrating() as there:
        await bring_up(there, target.place)
        wanted, found = await figures(origin), await figures(there)
        rows = {table.name: wanted["rows", table.name] for table in TABLES}
        if found == wanted:
            return Moved(rows, before=True)
        if any(found["rows", name] for name in rows):
            raise Unusable(f"{target.place} holds something else already: move to a database that is empty.")
        done = 0
        for table in TABLES:
            async for copied in _copy(origin, there, table):
                done += copied
                progress(done, sum(rows.values()))
            await _count_on(origin, there, table)
        if await figures(there) != wanted:
            raise Unusable(f"What arrived at {target.place} is not what was sent, so nothing was kept of it.")
        return Moved(rows, before=False)


async def figures(connection: AsyncConnection) -> Figures:
    """What tells whether all is there."""
    counted: dict[tuple[Any, ...], int] = {}
    for table in TABLES:
        counted["rows", table.name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        if "club_id" in table.c:
            of_club = select(table.c.club_id, func.count()).group_by(table.c.club_id)
            counted |= {(table.name, club): count for club, count in await connection.execute(of_club)}
    added_up = select(thanks.c.club_id, thanks.c.currency, func.sum(thanks.c.amount_minor)).group_by(
        thanks.c.club_id, thanks.c.currency
    )
    counted |= {("sum", club, currency): int(sum_ or 0) for club, currency, sum_ in await connection.execute(added_up)}
    numbers = select(clubs.c.id, clubs.c.last_number)
    return counted | {("number", club): last for club, last in await connection.execute(numbers)}


async def _copy(origin: AsyncConnection, there: AsyncConnection, table: Table) -> AsyncIterator[int]:
    """Copy a table; yields how many rows each step copied."""
    keys = list(table.primary_key)
    links = [column for column in table.c if any(key.references(table) for key in column.foreign_keys)]
    linked: list[dict[str, Any]] = []
    result = await origin.stream(select(table).order_by(*keys), execution_options=GOES_THROUGH_MUCH)
    async for batch in result.partitions(ROWS_AT_ONCE):
        rows = [dict(row._mapping) for row in batch]
        for row in rows:
            to_follow = {column.name: row[column.name] for column in links}
            if any(value is not None for value in to_follow.values()):
                linked.append({"row": row[keys[0].name], **to_follow})
                row |= dict.fromkeys(to_follow)
        await there.execute(insert(table), rows)
        yield len(rows)
    await _link(there, table, keys[0], linked)


async def _link(there: AsyncConnection, table: Table, key: Column[Any], linked: list[dict[str, Any]]) -> None:
    """What refers to a row of its own table, perhaps to a later one, follows when all of them are there."""
    for start in range(0, len(linked), ROWS_AT_ONCE):
        await there.execute(update(table).where(key == bindparam("row")), linked[start : start + ROWS_AT_ONCE])


async def _count_on(origin: AsyncConnection, there: AsyncConnection, table: Table) -> None:
    """New rows are numbered after all those that there ever were."""
    counter = table.autoincrement_column
    if counter is None:
        return
    ever = await origin.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    last = max(ever or 0, await origin.scalar(select(func.max(counter))) or 0)
    if last:
        sequence = func.pg_get_serial_sequence(table.name, counter.name)
        await there.execute(select(func.setval(sequence, last)))
