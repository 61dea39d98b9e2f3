"""Saying things: what handlers and the schedule say becomes rows of the outbox, in their transaction."""

from dataclasses import replace
from typing import Any

from bot.domain.graphemes import cut
from bot.domain.names import shown_length, utf16_length
from bot.domain.outgoing import Buttons, Outgoing, ShowAgain

MAX_ALERT = 200
"""Telegram's limit for the text of an answer to a button; counted in UTF-16 units, to be on the safe side."""
MAX_CAPTION = 1024
"""Telegram's limit for the words under a photo, in UTF-16 units without the markup."""


def message(
    chat_id: int,
    text: str,
    buttons: Buttons = (),
    *,
    reply_to: int | None = None,
    thread: int | None = None,
    about: str | None = None,
    if_refused: Outgoing | ShowAgain | None = None,
    resend: bool = True,
) -> Outgoing:
    """A message to a chat; `reply_to` a message in it, in forum topic `thread`.

    Without `resend` it is rather missing than twice there after a crash, and it stands alone with its buttons.
    """
    params = _content(text, buttons)
    if thread is not None:
        params["message_thread_id"] = thread
    if reply_to is not None:
        params["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return Outgoing(chat_id, "sendMessage", params, about=about, if_refused=if_refused, resend=resend)


def change(about: str, text: str, buttons: Buttons = ()) -> Outgoing:
    """Change the last message about this, sent or not; nothing happens if there was none."""
    return Outgoing(None, "editMessageText", _content(text, buttons), about=about)


def without_buttons(chat_id: int, message_id: int, about: str) -> Outgoing:
    """Take the buttons of this message away, for one of which no row tells any more."""
    return Outgoing(chat_id, "editMessageReplyMarkup", {"message_id": message_id}, about=about)


def weekly_post(chat_id: int, text: str, once_key: str, recipe: dict[str, Any] | None = None) -> Outgoing:
    """A message that is sent at most once, ever, with the picture of this recipe or without one.

    After a crash it is rather missing than twice there.
    """
    if recipe is not None:
        return photo(chat_id, recipe, text, once_key=once_key, resend=False)
    return Outgoing(chat_id, "sendMessage", _content(text, ()), once_key=once_key, resend=False)


def once(chat_id: int, text: str, once_key: str, buttons: Buttons, about: str) -> Outgoing:
    """The same with buttons, that can be changed later."""
    content = _content(text, buttons)
    return Outgoing(chat_id, "sendMessage", content, about=about, once_key=once_key, resend=False)


def file(chat_id: int, recipe: dict[str, Any], caption: str = "", if_refused: Outgoing | None = None) -> Outgoing:
    """A file that is made by `recipe` when it is sent."""
    params: dict[str, Any] = {"document": recipe}
    if caption:
        params |= {"caption": caption, "parse_mode": "HTML"}
    return Outgoing(chat_id, "sendDocument", params, if_refused=if_refused)


def photo(
    chat_id: int,
    recipe: dict[str, Any],
    caption: str,
    buttons: Buttons = (),
    *,
    reply_to: int | None = None,
    thread: int | None = None,
    once_key: str | None = None,
    if_refused: Outgoing | ShowAgain | None = None,
    resend: bool = True,
) -> Outgoing:
    """A picture that is made by `recipe` (see bot/pictures/gallery.py) when it is sent, with words under it.

    The words say all that matters: they go alone where no picture can be made or sent, and where they are too many
    to stand under one. `once_key` and `resend` are those of Outgoing.
    """
    said = message(chat_id, caption, buttons, reply_to=reply_to, thread=thread, if_refused=if_refused, resend=resend)
    said = replace(said, once_key=once_key)
    if shown_length(caption) > MAX_CAPTION:
        return said
    params = {name: value for name, value in said.params.items() if name not in ("text", "link_preview_options")}
    return replace(said, method="sendPhoto", params=params | {"photo": recipe, "caption": str(caption)})


def caption_alone(params: dict[str, Any]) -> dict[str, Any]:
    """The words of a photo as a message without it."""
    rest = {name: value for name, value in params.items() if name not in ("photo", "caption")}
    return rest | {"text": params["caption"], "link_preview_options": {"is_disabled": True}}


def alert(query_id: str, text: str = "", *, window: bool = False) -> Outgoing:
    """The answer to a button: a line at the top of the chat, or a `window` to be closed; "" only ends the wait."""
    params: dict[str, Any] = {"callback_query_id": query_id}
    if text:
        params["text"] = cut(text, MAX_ALERT, utf16_length)
        params["show_alert"] = window
    return Outgoing(None, "answerCallbackQuery", params)


def _content(text: str, buttons: Buttons) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": str(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if buttons:
        content["reply_markup"] = {
            "inline_keyboard": [
                [
                    {"text": button.text, "callback_data": button.data}
                    if button.url is None
                    else {"text": button.text, "url": button.url}
                    for button in row
                ]
                for row in buttons
            ]
        }
    return content
