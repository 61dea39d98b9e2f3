"""/settings: what a club's admins may set."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.club_settings import Change, read_change
from bot.domain.errors import UnknownButton
from bot.domain.models import Club
from bot.domain.outgoing import Button, Buttons
from bot.services import clubs
from bot.texts import club_settings as texts
from bot.texts import clubs as club_texts
from bot.texts import language_of
from bot.texts.language import Language
from handlers.buttons import club_of_button, numbers, words
from handlers.read import arguments

router = Router()


@router.command(
    "settings",
    summary="how the club wants things: reminders, the question of the month",
    usage="/settings [reminders days|off] [question on|off]",
    examples=("/settings reminders 7", "/settings question off", "/settings"),
    admins_only=True,
)
async def settings(update: Update, context: Context) -> None:
    """Show an admin the club's settings, or change one."""
    change, who = read_change(arguments(context.message)), context.sender
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
    club, (name,), (value,) = await club_of_button(context), words(context, 1, skip=1), numbers(context, 1, skip=2)
    who = context.sender
    if who is None:
        return
    context.require_admin(club, who.user_id)
    change = None if name == "show" else _change(name, value)
    await context.alert()
    await _deal(context, club, change)


async def _deal(context: Context, club: Club, change: Change | None) -> None:
    lang: Language = language_of(club) if context.in_group else context.own_language()
    if change is None:
        await context.say(texts.settings(lang, club))
        return
    changed = await clubs.change(context.work, club, change)
    await context.reply((texts.reminders if change.name == "reminders" else texts.question)(lang, changed))


def _button(club: Club, change: Change | None, label: str) -> Button:
    name, value = (change.name, change.value) if change else ("show", 0)
    return Button(label, f"set:{club.id}:{name}:{value}")


def _change(name: str, value: int) -> Change:
    """What a button's data say. Raises UnknownButton."""
    for known in (Change("reminders", value), Change("question", value)):
        if known.name == name and known.is_possible:
            return known
    raise UnknownButton
