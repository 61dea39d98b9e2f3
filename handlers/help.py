"""/start and /help."""

import re

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.commands import Command, Router, usable
from bot.context import Context
from bot.domain.errors import AdminsOnly, UnknownCommand
from bot.domain.models import Club
from bot.texts import clubs as texts
from bot.texts.vocabulary import english, plain
from handlers import audit, club_settings, guide, newcomers, value
from handlers.read import arguments, command_name

router = Router()
_FORM = re.compile(r"(refer|thanks)_([0-9]{1,9})")
"""What a link from the group brings: which form to begin, for which club."""
_DESK = {"settings": club_settings.open_link, "audit": audit.open_link, "value": value.open_link}
_DESK_LINK = re.compile(rf"({'|'.join(_DESK)})_([0-9]{{1,9}})")
"""What a link brings an admin: what to open, of which club."""


@router.command(
    "help",
    summary="what you can do here",
    usage="/help",
    examples=("/help",),
)
async def help_(update: Update, context: Context) -> None:
    """List what this person may use, here; an admin is told how to see what is for admins only."""
    lang, _ = await context.here()
    commands = await _usable(update, context)
    for_board = english("help", arguments(context.message)) == "board"
    if for_board and not any(command.admins_only for command in commands):
        raise AdminsOnly
    lines = [(each.usage, each.summary) for each in commands if each.admins_only is for_board]
    await context.reply(texts.help_lines(lang, lines, more=len(lines) < len(commands) and not for_board))


@router.command(
    "start",
    summary="who I am, and which clubs I know you from",
    usage="/start",
    examples=("/start",),
)
async def start(update: Update, context: Context) -> None:
    """Introduce the bot: in private with the person's clubs, in the group as when it was added."""
    lang, _ = await context.here()
    if context.in_group:
        await context.say(texts.greeting(lang))
        return
    if form := _FORM.fullmatch(arguments(context.message)):
        await guide.begin(context, "refer" if form[1] == "refer" else "thanks", int(form[2]))
        return
    if link := _DESK_LINK.fullmatch(arguments(context.message)):
        await _DESK[link[1]](context, int(link[2]))
        return
    if await newcomers.opened(context):
        return
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    await context.say(texts.welcome(lang, [club.title for club in clubs]))


async def unknown(update: Update, context: Context) -> None:
    """What is no command here: one of ours with an accent, which to Telegram is none, or a mistake.

    In a group it may be another bot's, unless this one is named.
    """
    word, text = command_name(context.message) or "", context.message.text or ""
    meant = next((each for each in context.house.commands if not word.isascii() and plain(word) in each.names), None)
    if meant is not None:
        await meant.handler(update, context)
    elif not context.in_group or f"@{context.bot.username}".lower() in text.split()[0].lower():
        raise UnknownCommand(word)


async def _usable(update: Update, context: Context) -> list[Command]:
    user = update.effective_user
    clubs: list[Club] = []
    if context.in_group:
        clubs = [await context.club()]
    elif user:
        clubs = await context.work.clubs.of_person(user.id)
    admin = user is not None and any(context.is_admin(club, user.id) for club in clubs)
    return usable(context.house.commands, private=not context.in_group, admin=admin)


class _Accented(filters.MessageFilter):
    """A text whose first word is a command but for a letter that no command may have."""

    def filter(self, message: Message) -> bool:
        """Is it one, and to no other bot?"""
        return isinstance(message.text, str) and _WITH_ACCENT.match(message.text) is not None


_OWN = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT
_WITH_ACCENT = re.compile(r"/(?=\w*(?:[^\W\x00-\x7f]|[\u0300-\u036f]))[\w\u0300-\u036f]+(?:\s|$)")
router.others.append(MessageHandler((filters.COMMAND | _Accented()) & _OWN, unknown))
