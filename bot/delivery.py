"""One call to Telegram, and what became of it."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot import speech
from bot.calls import call
from bot.connections import NEVER_LEFT
from bot.documents import CannotBeMade, Made, Progress
from bot.domain.exports import Export
from bot.domain.outgoing import Outgoing
from bot.intake import seconds
from bot.meanwhile import Keep, shown
from bot.pictures.renderer import RenderFailed
from bot.speech import caption_alone
from bot.storage.outbox import DOCUMENT, EDIT, PHOTO, PROGRESS
from bot.storage.turns import Waiting
from bot.texts import exports as texts
from bot.texts import language

log = logging.getLogger(__name__)

# Doing these twice is the same as once.
_REPEATABLE = ("editMessageText", "editMessageReplyMarkup", "answerCallbackQuery")
_MAX_REPEATS = 6  # a call that Telegram itself fails at must not block its chat for long
_TAKEN_IN_S = 120.0
"""How long Telegram may take to answer once it has all of a file."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0


@dataclass(frozen=True)
class Makers:
    """What makes, when they are sent, the things that a row names by a recipe.

    `file` gives a file for as long as it is needed, or raises CannotBeMade; `picture` returns a PNG, or raises
    RenderFailed.
    """

    file: Callable[[dict[str, Any], Progress], AbstractAsyncContextManager[Made]]
    picture: Callable[[dict[str, Any]], Awaitable[bytes]]


@dataclass(frozen=True)
class Fate:
    """What became of a call.

    `refused`: the chat cannot be written to at all; `moved_to`: it has another id; `held_back`: Telegram said 429.
    `then` is what is to be said next, whatever the state.
    """

    state: Literal["sent", "again", "unknown", "dropped"]
    message_id: int | None = None
    error: str | None = None
    after_s: float = 0.0
    refused: bool = False
    moved_to: int | None = None
    then: tuple[Outgoing, ...] = ()
    held_back: bool = False


async def deliver(bot: Bot, row: Waiting, makers: Makers, keep: Keep) -> Fate:
    """Make the call of this row; `keep` is told of the message that shows its progress, where it takes long."""
    method, params = row.method, dict(row.params)
    if row.chat_id is not None:
        params["chat_id"] = row.chat_id
    if method == EDIT and row.message_id is not None:
        params["message_id"] = row.message_id
    elif method == EDIT and row.gone:
        return Fate("dropped", error="what it would change was never said")
    elif method == EDIT:
        method = "sendMessage"  # what it would change may never have arrived: say it anew
    try:
        if method == DOCUMENT:
            return await _document(bot, params, makers, keep)
        if method == PHOTO:
            said = await _photo(bot, params, makers)
        else:
            said = await call(bot, method, params)
    except TelegramError as error:
        return _fate(error, method, row.attempts)
    return Fate("sent", said["message_id"] if isinstance(said, dict) else None)


async def _document(bot: Bot, params: dict[str, Any], makers: Makers, keep: Keep) -> Fate:
    """Send the file, from the disk. One that is too large is sent in parts: each is a message of its own."""
    recipe, chat_id, known = params["document"], params["chat_id"], params.pop(PROGRESS, None)
    lang = language(recipe["language"])
    try:
        async with shown(bot, chat_id, lang, known, keep) as progress, makers.file(recipe, progress) as made:
            if made.parts:
                return Fate("sent", then=tuple(_part(chat_id, params, *part) for part in made.parts))
            with made.path.open("rb") as file:
                document = InputFile(file, filename=made.path.name, read_file_handle=False)
                said = await call(bot, DOCUMENT, params | {"document": document}, answer_s=_TAKEN_IN_S)
        return Fate("sent", said["message_id"])
    except CannotBeMade as problem:
        log.error("A file cannot be made: %s", problem)
        return Fate("dropped", error="it cannot be made", then=(speech.message(chat_id, texts.not_made(lang)),))


def _part(chat_id: int, params: dict[str, Any], export: Export, caption: str) -> Outgoing:
    """A part of a document that is too large, with its own line under that of the whole."""
    lines = [Markup(params[name]) for name in ("caption",) if name in params]  # noqa: S704  it is HTML already
    return speech.file(chat_id, export.recipe(), Markup("\n").join([*lines, caption]))


async def _photo(bot: Bot, params: dict[str, Any], makers: Makers) -> Any:
    """Send the photo, or the words alone if it cannot be made, or this chat takes none."""
    try:
        png = await makers.picture(params["photo"])
        return await call(bot, PHOTO, params | {"photo": InputFile(png, filename="picture.png")})
    except RenderFailed as failed:
        log.warning("The words go without their picture: %s", failed)
    except BadRequest as refused:  # so it certainly had no effect; for another reason the words are refused too
        log.warning("The words go without their picture: %s", type(refused).__name__)
    return await call(bot, "sendMessage", caption_alone(params))


def _fate(error: TelegramError, method: str, attempts: int) -> Fate:
    said = f"{type(error).__name__}: {error}"
    pause = min(_FIRST_PAUSE_S * 2 ** min(attempts, 10), _LONGEST_PAUSE_S)
    match error:
        case RetryAfter():
            return Fate("again", error=said, after_s=seconds(error), held_back=True)
        case ChatMigrated() if method == EDIT:  # the message stayed behind in the group that was
            return Fate("dropped", error=said, moved_to=error.new_chat_id)
        case ChatMigrated():
            return Fate("again", error=said, moved_to=error.new_chat_id)
        case Forbidden():
            return Fate("dropped", error=said, refused=True)
        case InvalidToken():  # the program ends by it; with the right one it goes on where it was
            return Fate("again", error=said, after_s=pause)
        case BadRequest():
            if "message is not modified" in str(error).lower():
                return Fate("sent")
            return Fate("dropped", error=said, refused="chat not found" in str(error).lower())
        case NetworkError() if isinstance(error.__cause__, NEVER_LEFT):
            return Fate("again", error=said, after_s=pause)
        case NetworkError() if method in _REPEATABLE and attempts < _MAX_REPEATS:
            return Fate("again", error=said, after_s=pause)
        case _:
            return Fate("unknown", error=said)
