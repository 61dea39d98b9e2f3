"""The outbox: what the bot says is a row here until the sender has said it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, false, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import Outgoing, ShowAgain
from bot.storage.schema import outbox

EDIT, PHOTO = "editMessageText", "sendPhoto"


@dataclass(frozen=True)
class Waiting:
    """A row whose turn has come.

    Of an edit: `message_id` is that of its message, where Telegram told us; `gone`, that message was never sent and
    never will be; `joined`, it says other things too.
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


class Outbox:
    """The outbox within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.added = 0

    async def put(self, outgoing: Outgoing) -> None:
        """Say this as soon as the transaction is committed and the limits allow."""
        if outgoing.once_key and await self._exists(outbox.c.once_key == outgoing.once_key):
            return
        values = asdict(outgoing) | {"created_at": self._now}
        if outgoing.method == EDIT:
            original = await self._last_about(outgoing.about)
            if original is None:
                return  # there is nothing to edit
            values |= {"edits_id": original.id, "chat_id": original.chat_id}
        await self._connection.execute(insert(outbox).values(values))
        self.added += 1

    async def has_told(self, about: str) -> bool:
        """Has this been told, or will it be?"""
        return await self._exists(and_(outbox.c.about == about, outbox.c.method != EDIT, outbox.c.state != "dropped"))

    async def message_id(self, about: str) -> int | None:
        """Telegram's id of the last message about this; None where there is none, or it is not known."""
        last = await self._last_about(about)
        return last.message_id if last else None

    async def count_said(self, about: str, since: datetime) -> int:
        """How many messages about this were put here since then."""
        put = and_(outbox.c.about == about, outbox.c.method != EDIT, outbox.c.created_at > since)
        return int((await self._connection.execute(select(func.count()).where(put))).scalar_one())

    async def told(self, prefix: str) -> list[str]:
        """What was told, or will be, under names that begin so; these are plain letters, digits and colons."""
        named = and_(outbox.c.about >= prefix, outbox.c.about < f"{prefix}~")
        told = and_(named, outbox.c.method != EDIT, outbox.c.state != "dropped")
        return list(await self._connection.scalars(select(outbox.c.about).where(told).distinct()))

    async def heads(self, limit: int, except_chats: Collection[int] = (), photos: bool = True) -> list[Waiting]:
        """What may be said next: the first row of each chat, if its time has come, and answers to buttons.

        Without `photos` a chat whose first row is one is left out.
        """
        first_of_chat = (
            select(func.min(outbox.c.id))
            .where(outbox.c.state.in_(("waiting", "sending")), outbox.c.chat_id.is_not(None))
            .group_by(outbox.c.chat_id)
        )
        if except_chats:
            first_of_chat = first_of_chat.where(outbox.c.chat_id.not_in(except_chats))
        query = (
            _waiting()
            .where(
                outbox.c.state == "waiting",
                true() if photos else outbox.c.method != PHOTO,
                or_(outbox.c.not_before.is_(None), outbox.c.not_before <= self._now),
                or_(outbox.c.chat_id.is_(None), outbox.c.id.in_(first_of_chat)),
            )
            .order_by(outbox.c.chat_id.is_not(None), outbox.c.id)
            .limit(limit)
        )
        return [_as_waiting(row) for row in await self._connection.execute(query)]

    async def behind(self, row: Waiting, limit: int) -> list[Waiting]:
        """What waits behind this row in its chat, the oldest first."""
        query = (
            _waiting()
            .where(outbox.c.chat_id == row.chat_id, outbox.c.id > row.id, outbox.c.state == "waiting")
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [_as_waiting(each) for each in await self._connection.execute(query)]

    async def parts_after(self, edit: Waiting) -> list[dict[str, Any]]:
        """What the parts of a joined message say once this edit of one of them is made."""
        edited = select(outbox.c.edits_id).where(outbox.c.id == edit.id).scalar_subquery()
        lead = select(outbox.c.lead_id).where(outbox.c.id == edited).scalar_subquery()
        query = select(outbox.c.id == edited, outbox.c.params).where(outbox.c.lead_id == lead).order_by(outbox.c.id)
        return [edit.params if is_edited else params for is_edited, params in await self._connection.execute(query)]

    async def next_time(self) -> datetime | None:
        """When the first row that waits for a later time may be said."""
        query = select(func.min(outbox.c.not_before)).where(
            outbox.c.state == "waiting", outbox.c.not_before > self._now
        )
        found: datetime | None = (await self._connection.execute(query)).scalar_one()
        return found

    async def count_open(self) -> int:
        """How many rows are not said yet."""
        query = select(func.count()).where(outbox.c.state.in_(("waiting", "sending")))
        return (await self._connection.execute(query)).scalar_one()

    async def sending(self, ids: Sequence[int]) -> None:
        """One call is about to be made for these rows; a crash from here on leaves its fate open."""
        lead_id = ids[0] if len(ids) > 1 else None
        values = {"state": "sending", "attempts": outbox.c.attempts + 1, "lead_id": lead_id}
        await self._connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(values))

    async def ended(self, id_: int, state: str, message_id: int | None, error: str | None) -> None:
        """The call is over: `state` is sent, unknown (perhaps sent) or dropped (never will be)."""
        await self._set(id_, state=state, ended_at=self._now, message_id=message_id, error=error)

    async def edited(self, edit: Waiting, message_id: int | None) -> None:
        """The edit was made. If its message had to be said anew, `message_id` is that one's: it stands alone."""
        original = select(outbox.c.edits_id).where(outbox.c.id == edit.id).scalar_subquery()
        values: dict[str, Any] = {"params": edit.params}
        if message_id is not None:
            values |= {"message_id": message_id, "lead_id": None}
        await self._connection.execute(update(outbox).where(outbox.c.id == original).values(values))

    async def again(self, id_: int, not_before: datetime, error: str) -> None:
        """The call certainly had no effect: make it again then."""
        await self._set(id_, state="waiting", not_before=not_before, error=error)

    async def recover(self) -> tuple[int, int]:
        """After a crash: what was being sent is sent again or left as unknown. Returns how many of each."""
        cut_off = outbox.c.state == "sending"
        again = await self._connection.execute(
            update(outbox).where(cut_off, outbox.c.resend).values(state="waiting", error="cut off")
        )
        unknown = await self._connection.execute(
            update(outbox).where(cut_off).values(state="unknown", ended_at=self._now, error="cut off")
        )
        return again.rowcount, unknown.rowcount

    async def leave(self, error: str) -> None:
        """What is not said yet may have been said since, by somebody else: it is left as unknown."""
        unsaid = outbox.c.state.in_(("waiting", "sending"))
        values = {"state": "unknown", "ended_at": self._now, "error": error}
        await self._connection.execute(update(outbox).where(unsaid).values(values))

    async def prune(self, before: datetime) -> None:
        """Forget what ended before then, except what may be said once only."""
        await self._connection.execute(delete(outbox).where(outbox.c.ended_at < before, outbox.c.once_key.is_(None)))

    async def _last_about(self, about: str | None) -> Row[int, int, int] | None:
        query = (
            select(outbox.c.id, outbox.c.chat_id, outbox.c.message_id)
            .where(outbox.c.about == about, outbox.c.method != EDIT, outbox.c.state != "dropped")
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        return (await self._connection.execute(query)).one_or_none()

    async def _exists(self, condition: ColumnElement[bool]) -> bool:
        return (await self._connection.execute(select(outbox.c.id).where(condition).limit(1))).first() is not None

    async def _set(self, id_: int, **values: Any) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == id_).values(values))


def _waiting() -> Select[Any]:
    original = outbox.alias("original")
    return select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.method,
        outbox.c.params,
        outbox.c.attempts,
        original.c.message_id,
        func.coalesce(original.c.state == "dropped", false()).label("gone"),
        original.c.lead_id.is_not(None).label("joined"),
        outbox.c.resend,
        outbox.c.if_refused,
    ).join_from(outbox, original, outbox.c.edits_id == original.c.id, isouter=True)


def _as_waiting(row: Row[Any]) -> Waiting:
    return Waiting(**row._asdict() | {"if_refused": _instead(row.if_refused)})


def _instead(values: dict[str, Any] | None) -> Outgoing | ShowAgain | None:
    if values is None:
        return None
    if "referral_id" in values:
        return ShowAgain(**values)
    return Outgoing(**values | {"if_refused": _instead(values["if_refused"])})
