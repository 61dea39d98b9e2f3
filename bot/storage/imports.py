"""The files that clubs' pasts come in by."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.imports.brought import Import, Layout
from bot.storage.schema import imports

_DUE = ("reading", "agreed")


class Imports:
    """The imports within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.added = False  # is there something to read or to take in now that was not before?

    async def add(self, **values: Any) -> Import:
        """A file was sent; `values` are its columns."""
        self.added |= values["state"] in _DUE
        added = await self._connection.execute(insert(imports).values(values).returning(imports.c.id))
        return await self.get(added.scalar_one())

    async def get(self, import_id: int) -> Import:
        """The import with this id; it must exist."""
        return _import((await self._connection.execute(_select().where(imports.c.id == import_id))).one())

    async def find(self, import_id: int) -> Import | None:
        """The import with this id."""
        return await self._first(_select().where(imports.c.id == import_id))

    async def change(self, import_id: int, **values: Any) -> Import:
        """What is different now; a layout as such."""
        if isinstance(layout := values.get("layout"), Layout):
            values["layout"] = layout.as_json()
        self.added |= values.get("state") in _DUE
        await self._connection.execute(update(imports).where(imports.c.id == import_id).values(values))
        return await self.get(import_id)

    async def next_to_deal_with(self, except_ids: Collection[int] = ()) -> Import | None:
        """The one that waits longest to be read or taken in."""
        waits = and_(imports.c.state.in_(_DUE), imports.c.id.not_in(except_ids))
        return await self._first(_select().where(waits).order_by(imports.c.id))

    async def open_of(self, user_id: int) -> list[Import]:
        """This admin's imports that are not ended yet and that nobody works at."""
        theirs = and_(imports.c.user_id == user_id, imports.c.state.in_(("asking", "reading", "matching", "ready")))
        return [_import(row) for row in await self._connection.execute(_select().where(theirs))]

    async def latest_done(self, club_id: int) -> Import | None:
        """The club's last import that was not taken back."""
        done = and_(imports.c.club_id == club_id, imports.c.state == "done")
        return await self._first(_select().where(done).order_by(imports.c.done_at.desc(), imports.c.id.desc()))

    async def report(self, import_id: int) -> str:
        """What would become of each line, as CSV; "" once it is over."""
        found = await self._connection.execute(select(imports.c.report).where(imports.c.id == import_id))
        return found.scalar_one_or_none() or ""

    async def forget(self, before: datetime) -> int:
        """End what was sent before then and nobody decided on; what was in those files is kept no longer."""
        old = imports.c.created_at < before
        undecided = and_(old, imports.c.state.in_(("asking", "matching", "ready")))
        ended = await self._connection.execute(update(imports).where(undecided).values(state="ended"))
        over = and_(old, imports.c.state.not_in(_DUE), imports.c.report.is_not(None) | imports.c.layout.is_not(None))
        await self._connection.execute(update(imports).where(over).values(report=None, layout=null()))
        return ended.rowcount

    async def _first(self, query: Any) -> Import | None:
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        return _import(row) if row else None


def _select() -> Any:
    return select(
        imports.c.id,
        imports.c.club_id,
        imports.c.user_id,
        imports.c.file_id,
        imports.c.file_name,
        imports.c.state,
        imports.c.layout,
        imports.c.counts,
        imports.c.before,
        imports.c.last_number,
        imports.c.created_at,
        imports.c.done_at,
    )


def _import(row: Row[Any]) -> Import:
    values = row._asdict()
    if values["layout"] is not None:
        values["layout"] = Layout.of_json(values["layout"])
    return Import(**values)
