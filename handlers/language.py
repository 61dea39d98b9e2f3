"""/language: in which language a person wants to be written to."""

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton, UnknownWord
from bot.domain.models import Person
from bot.domain.outgoing import Button, Buttons
from bot.texts import clubs as club_texts
from bot.texts import language, language_of
from bot.texts import languages as texts
from bot.texts.catalogues import SPOKEN
from handlers.buttons import words
from handlers.read import arguments

router = Router()


@router.command(
    "language",
    summary="the language in which I write to you in private",
    usage="/language [language]",
    examples=("/language", "/language Nederlands"),
)
async def choose(update: Update, context: Context) -> None:
    """Let a person choose; in the group, say where that is done and how the group's own language is changed."""
    who, asked = context.sender, arguments(context.message)
    if context.in_group or who is None:
        lang = language_of(await context.club())
        open_private = Button(club_texts.open_private(lang), url=context.private_link)
        await context.reply(texts.of_the_group(lang), [[open_private]])
        return
    code = texts.code_of(asked)
    if asked and code is None:
        raise UnknownWord(asked)
    if code is not None:
        await context.work.members.choose_language(who.user_id, code)
    lang = language(code) if code is not None else context.own_language()
    said = texts.chosen(lang) if code is not None else texts.which(lang)
    await context.say(said, _buttons(code), about=_about(who))


@router.button("lang")
async def pressed(update: Update, context: Context) -> None:
    """The same by a button."""
    (code,), who = words(context, 1, skip=0), context.sender
    if code not in SPOKEN or who is None:
        raise UnknownButton
    await context.work.members.choose_language(who.user_id, code)
    said = texts.chosen(language(code))
    await context.work.outbox.put(speech.change(_about(who), said, _buttons(code)))
    # Said here too: a message of long ago cannot be changed any more.
    await context.alert(said.striptags())


def _buttons(chosen: str | None) -> Buttons:
    return [[Button(texts.name(code), f"lang:{code}")] for code in SPOKEN if code != chosen]


def _about(who: Person) -> str:
    return f"language:{who.user_id}"
