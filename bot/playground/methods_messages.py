"""Bot API methods that send, change and take back messages, and answer presses."""

from bot.playground.chats import Chat
from bot.playground.checks import caption, message_text, replied_to, short_text, writable_chat
from bot.playground.forms import INTEGER, LIST, NOT_HERE, OBJECT, TEXT, TRUTH, Params
from bot.playground.keyboards import inline_keyboard
from bot.playground.methods import CAPTION, EDITING, SENDING, Method
from bot.playground.people import Json
from bot.playground.refusal import bad_request
from bot.playground.world import World, quoted

_TWO_DAYS = 48 * 3600  # after which a message can no longer be deleted (Bot API, deleteMessage)
_ANSWER_LIMIT = 200
_ACTIONS = frozenset(
    {
        *("typing", "choose_sticker", "find_location", "upload_photo", "upload_document"),
        *(
            "record_video",
            "upload_video",
            "record_voice",
            "upload_voice",
            "record_video_note",
            "upload_video_note",
        ),
    }
)


def post(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Send what is in `content`, with the buttons and the reply that `params` ask for."""
    buttons = inline_keyboard(params)
    if original := replied_to(chat, params):
        content["reply_to_message"] = quoted(original)
    return world.post(chat, world.bot.card(), content | buttons)


def _send_message(world: World, params: Params) -> Json:
    text, entities = message_text(world, params)
    chat = writable_chat(world, params)
    return post(world, chat, params, {"text": text} | ({"entities": entities} if entities else {}))


def _edit(world: World, params: Params, kind: str, words: str, content: Json, drops: tuple[str, ...]) -> Json:
    """Put `content` in the place of `drops` in a message of the bot's that has a `kind`; else say `words`."""
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, params)
    old = chat.messages.get(params["message_id"])
    if old is None:
        raise bad_request("message to edit not found")
    if old["from"]["id"] != world.bot.id or "left_chat_member" in old:
        raise bad_request("message can't be edited")
    if kind and kind not in old:
        raise bad_request(words)
    new = {key: value for key, value in old.items() if key not in (*drops, "reply_markup")} | content
    new |= inline_keyboard(params)
    if new == old:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    return world.replace(chat, new | {"edit_date": world.unix_now()})


def _edit_message_text(world: World, params: Params) -> Json:
    text, entities = message_text(world, params)
    content = {"text": text} | ({"entities": entities} if entities else {})
    return _edit(world, params, "text", "there is no text in the message to edit", content, ("entities",))


def _edit_message_caption(world: World, params: Params) -> Json:
    text, entities = caption(world, params)
    content: Json = {"caption": text} if text else {}
    content |= {"caption_entities": entities} if entities else {}
    drops = ("caption", "caption_entities")
    chat = world.chats.get(params.get("chat_id", 0))
    old = chat.messages.get(params.get("message_id", 0), {}) if chat else {}
    kind = "document" if "document" in old else "photo"
    return _edit(world, params, kind, "there is no caption in the message to edit", content, drops)


def _edit_message_reply_markup(world: World, params: Params) -> Json:
    return _edit(world, params, "", "", {}, ())


def _delete_message(world: World, params: Params) -> bool:
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    own = message["from"]["id"] == world.bot.id
    admin = chat.admin(world.bot.id)
    if not (own or admin or chat.type == "private"):
        raise bad_request("message can't be deleted")
    if not admin and world.unix_now() - message["date"] > _TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, message["message_id"])
    return True


def _answer_callback_query(world: World, params: Params) -> bool:
    text = short_text(params, "text", _ANSWER_LIMIT, "MESSAGE_TOO_LONG")
    if not world.answer(params.get("callback_query_id", ""), text, params.get("show_alert", False)):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return True


def _send_chat_action(world: World, params: Params) -> bool:
    writable_chat(world, params)
    if "action" not in params:
        raise bad_request('parameter "action" is required')  # ours
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


_PREVIEW = {"link_preview_options": OBJECT}
METHODS: dict[str, Method] = {
    "sendMessage": Method(_send_message, SENDING | _PREVIEW | {"text": TEXT, "entities": LIST}),
    "editMessageText": Method(
        _edit_message_text,
        EDITING | _PREVIEW | {"text": TEXT, "parse_mode": TEXT, "entities": LIST, "rich_message": NOT_HERE},
    ),
    "editMessageCaption": Method(_edit_message_caption, EDITING | CAPTION | {"show_caption_above_media": TRUTH}),
    "editMessageReplyMarkup": Method(_edit_message_reply_markup, EDITING),
    "deleteMessage": Method(_delete_message, {"chat_id": SENDING["chat_id"], "message_id": INTEGER}),
    "answerCallbackQuery": Method(
        _answer_callback_query,
        {
            "callback_query_id": TEXT,
            "text": TEXT,
            "show_alert": TRUTH,
            "url": NOT_HERE,
            "cache_time": INTEGER,
        },
    ),
    "sendChatAction": Method(
        _send_chat_action,
        {
            "chat_id": SENDING["chat_id"],
            "action": TEXT,
            "message_thread_id": NOT_HERE,
            "business_connection_id": NOT_HERE,
        },
    ),
}
