"""What was done in a club beside its ledger: undone, corrected, set, taken out and brought in."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.audit import AuditEntry
from bot.storage.schema import audit


class Audit:
    """The clubs' audit lists within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def add(self, club_id: int, by_id: int | None, what: str, **details: Any) -> None:
        """Keep that this member did this now; `details` are as AuditEntry says."""
        values = {"club_id": club_id, "at": self._now, "by_id": by_id, "what": what, "details": details}
        await self._connection.execute(insert(audit).values(values))

    async def latest(self, club_id: int, limit: int) -> list[AuditEntry]:
        """What was done last, the latest first."""
        query = (
            select(audit.c.at, audit.c.by_id, audit.c.what, audit.c.details)
            .where(audit.c.club_id == club_id)
            .order_by(audit.c.at.desc(), audit.c.id.desc())
            .limit(limit)
        )
        return [AuditEntry(*row) for row in await self._connection.execute(query)]
