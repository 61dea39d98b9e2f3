"""The outbox: what the bot says is a row here until the sender has said it."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import FAREWELL, Outgoing, Priority, ShowAgain
from bot.storage.said import HAS_WORDS
from bot.storage.schema import UNSAID, outbox, unsaid
from bot.storage.turns import Waiting

EDIT, PHOTO, DOCUMENT = "editMessageText", "sendPhoto", "sendDocument"
PROGRESS = "progress_id"
"""Among the parameters of a document: the message that shows how far it is, if there is one already."""

_original = outbox.alias("original")
_other = outbox.alias("other")
_EDITED = select(outbox.c.edits_id).where(outbox.c.id == bindparam("edit")).scalar_subquery()
_COUNT_UNSAID = select(func.count()).where(UNSAID)
_MESSAGE = and_(outbox.c.about == bindparam("about"), outbox.c.method != EDIT)
_TOLD = _MESSAGE & (outbox.c.state != "dropped")
_HAS_TOLD = select(outbox.c.id).where(_TOLD).limit(1)
_ABOUT_IT = or_(_other.c.id == outbox.c.id, _other.c.edits_id == outbox.c.id)
_WAITS_ABOUT_IT = select(func.max(_other.c.priority)).where(unsaid(_other), _ABOUT_IT)
_LAST_ABOUT = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.message_id, _WAITS_ABOUT_IT.label("waits"))
    .where(_TOLD)
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_COUNT_SAID = select(func.count()).where(_MESSAGE, outbox.c.created_at > bindparam("since"))
_IS_PUT = select(outbox.c.id).where(outbox.c.once_key == bindparam("once_key"))
_CHANGE = update(outbox).where(outbox.c.id == bindparam("row"))
# As the edit is kept, and not as it was when the call began: somebody may have been forgotten meanwhile.
_NOW_SAYS = select(_original.c.params).where(_original.c.id == bindparam("edit")).scalar_subquery()
_CHANGE_EDITED = update(outbox).where(outbox.c.id == _EDITED).values(params=_NOW_SAYS)
_SENDING = _CHANGE.values(state="sending", attempts=outbox.c.attempts + 1, lead_id=bindparam("lead"))
_FORGET_LAST_WORDS = delete(outbox).where(outbox.c.about == FAREWELL, ~UNSAID)
_ADD = insert(outbox)


class Outbox:
    """The outbox within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.added = 0
        """How many rows were put here that the sender is to be told of."""
        self.chats: set[int | None] = set()
        """In which something is to be said."""
        self.priority = Priority.ANSWER
        """Of what is said, but for answers to buttons."""
        self.asked_at: datetime | None = None
        """When the update came that is being answered."""

    async def put(self, outgoing: Outgoing) -> None:
        """Say this as soon as the transaction is committed and the limits allow."""
        if outgoing.once_key and await self._finds(_IS_PUT, once_key=outgoing.once_key):
            return
        priority = Priority.BUTTON if outgoing.method == "answerCallbackQuery" else self.priority
        values = _columns(outgoing) | {"created_at": self._now, "asked_at": self.asked_at, "priority": priority}
        if outgoing.method == EDIT:
            original = await self._last_about(outgoing.about)
            if original is None:
                return  # there is nothing to edit
            values |= {"edits_id": original.id, "chat_id": original.chat_id}
            # It goes past neither its message nor an earlier change of that: what is said last stays.
            values["priority"] = max(priority, original.waits or 0)
        await self._connection.execute(_ADD, values)
        self.added += 1
        self.chats.add(values["chat_id"])

    async def has_told(self, about: str) -> bool:
        """Has this been told, or will it be?"""
        return await self._finds(_HAS_TOLD, about=about)

    async def message_id(self, about: str) -> int | None:
        """Telegram's id of the last message about this; None where there is none, or it is not known."""
        last = await self._last_about(about)
        return last.message_id if last else None

    async def count_said(self, about: str, since: datetime) -> int:
        """How many messages about this were put here since then."""
        return int((await self._connection.execute(_COUNT_SAID, {"about": about, "since": since})).scalar_one())

    async def told(self, prefix: str) -> list[str]:
        """What was told, or will be, under names that begin so; these are plain letters, digits and colons."""
        named = and_(outbox.c.about >= prefix, outbox.c.about < f"{prefix}~")
        told = and_(named, outbox.c.method != EDIT, outbox.c.state != "dropped")
        return list(await self._connection.scalars(select(outbox.c.about).where(told).distinct()))

    async def count_open(self) -> int:
        """How many rows are not said yet."""
        return (await self._connection.execute(_COUNT_UNSAID)).scalar_one()

    async def count_unsaid(self) -> dict[str, int]:
        """How many of those that are remembered will not be said (`dropped`), or were perhaps (`unknown`)."""
        lost = outbox.c.state.in_(("dropped", "unknown"))
        rows = await self._connection.execute(select(outbox.c.state, func.count()).where(lost).group_by(outbox.c.state))
        return {row[0]: row[1] for row in rows}

    async def sending(self, calls: Sequence[Sequence[int]]) -> None:
        """These calls, each for the rows with these ids, are about to be made; a crash now leaves their fate open."""
        rows = [{"row": id_, "lead": ids[0] if len(ids) > 1 else None} for ids in calls for id_ in ids]
        await self._change(rows, _SENDING)

    async def show_progress(self, id_: int, message_id: int) -> None:
        """How far the document of this row is is shown in that message: after a crash it is not to stay behind."""
        params = (await self._connection.execute(select(outbox.c.params).where(outbox.c.id == id_))).scalar_one()
        await self._change([{"row": id_, "params": params | {PROGRESS: message_id}}])

    async def ended(self, rows: Iterable[tuple[int, str, int | None, str | None]]) -> None:
        """These calls are over: (id, state, message id, error); sent, perhaps sent (unknown) or never (dropped)."""
        changes = [
            {"row": id_, "state": state, "ended_at": self._now, "message_id": message_id, "error": error}
            for id_, state, message_id, error in rows
        ]
        if changes:
            await self._change(changes)
            await self._connection.execute(_FORGET_LAST_WORDS)

    async def edited(self, edit: Waiting, message_id: int | None) -> None:
        """The edit was made. If its message had to be said anew, `message_id` is that one's: it stands alone."""
        values = {} if message_id is None else {"message_id": message_id, "lead_id": None}
        await self._connection.execute(_CHANGE_EDITED, {"edit": edit.id, **values})

    async def again(self, rows: Iterable[tuple[int, datetime, str]]) -> None:
        """These calls certainly had no effect: (id, when to make it again, error)."""
        await self._change(
            [
                {"row": id_, "state": "waiting", "not_before": not_before, "error": error}
                for id_, not_before, error in rows
            ]
        )

    async def prune(self, before: datetime) -> None:
        """Forget what ended before then; of what may be said once only, that it was said is kept, without its words."""
        over = outbox.c.ended_at < before
        await self._connection.execute(delete(outbox).where(over, outbox.c.once_key.is_(None)))
        await self._connection.execute(update(outbox).where(over, HAS_WORDS).values(params={}, if_refused=None))

    async def _last_about(self, about: str | None) -> Row[int, int, int, int | None] | None:
        return (await self._connection.execute(_LAST_ABOUT, {"about": about})).one_or_none()

    async def _finds(self, query: Select[Any], **about: Any) -> bool:
        return (await self._connection.execute(query, about)).first() is not None

    async def _change(self, rows: Sequence[dict[str, Any]], statement: Update = _CHANGE) -> None:
        if rows:
            await self._connection.execute(statement, rows)


def _columns(outgoing: Outgoing | ShowAgain) -> dict[str, Any]:
    """As asdict, which would copy all that the params hold."""
    values = {field.name: getattr(outgoing, field.name) for field in fields(outgoing)}
    instead = values.get("if_refused")
    return values | {"if_refused": _columns(instead)} if instead is not None else values
