"""The inbox: every update as Telegram sent it, until it has had its effect."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert  # with ON CONFLICT, which SQLite writes the same way
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import UNREAD, inbox
from bot.storage.schema.replicas import shard_of

_CHAT_FIELDS = ("message", "edited_message", "channel_post", "my_chat_member", "chat_member")


@dataclass(frozen=True)
class Received:
    """An update that waits for its effect; `payload` is Telegram's JSON."""

    id: int
    chat_id: int | None
    payload: str
    received_at: datetime


_KEEP = insert(inbox).on_conflict_do_nothing().returning(inbox.c.id)
_WAITING = (
    select(inbox.c.id, inbox.c.chat_id, inbox.c.payload, inbox.c.received_at)
    .where(UNREAD, inbox.c.chat_id.is_(None) | inbox.c.chat_id.not_in(bindparam("except_chats", expanding=True)))
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_WAITING_IN_SHARDS = _WAITING.where(shard_of(inbox).in_(bindparam("shards", expanding=True)))
_COUNT_WAITING = select(func.count()).select_from(inbox).where(UNREAD)
_DONE = (
    update(inbox)
    .where(inbox.c.id.in_(bindparam("ids", expanding=True)), UNREAD)
    .values(state="done", payload="", chat_id=None, ended_at=bindparam("at"))
)
_FAILED = update(inbox).where(inbox.c.id == bindparam("row"))


class Inbox:
    """The inbox within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.chats: set[int | None] = set()
        """In which something came."""

    async def store(self, updates: Sequence[dict[str, Any]], now: datetime) -> int:
        """Keep those of the raw updates that are not here yet; return how many that were."""
        rows = [
            {
                "update_id": update["update_id"],
                "chat_id": _chat_id(update),
                "payload": _as_text(update),
                "received_at": now,
            }
            for update in updates
        ]
        self.chats.update(row["chat_id"] for row in rows)
        return len((await self._connection.execute(_KEEP, rows)).all())

    async def waiting(
        self, limit: int, except_chats: Collection[int] = (), shards: Collection[int] | None = None
    ) -> list[Received]:
        """The oldest updates without an effect, of these shards or of all; but none of `except_chats`."""
        about: dict[str, Any] = {"except_chats": list(except_chats), "limit": limit}
        if shards is not None:
            about |= {"shards": list(shards)}
            return [Received(*row) for row in await self._connection.execute(_WAITING_IN_SHARDS, about)]
        return [Received(*row) for row in await self._connection.execute(_WAITING, about)]

    async def count_waiting(self) -> int:
        """How many updates have had no effect yet."""
        return (await self._connection.execute(_COUNT_WAITING)).scalar_one()

    async def done(self, ids: Sequence[int], now: datetime) -> None:
        """These have had their effect, in this same transaction; those that failed stay set aside.

        What people wrote, and where, is not kept here any longer: the update id alone tells a second delivery.
        """
        await self._connection.execute(_DONE, {"ids": list(ids), "at": now})

    async def failed(self, id_: int, error: str, now: datetime) -> None:
        """Set this one aside, with its error, for an operator to see."""
        await self._connection.execute(_FAILED, {"row": id_, "state": "failed", "ended_at": now, "error": error})

    async def failures(self) -> list[tuple[int, str]]:
        """What was set aside: (inbox id, error)."""
        query = select(inbox.c.id, inbox.c.error).where(inbox.c.state == "failed").order_by(inbox.c.id)
        return [(id_, error or "") for id_, error in await self._connection.execute(query)]

    async def prune(self, before: datetime, failed_before: datetime) -> None:
        """Forget what was done before then, and what failed before `failed_before`.

        Until then what failed stays, but frees its update id: ids come round again.
        """
        ended, failed = inbox.c.ended_at < before, inbox.c.state == "failed"
        await self._connection.execute(delete(inbox).where(ended, inbox.c.state == "done"))
        await self._connection.execute(delete(inbox).where(inbox.c.ended_at < failed_before, failed))
        await self._connection.execute(update(inbox).where(ended, failed).values(update_id=None))


def _as_text(update: dict[str, Any]) -> str:
    # JSON's escapes can carry half a character (a lone surrogate), which no database keeps and nobody can be sent.
    return json.dumps(update, ensure_ascii=False).encode("utf-8", "replace").decode()


def _chat_id(update: dict[str, Any]) -> int | None:
    """The chat whose order this update belongs to, as far as the raw update tells (it may be nonsense)."""
    holder: Any = next((update[name] for name in _CHAT_FIELDS if name in update), None)
    if isinstance(update.get("callback_query"), dict):
        holder = update["callback_query"].get("message")
    chat = holder.get("chat") if isinstance(holder, dict) else None
    id_ = chat.get("id") if isinstance(chat, dict) else None
    return id_ if isinstance(id_, int) and abs(id_) < 2**63 else None
