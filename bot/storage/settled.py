"""What was set at Telegram and stays so until it is set otherwise."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import settled


class Settled:
    """What was set, within one transaction: a digest by name."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def digests(self) -> dict[str, str]:
        """All that was set."""
        rows = await self._connection.execute(select(settled.c.what, settled.c.digest))
        return {row.what: row.digest for row in rows}

    async def put(self, what: str, digest: str) -> None:
        """This was set now."""
        await self._connection.execute(delete(settled).where(settled.c.what == what))
        await self._connection.execute(insert(settled).values(what=what, digest=digest))
