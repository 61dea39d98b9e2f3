"""/settings: what a club's admins may set, typed or by the buttons of one message that changes itself."""

from dataclasses import replace

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.club_settings import Change, Setting, read_change
from bot.domain.club_settings import settings as all_settings
from bot.domain.errors import NoValue, UnknownButton, UnknownWord
from bot.domain.models import Club, Member
from bot.domain.names import strip_invisible
from bot.domain.outgoing import Button
from bot.services import clubs
from bot.texts import club_settings as texts
from bot.texts import language_of, languages, named
from bot.texts.catalogues import SPOKEN
from bot.texts.club_settings import Choice, View
from bot.texts.vocabulary import english
from handlers import desk, screens
from handlers.buttons import club_of_button, member_who_pressed, rest
from handlers.read import arguments
from handlers.screens import Screen

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
        "/settings",
        "/settings language Nederlands",
        "/settings country Netherlands",
        "/settings post friday 08:30",
        "/settings timezone Amsterdam",
        "/settings currency CHF",
        "/settings reminders 7",
        "/settings question off",
        "/settings pictures off",
        "/settings limit 20",
        "/settings totals admins",
        "/settings contacts 12",
        "/settings names off",
    ),
    admins_only=True,
)
async def settings(update: Update, context: Context) -> None:
    """Lead an admin to the club's settings, show them in private, or change one."""
    wish = _typed(arguments(context.message))
    if context.in_group:
        await _in_group(context, wish)
        return
    found = await desk.choose(
        context,
        texts.which_club(context.own_language()),
        lambda club: Button(club.title, f"set:{club.id}:{_words(club, wish)}"),
        about=_about(context),
    )
    if found is not None:
        await _deal(context, *found, wish)


async def open_link(context: Context, club_id: int) -> None:
    """The settings, for who followed the link from the group."""
    await _deal(context, *await desk.arrive(context, club_id), None)


@router.button("set")
async def settings_pressed(update: Update, context: Context) -> None:
    """Show or change what the button says; in the group it is an anonymous admin's own."""
    club = await club_of_button(context)
    member = await member_who_pressed(context, club)
    context.require_admin(club, member.user_id or 0)
    try:
        wish = _read(rest(context))
    except UnknownWord as error:
        raise UnknownButton from error
    if context.in_group and not isinstance(wish, Change):
        raise UnknownButton
    await _deal(context, club, member, wish)


Wish = Change | Setting | None
"""To change a setting; to see one; to see them all."""


async def _in_group(context: Context, wish: Wish) -> None:
    club = await context.club()
    lang = language_of(club)
    if isinstance(wish, Setting):
        raise NoValue(wish.name)
    if wish is None:
        await desk.lead(context, club, "settings", texts.in_private(lang))
    elif context.sender is None:
        # An anonymous admin: Telegram hides who it is until they press a button.
        button = Button(texts.go_on_button(lang), f"set:{club.id}:{_words(club, wish)}")
        await context.reply(texts.press_as_yourself(lang), [[button]])
    else:
        context.require_admin(club, context.sender.user_id)
        await _deal(context, club, await context.member(), wish)


async def _deal(context: Context, club: Club, member: Member, wish: Wish) -> None:
    if not isinstance(wish, Change):
        await context.alert()
        shown = _overview(context, club) if wish is None else _screen(context, club, wish)
        await screens.show(context, _about(context), context.chat.id, shown)
        return
    changed = await clubs.change(context.work, club, member, wish)
    lang = language_of(changed) if context.in_group else context.own_language()
    before, now, name = _view(context, club), _view(context, changed), wish.setting.name
    said = texts.changed(lang, before, now, name)
    if context.in_group:
        await context.alert()
        await context.reply(said)
    elif context.incoming.callback_query is None:
        await context.reply(said, [[_back(context, changed)]])
    else:
        # Said here too: a message of long ago cannot be changed any more.
        await context.alert(texts.changed_alert(lang, now, name))
        shown = _screen(context, changed, wish.setting, before=club)
        await screens.show(context, _about(context), context.chat.id, shown)


def _overview(context: Context, club: Club) -> Screen:
    lang = context.own_language()
    buttons = [Button(texts.setting_button(lang, name), f"set:{club.id}:{name}") for name in all_settings(SPOKEN)]
    return texts.overview(lang, _view(context, club)), screens.in_rows(buttons)


def _screen(context: Context, club: Club, setting: Setting, before: Club | None = None) -> Screen:
    lang, now = context.own_language(), _view(context, club)
    rows = []
    for group in setting.offered(club):
        buttons = []
        for words in group:
            wanted = replace(club, **setting.read(words.split()))
            is_so = setting.written(wanted) == setting.written(club)
            label = texts.choice_button(lang, setting.name, Choice(words, now, _view(context, wanted), is_so))
            buttons.append(Button(label, f"set:{club.id}:{setting.name} {words}"))
        rows += screens.in_rows(buttons)
    was = _view(context, before) if before is not None else None
    return texts.screen(lang, now, setting.name, was), [*rows, [_back(context, club)]]


def _back(context: Context, club: Club) -> Button:
    return Button(texts.back_button(context.own_language()), f"set:{club.id}:")


def _view(context: Context, club: Club) -> View:
    return View(club, context.house.daily_limit)


def _about(context: Context) -> str:
    return f"settings:{context.chat.id}"


def _words(club: Club, wish: Wish) -> str:
    """What a button says for this wish."""
    if isinstance(wish, Change):
        return wish.words(club)
    return wish.name if wish is not None else ""


def _read(text: str) -> Wish:
    try:
        return read_change(text, SPOKEN)
    except NoValue as error:
        return all_settings(SPOKEN)[error.after]


def _typed(text: str) -> Wish:
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
