"""When more waits for a chat than it may have now, answers are joined into as few messages as stay readable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.names import utf16_length
from bot.storage.turns import Waiting

MAX_PARTS = 12
"""More answers in one message would be a wall of text."""
MAX_TEXT = 4096
"""Telegram's limit, in UTF-16 units after the markup is read; here the markup counts too, to be on the safe side."""
_BETWEEN = "\n\n"
_SEND = "sendMessage"
_TOPIC = "message_thread_id"
# What a message is made of; whom it answers and which topic it is in is not, and an edit cannot change that.
_CONTENT = ("parse_mode", "link_preview_options", "reply_markup")


def as_many_as_fit(rows: Sequence[Waiting]) -> list[Waiting]:
    """The first of these rows of one chat, and those after it that may stand in one message with it."""
    first, length = rows[0], 0
    fitting: list[Waiting] = []
    for row in rows[:MAX_PARTS]:
        length += utf16_length(str(row.params.get("text", ""))) + len(_BETWEEN)
        if fitting and (not _may_be_joined(row, first) or length > MAX_TEXT):
            break
        fitting.append(row)
    return fitting if _may_be_joined(first, first) else fitting[:1]


def joined(rows: Sequence[Waiting]) -> Waiting:
    """One call that says what all these rows say."""
    if len(rows) == 1:
        return rows[0]
    topic = {name: value for name, value in rows[0].params.items() if name == _TOPIC}
    return replace(rows[0], params=together([row.params for row in rows]) | topic)


def together(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a message of these parts says, in their order; it has the buttons of the last."""
    whole = {name: parts[-1][name] for name in _CONTENT if name in parts[-1]}
    return whole | {"text": _BETWEEN.join(part["text"] for part in parts)}


def _may_be_joined(row: Waiting, first: Waiting) -> bool:
    # What may be said once only, such as a weekly post, stands alone.
    return row.method == _SEND and row.resend and row.params.get(_TOPIC) == first.params.get(_TOPIC)
