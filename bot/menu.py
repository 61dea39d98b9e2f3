"""Telegram's menu of commands: by where one is, and by the language of one's Telegram; English for all others."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.commands import Command, usable
from bot.storage.workplace import Workplace
from bot.texts import language
from bot.texts.catalogues import ENGLISH, SPOKEN
from bot.texts.vocabulary import shown_name

# The scope, and which commands it is for: those of a private chat? Those of admins?
_SCOPES: tuple[tuple[BotCommandScope, bool, bool], ...] = (
    (BotCommandScopeAllGroupChats(), False, False),
    (BotCommandScopeAllChatAdministrators(), False, True),
    (BotCommandScopeAllPrivateChats(), True, True),
)


async def offer(bot: Bot, workplace: Workplace, commands: Sequence[Command]) -> None:
    """Keep Telegram's menu in step with what is declared; what was set before and did not change is left alone.

    When the database cannot tell or keep what was set, all is set, and again at the next start.
    """
    known: dict[str, str] = {}
    with suppress(SQLAlchemyError):
        async with workplace.look() as work:
            known = await work.settled.digests()
    for scope, code, offered in _menus(commands):
        what = f"menu:{bot.id}:{scope.type}:{code}"
        digest = hashlib.sha256(json.dumps([list(pair) for pair in offered]).encode()).hexdigest()
        if known.get(what) == digest:
            continue
        await bot.set_my_commands([BotCommand(*pair) for pair in offered], scope=scope, language_code=code or None)
        with suppress(SQLAlchemyError):
            async with workplace.work() as work:
                await work.settled.put(what, digest)


def _menus(commands: Sequence[Command]) -> Iterator[tuple[BotCommandScope, str, list[tuple[str, str]]]]:
    """Each menu: its scope, its language ("" for all without one of their own), its commands with what they do."""
    for scope, private, admin in _SCOPES:
        for code in SPOKEN:
            lang = language(code)
            offered = [
                (shown_name(code, command.name), lang.plain(command.summary))
                for command in usable(commands, private=private, admin=admin)
            ]
            yield scope, "" if code == ENGLISH else code, offered
