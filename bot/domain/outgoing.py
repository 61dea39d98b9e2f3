"""What the bot is about to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

FAREWELL = "farewell"
"""What the last words to someone who was forgotten are `about`: no trace of them is kept once they are said."""


class Priority(IntEnum):
    """What is said before what: a button that was pressed shows that it waits, after an answer somebody does, and after
    what comes by the clock nobody."""

    BUTTON = 0
    ANSWER = 1
    BY_THE_CLOCK = 2


@dataclass(frozen=True)
class Outgoing:
    """One call of the Bot API to make.

    `chat_id` is None for what goes to no chat: the answer to a button, and an edit, which goes where its message
    went. `about` names a message; an edit changes the last message of that name. `once_key` lets a row in once,
    ever. `resend`: after a crash in the middle of the call, is a second copy better than none? `if_refused` is done
    when the person or group cannot be written to.
    """

    chat_id: int | None
    method: str
    params: dict[str, Any]
    about: str | None = None
    once_key: str | None = None
    resend: bool = True
    if_refused: "Outgoing | ShowAgain | None" = None


@dataclass(frozen=True)
class ShowAgain:
    """Bring the group's answer about this referral up to date: it depends on what could be told in private."""

    referral_id: int


@dataclass(frozen=True)
class Button:
    """A button under a message: either `data` comes back when it is pressed, or it opens `url`."""

    text: str
    data: str | None = None
    url: str | None = None


Buttons = Sequence[Sequence[Button]]
