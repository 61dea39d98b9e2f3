"""Inline keyboards: what Telegram takes and what it refuses."""

from typing import Any

from bot.playground.forms import Params
from bot.playground.html import checked_link
from bot.playground.people import Json
from bot.playground.refusal import bad_request, not_here

_ACTIONS = frozenset({"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "copy_text"})
_ACTIONS_NOT_HERE = frozenset({"web_app", "login_url", "switch_inline_query_chosen_chat", "callback_game", "pay"})
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_STYLES = frozenset({"danger", "success", "primary"})
_CANNOT = "can't parse inline keyboard button: "
_BUTTON_LIMIT, _DATA_LIMIT, _COPY_LIMIT = 100, 64, 256


def inline_keyboard(params: Params) -> Json:
    """The reply_markup as a message field: {} if there are no buttons. Raises RefusedError."""
    markup = params.get("reply_markup")
    if markup is None:
        return {}
    if set(markup) != {"inline_keyboard"}:
        if set(markup) & {"keyboard", "remove_keyboard", "force_reply"}:
            raise not_here("keyboards but inline ones")
        raise bad_request("object expected as reply markup")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in checked) > _BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": checked}} if checked else {}


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(f"{_CANNOT}expected an Object")
    if unknown := button.keys() - _ACTIONS - _ACTIONS_NOT_HERE - _LOOKS:
        raise bad_request(f'{_CANNOT}there is no field "{min(unknown)}"')  # ours: Telegram ignores it
    if "text" not in button:
        raise bad_request(f'{_CANNOT}Can\'t find field "text"')
    if not all(isinstance(button[name], str) for name in _LOOKS & button.keys()):
        raise bad_request(f'{_CANNOT}Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request(f"{_CANNOT}invalid button style specified")
    actions = button.keys() & (_ACTIONS | _ACTIONS_NOT_HERE)
    if not actions:
        raise bad_request(f"{_CANNOT}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{_CANNOT}a button does exactly one thing")  # ours: Telegram takes the first it knows
    _check_action(actions.pop(), button)
    return button


def _check_action(action: str, button: Json) -> None:
    value = button[action]
    if action in _ACTIONS_NOT_HERE:
        raise not_here(f"buttons with {action}")
    if action == "copy_text":
        value = value.get("text") if isinstance(value, dict) else None
    if not isinstance(value, str):
        raise bad_request(f'{_CANNOT}Field "{action}" must be of type String')
    if action == "callback_data" and not 1 <= len(value.encode()) <= _DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text" and not 1 <= len(value) <= _COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "url" and not checked_link(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
