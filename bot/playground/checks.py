"""What Telegram checks before it does what the bot asks. All raise RefusedError."""

import re
from typing import Any

from bot.playground.chats import Chat
from bot.playground.entities import clean, finish, is_empty, utf16_length
from bot.playground.forms import Params
from bot.playground.ground import CAPTION_LIMIT, TEXT_LIMIT
from bot.playground.html import checked_link, parse
from bot.playground.people import Json
from bot.playground.refusal import bad_request, forbidden, not_here
from bot.playground.world import World

_LANGUAGE = re.compile(r"[a-z]{2}")
_GIVEN_ENTITIES = frozenset(
    {
        *("bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
        *("code", "pre", "text_link", "text_mention"),
    }
)
# Telegram finds these by itself and ignores them when they are given.
_FOUND_ENTITIES = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})


def known_chat(world: World, params: Params) -> Chat:
    """A chat that the bot can look at."""
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    chat_id: int = params["chat_id"]
    if chat_id in world.people:
        return world.private(world.people[chat_id])
    chat = world.chats.get(chat_id)
    status = chat.status.get(world.bot.id) if chat else None
    if chat is None or status is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        words = "group chat was upgraded to a supergroup chat"
        raise bad_request(words, migrate_to_chat_id=chat.migrated_to)
    kind = "group" if chat.type == "group" else chat.type
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """A chat where the bot can write."""
    chat = known_chat(world, params)
    if chat.type == "private":
        if not chat.has(world.bot.id):
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif not chat.may(world.bot.id, "can_send_messages"):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def formatted(world: World, params: Params, text_name: str, entities_name: str) -> tuple[str, list[Json]]:
    """The text of this parameter, plain, and its entities."""
    text = clean(params.get(text_name, ""))
    mode = params.get("parse_mode", "").lower()
    if mode in ("markdown", "markdownv2"):
        raise not_here("Markdown; use HTML")
    if mode not in ("", "html", "none"):
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        return finish(*parse(text, world.people.get))
    given = [_entity(world, entity, utf16_length(text)) for entity in params.get(entities_name, ())]
    return finish(text, [entity for entity in given if entity["type"] not in _FOUND_ENTITIES])


def _entity(world: World, entity: Any, size: int) -> Json:
    cannot = "can't parse MessageEntity"
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request(cannot)
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int or offset < 0 or length < 1 or offset + length > size:
        raise bad_request(f"{cannot}: wrong offset or length")  # ours: Telegram mends or drops such an entity
    if entity["type"] not in _GIVEN_ENTITIES | _FOUND_ENTITIES:
        raise bad_request(f"{cannot}: unsupported type specified")
    if entity["type"] == "text_mention":
        user = entity.get("user")
        known = world.people.get(user["id"]) if isinstance(user, dict) and type(user.get("id")) is int else None
        if known is None:
            raise bad_request("invalid user_id specified")
        return entity | {"user": known.card()}
    if entity["type"] == "text_link" and not checked_link(str(entity.get("url", ""))):
        raise bad_request(f"{cannot}: wrong URL")
    return entity


def message_text(world: World, params: Params) -> tuple[str, list[Json]]:
    """The text of a message: there is some, and not too much."""
    if is_empty(params.get("text", "")):
        raise bad_request("message text is empty")
    text, entities = formatted(world, params, "text", "entities")
    if is_empty(text):
        raise bad_request("message text is empty")
    # "1-4096 characters after entities parsing": counted here in UTF-16 units, which is never less.
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption(world: World, params: Params) -> tuple[str, list[Json]]:
    """The text under a file; there may be none."""
    text, entities = formatted(world, params, "caption", "caption_entities")
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities


def replied_to(chat: Chat, params: Params) -> Json | None:
    """The message that this one replies to, if any."""
    reply = params.get("reply_parameters")
    if reply is None:
        return None
    unknown = reply.keys() - {"message_id", "chat_id", "allow_sending_without_reply"}
    if unknown or reply.get("chat_id", chat.id) != chat.id:
        raise not_here("quotes, and no replies in another chat")
    if type(reply.get("message_id")) is not int:
        raise bad_request("can't parse reply parameters")
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply", False):
        raise bad_request("message to be replied not found")
    return message


def language_code(params: Params) -> str:
    """The language that a text for the bot's users is in; "" is every language that has none of its own."""
    language: str = params.get("language_code", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def short_text(params: Params, name: str, limit: int, words: str) -> str | None:
    """A short text of at most `limit` UTF-16 units, else refused with `words`."""
    text: str | None = params.get(name)
    if text is not None and utf16_length(text) > limit:
        raise bad_request(words)
    return text
