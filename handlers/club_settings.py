"""/settings: what a club's admins may set."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.club_settings import Change, read_change
from bot.domain.errors import NoValue, UnknownButton, UnknownWord
from bot.domain.models import Club
from bot.domain.names import strip_invisible
from bot.domain.outgoing import Button, Buttons
from bot.services import clubs
from bot.texts import club_settings as texts
from bot.texts import clubs as club_texts
from bot.texts import language_of, languages, named
from bot.texts.catalogues import SPOKEN
from bot.texts.language import Language
from bot.texts.vocabulary import english
from handlers.buttons import club_of_button, rest
from handlers.read import arguments

router = Router()
_CODE_OF = {
    "language": languages.code_of,
    "country": named.country,
    "timezone": named.timezone,
    "currency": named.currency,
}
"""Settings that are named by one name, of several words perhaps, with what gives its international code."""


@router.command(
    "settings",
    summary="how the club wants things: language, weekly post, reminders and more",
    usage="/settings [setting] [value]",
    examples=(
        "/settings language Nederlands",
        "/settings country Netherlands",
        "/settings post friday 08:30",
        "/settings timezone Amsterdam",
        "/settings currency CHF",
        "/settings reminders 7",
        "/settings question off",
        "/settings pictures off",
        "/settings",
    ),
    admins_only=True,
)
async def settings(update: Update, context: Context) -> None:
    """Show an admin the club's settings, or change one."""
    change, who = _typed(arguments(context.message)), context.sender
    if context.in_group and who is None:
        # An anonymous admin: Telegram hides who it is until they press a button.
        club = await context.club()
        lang = language_of(club)
        await context.reply(texts.press_as_yourself(lang), [[_button(club, change, texts.go_on_button(lang))]])
        return
    theirs = [await context.club()] if context.in_group else []
    if who is not None and not context.in_group:
        theirs = await context.work.clubs.of_person(who.user_id)
    if who is None or not theirs:
        await context.say(club_texts.no_club(context.own_language()))
    elif len(theirs) > 1:
        buttons: Buttons = [[_button(club, change, club.title)] for club in theirs]
        await context.say(texts.which_club(context.own_language()), buttons)
    else:
        context.require_admin(theirs[0], who.user_id)
        await _deal(context, theirs[0], change)


@router.button("set")
async def settings_pressed(update: Update, context: Context) -> None:
    """The same by a button: for who writes anonymously in the group, or is in several clubs."""
    club, asked = await club_of_button(context), rest(context)
    who = context.sender
    if who is None:
        return
    context.require_admin(club, who.user_id)
    try:
        change = _read(asked)
    except (UnknownWord, NoValue) as error:
        raise UnknownButton from error
    await context.alert()
    await _deal(context, club, change)


async def _deal(context: Context, club: Club, change: Change | None) -> None:
    if change is None:
        await context.say(texts.settings(_language(context, club), club))
        return
    changed = await clubs.change(context.work, club, change)
    await context.reply(texts.changed(_language(context, changed), club, changed, change.setting))


def _language(context: Context, club: Club) -> Language:
    return language_of(club) if context.in_group else context.own_language()


def _button(club: Club, change: Change | None, label: str) -> Button:
    return Button(label, f"set:{club.id}:{change.words if change else ''}")


def _read(text: str) -> Change | None:
    return read_change(text, SPOKEN)


def _typed(text: str) -> Change | None:
    try:
        return _read(_in_english(text))
    except UnknownWord as error:
        if not error.after:
            raise
        # What was typed, and not what was made of it.
        raise UnknownWord(text.split(maxsplit=1)[-1], after=error.after) from error


def _in_english(typed: str) -> str:
    """What was typed in any language, in the words and codes that `read_change` takes; what is unknown as it was."""
    name, *words = strip_invisible(typed).split() or [""]
    setting, value = english("setting", name), " ".join(words)
    if setting in _CODE_OF:
        return f"{setting} {_CODE_OF[setting](value) or value}"
    known = (english("setting", english("switch", named.weekday(word) or word)) for word in words)
    return " ".join([setting, *known])
