"""One message in private that shows one thing after the other: a press on its buttons changes it."""

from collections.abc import Sequence

from bot import speech
from bot.context import Context
from bot.domain.outgoing import Button, Buttons, Outgoing

Screen = tuple[str, Buttons]

_FITTING = ((4, 7), (3, 12), (2, 22))
"""How many buttons with how long labels stand in a row on a telephone."""


async def show(
    context: Context, about: str, user_id: int, screen: Screen, *, if_refused: Outgoing | None = None
) -> None:
    """Show this to a person in their latest message `about` this if they pressed there, else in a new one."""
    said, buttons = screen
    if await is_pressed(context, about):
        await context.work.outbox.put(speech.change(about, said, buttons))
    else:
        await context.work.outbox.put(speech.message(user_id, said, buttons, about=about, if_refused=if_refused))


async def is_pressed(context: Context, about: str) -> bool:
    """Was a button of the latest private message `about` this pressed?"""
    if context.incoming.callback_query is None or context.in_group:
        return False
    return await context.work.outbox.message_id(about) == context.message.message_id


def in_rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """As many in a row as can be read on a telephone."""
    longest = max((len(button.text) for button in buttons), default=0)
    per_row = next((count for count, length in _FITTING if longest <= length), 1)
    return [buttons[i : i + per_row] for i in range(0, len(buttons), per_row)]
