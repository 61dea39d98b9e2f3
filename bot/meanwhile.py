"""What an admin sees while a file is made that takes long: one message, which changes and goes when it is done."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.documents import Progress
from bot.texts.exports import in_the_making
from bot.texts.language import Language

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""What takes no longer is waited for without a word."""
EVERY_S = 3.0
"""How often the message changes: seldom enough for the limits of a chat, as nothing else is said in it meanwhile."""

Keep = Callable[[int], Awaitable[None]]
"""Keeps the id of the message, so that after a crash the next attempt goes on with the same one."""


@asynccontextmanager
async def shown(bot: Bot, chat_id: int, lang: Language, known: int | None, keep: Keep) -> AsyncIterator[Progress]:
    """The progress to be counted up, shown in the chat as long as it lasts; in the message `known` if there is one."""
    progress, over = Progress(), asyncio.Event()
    showing = asyncio.create_task(_show(bot, chat_id, lang, known, keep, progress, over))
    try:
        yield progress
    finally:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # the message stays for whoever makes the file after the next start
            showing.cancel()
        else:
            over.set()
        await asyncio.wait({showing})


async def _show(
    bot: Bot, chat_id: int, lang: Language, message_id: int | None, keep: Keep, progress: Progress, over: asyncio.Event
) -> None:
    said, wait = "", 0.0 if message_id is not None else PATIENCE_S
    try:
        while not await _within(wait, over):
            words = in_the_making(lang, progress.percent)
            if words != said:
                message_id, said = await _say(bot, chat_id, message_id, words, keep), words
            wait = EVERY_S
        if message_id is not None:
            await bot.delete_message(chat_id, message_id)
    except TelegramError as error:  # it is a courtesy: the file comes all the same
        log.warning("How far an export is cannot be shown: %s", type(error).__name__)


async def _say(bot: Bot, chat_id: int, message_id: int | None, words: str, keep: Keep) -> int:
    if message_id is not None:
        try:
            await bot.edit_message_text(words, chat_id=chat_id, message_id=message_id, parse_mode="HTML")
        except BadRequest as refused:
            if "message is not modified" in str(refused).lower():
                return message_id
        else:
            return message_id
    said = await bot.send_message(chat_id, words, parse_mode="HTML")
    await keep(said.message_id)
    return said.message_id


async def _within(seconds: float, over: asyncio.Event) -> bool:
    """Is it over after this time at the latest?"""
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)
    return over.is_set()
