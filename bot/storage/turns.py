"""Whose turn it is in the outbox: what may be said next, and what goes with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import Outgoing, ShowAgain
from bot.storage.schema import UNSAID, outbox, unsaid
from bot.storage.schema.replicas import shard_of


@dataclass(frozen=True)
class Waiting:
    """A row whose turn has come.

    Of an edit: `message_id` is that of its message, where Telegram told us; `gone`, that message was never sent and
    never will be; `joined`, it says other things too. `priority` is a Priority.
    """

    id: int
    chat_id: int | None
    method: str
    params: dict[str, Any]
    attempts: int
    message_id: int | None
    gone: bool
    joined: bool
    resend: bool
    if_refused: Outgoing | ShowAgain | None
    asked_at: datetime | None
    priority: int


_original = outbox.alias("original")
_WAITING: Select[Any] = select(
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.method,
    outbox.c.params,
    outbox.c.attempts,
    _original.c.message_id,
    func.coalesce(_original.c.state == "dropped", false()).label("gone"),
    _original.c.lead_id.is_not(None).label("joined"),
    outbox.c.resend,
    outbox.c.if_refused,
    outbox.c.asked_at,
    outbox.c.priority,
).join_from(outbox, _original, outbox.c.edits_id == _original.c.id, isouter=True)
_WAITS = and_(UNSAID, outbox.c.state == "waiting")
_other = outbox.alias("other")
_GOES_BEFORE = or_(
    _other.c.state == "sending",
    _other.c.not_before > bindparam("now"),  # until then the chat may not be written to
    _other.c.priority < outbox.c.priority,
    and_(_other.c.priority == outbox.c.priority, _other.c.id < outbox.c.id),
)
_FIRST_OF_ITS_CHAT = ~exists().where(
    unsaid(_other), _other.c.chat_id == outbox.c.chat_id, _other.c.id != outbox.c.id, _GOES_BEFORE
)
# In the order of an index, so that of all that waits no more is read than may be said.
_HEADS = (
    _WAITING.where(
        _WAITS,
        outbox.c.method.not_in(bindparam("except_methods", expanding=True)),
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")),
        or_(outbox.c.chat_id.is_(None), outbox.c.chat_id.not_in(bindparam("except_chats", expanding=True))),
        _FIRST_OF_ITS_CHAT,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("limit"))
)
_HEADS_IN_SHARDS = _HEADS.where(shard_of(outbox).in_(bindparam("shards", expanding=True)))
_BEHIND = (
    _WAITING.where(outbox.c.chat_id == bindparam("chat_id"), outbox.c.id > bindparam("id"))
    .where(_WAITS)
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
_EDITED = select(outbox.c.edits_id).where(outbox.c.id == bindparam("edit")).scalar_subquery()
_LEAD = select(outbox.c.lead_id).where(outbox.c.id == _EDITED).scalar_subquery()
_PARTS = select(outbox.c.id == _EDITED, outbox.c.params).where(outbox.c.lead_id == _LEAD).order_by(outbox.c.id)
_NEXT_TIME = select(func.min(outbox.c.not_before)).where(_WAITS, outbox.c.not_before > bindparam("now"))


class Turns:
    """The outbox as the sender reads it, within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def heads(
        self,
        limit: int,
        except_chats: Collection[int] = (),
        except_methods: Collection[str] = (),
        shards: Collection[int] | None = None,
    ) -> list[Waiting]:
        """What may be said next, in these shards or in all, by priority: answers to buttons, and the first row of each
        chat, if its time has come. In a chat of which something is being said, or was refused for now, nothing may be.

        A chat whose first row is one of `except_methods` is left out.
        """
        about: dict[str, Any] = {
            "now": self._now,
            "except_chats": list(except_chats),
            "except_methods": list(except_methods),
            "limit": limit,
        }
        query = _HEADS if shards is None else _HEADS_IN_SHARDS
        about |= {} if shards is None else {"shards": list(shards)}
        return [_as_waiting(row) for row in await self._connection.execute(query, about)]

    async def behind(self, row: Waiting, limit: int) -> list[Waiting]:
        """What waits behind this row in its chat, the oldest first."""
        about = {"chat_id": row.chat_id, "id": row.id, "limit": limit}
        return [_as_waiting(each) for each in await self._connection.execute(_BEHIND, about)]

    async def parts_after(self, edit: Waiting) -> list[dict[str, Any]]:
        """What the parts of a joined message say once this edit of one of them is made."""
        parts = await self._connection.execute(_PARTS, {"edit": edit.id})
        return [edit.params if is_edited else params for is_edited, params in parts]

    async def next_time(self) -> datetime | None:
        """When the first row that waits for a later time may be said."""
        found: datetime | None = (await self._connection.execute(_NEXT_TIME, {"now": self._now})).scalar_one()
        return found


def _as_waiting(row: Row[Any]) -> Waiting:
    return Waiting(**row._asdict() | {"if_refused": _instead(row.if_refused)})


def _instead(values: dict[str, Any] | None) -> Outgoing | ShowAgain | None:
    if values is None:
        return None
    if "referral_id" in values:
        return ShowAgain(**values)
    return Outgoing(**values | {"if_refused": _instead(values["if_refused"])})
