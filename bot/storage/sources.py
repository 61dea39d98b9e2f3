"""What a message of Telegram's has made already, whatever kind of entry it is."""

from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, Table, bindparam, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Source
from bot.storage.schema import meetings, referrals, thanks, visitors


class Made(NamedTuple):
    """The entry: of this `table`, with this number where it has one."""

    table: str
    number: int | None


def _made(table: Table) -> Select[Any]:
    number = table.c.number if "number" in table.c else null().cast(Integer)
    is_by_it = table.c.chat_id == bindparam("chat_id"), table.c.message_id == bindparam("message_id")
    return select(literal(table.name).label("of"), number.label("number")).where(*is_by_it)


_MADE = union_all(*(_made(table) for table in (referrals, thanks, meetings, visitors))).order_by("number")


class Sources:
    """The messages that entries come from, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def made_by(self, source: Source) -> Made | None:
        """What this message has made: the entry with the lowest number of those there are."""
        about = {"chat_id": source.chat_id, "message_id": source.message_id}
        row = (await self._connection.execute(_MADE, about)).first()
        return Made(*row) if row else None
