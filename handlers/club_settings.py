"""/settings: what a club's admins may set, typed or by the buttons of one message that changes itself."""

from dataclasses import replace
from zlib import crc32

from markupsafe import Markup
from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.club_settings import Change, Setting
from bot.domain.club_settings import settings as all_settings
from bot.domain.errors import NoValue, UnknownButton
from bot.domain.models import Club, Member
from bot.domain.outgoing import Button, Buttons
from bot.domain.retention import Losses
from bot.services import clubs
from bot.texts import club_settings as texts
from bot.texts import forgetting as forgetting_texts
from bot.texts import language_of
from bot.texts.catalogues import SPOKEN
from bot.texts.club_settings import Choice, View
from bot.texts.language import Language
from handlers import desk, screens, settings_words
from handlers.buttons import club_of_button, member_who_pressed, rest, words
from handlers.read import arguments
from handlers.screens import Screen
from handlers.settings_words import Wish

router = Router()


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
    wish = settings_words.typed(arguments(context.message))
    if context.in_group:
        await _in_group(context, wish)
        return
    found = await desk.choose(
        context,
        texts.which_club(context.own_language()),
        lambda club: Button(club.title, f"set:{club.id}:{settings_words.written(club, wish)}"),
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
    wish = settings_words.pressed(rest(context))
    if context.in_group and not isinstance(wish, Change):
        raise UnknownButton
    await _deal(context, club, member, wish)


@router.button("lose")
async def sooner_pressed(update: Update, context: Context) -> None:
    """Answer the question whether contacts shall be erased sooner, as long as it is about what there is now."""
    club = await club_of_button(context)
    member = await member_who_pressed(context, club)
    context.require_admin(club, member.user_id or 0)
    (asked,) = words(context, 1)
    if asked == "no":
        await context.alert()
        back = [] if context.in_group else [[_back(context, club)]]
        await _answer(context, forgetting_texts.kept(_language(context, club)), back)
        return
    wish = settings_words.pressed(rest(context, 2))
    if not isinstance(wish, Change):
        raise UnknownButton
    await _deal(context, club, member, wish, agreed=asked)


async def _in_group(context: Context, wish: Wish) -> None:
    club = await context.club()
    lang = language_of(club)
    if isinstance(wish, Setting):
        raise NoValue(wish.name)
    if wish is None:
        await desk.lead(context, club, "settings", texts.in_private(lang))
    elif context.sender is None:
        # An anonymous admin: Telegram hides who it is until they press a button.
        button = Button(texts.go_on_button(lang), f"set:{club.id}:{settings_words.written(club, wish)}")
        await context.reply(texts.press_as_yourself(lang), [[button]])
    else:
        context.require_admin(club, context.sender.user_id)
        await _deal(context, club, await context.member(), wish)


async def _deal(context: Context, club: Club, member: Member, wish: Wish, *, agreed: str | None = None) -> None:
    """Show or change it; what would have contacts erased only if that, as it is now, was `agreed` to."""
    if not isinstance(wish, Change):
        await context.alert()
        shown = _overview(context, club) if wish is None else _screen(context, club, wish)
        await screens.show(context, _about(context), context.chat.id, shown)
        return
    losses = await clubs.losses(context.work, club, wish)
    is_old = agreed not in (None, _as_it_is(club, losses))
    if is_old or (losses and agreed is None):
        await context.alert(forgetting_texts.changed_alert(_language(context, club)) if is_old else "", window=True)
        if losses:
            await _ask(context, club, wish, losses)
        return
    changed = await clubs.change(context.work, club, member, wish)
    lang = _language(context, changed)
    before, now, name = _view(context, club), _view(context, changed), wish.setting.name
    said = texts.changed(lang, before, now, name)
    if context.in_group:
        await context.alert()
        await _answer(context, said)
    elif context.incoming.callback_query is None:
        await context.reply(said, [[_back(context, changed)]])
    else:
        # Said here too: a message of long ago cannot be changed any more.
        await context.alert(texts.changed_alert(lang, now, name))
        shown = _screen(context, changed, wish.setting, before=club)
        await screens.show(context, _about(context), context.chat.id, shown)


async def _ask(context: Context, club: Club, wish: Change, losses: Losses) -> None:
    lang, name = _language(context, club), wish.setting.name
    how = texts.how(lang, _view(context, replace(club, **wish.values)), name)
    said = forgetting_texts.sooner_question(lang, texts.setting_button(lang, name), how, losses)
    as_it_is, wished = _as_it_is(club, losses), settings_words.written(club, wish)
    buttons = [
        [Button(forgetting_texts.contact_button(lang), f"lose:{club.id}:{as_it_is}:{wished}")],
        [Button(forgetting_texts.leave_button(lang), f"lose:{club.id}:no")],
    ]
    await _answer(context, said, buttons)


async def _answer(context: Context, said: Markup, buttons: Buttons = ()) -> None:
    """Say it in place of the question whose button was pressed, else as an answer."""
    about, pressed = _about(context), context.incoming.callback_query is not None
    if pressed and await context.work.outbox.message_id(about) == context.message.message_id:
        await context.work.outbox.put(speech.change(about, said, buttons))
    else:
        await context.reply(said, buttons, about=about if buttons else None)


def _as_it_is(club: Club, losses: Losses) -> str:
    """What a question about it is about, in eight letters: the club's wish as it is, and what would go."""
    return f"{crc32(repr((club.contact_months, club.keep_names, losses)).encode()):08x}"


def _overview(context: Context, club: Club) -> Screen:
    lang = context.own_language()
    buttons = [Button(texts.setting_button(lang, name), f"set:{club.id}:{name}") for name in all_settings(SPOKEN)]
    return texts.overview(lang, _view(context, club)), screens.in_rows(buttons)


def _screen(context: Context, club: Club, setting: Setting, before: Club | None = None) -> Screen:
    lang, now = context.own_language(), _view(context, club)
    rows = []
    for group in setting.offered(club):
        buttons = []
        for choice in group:
            wanted = replace(club, **setting.read(choice.split()))
            is_so = setting.written(wanted) == setting.written(club)
            label = texts.choice_button(lang, setting.name, Choice(choice, now, _view(context, wanted), is_so))
            buttons.append(Button(label, f"set:{club.id}:{setting.name} {choice}"))
        rows += screens.in_rows(buttons)
    was = _view(context, before) if before is not None else None
    return texts.screen(lang, now, setting.name, was), [*rows, [_back(context, club)]]


def _back(context: Context, club: Club) -> Button:
    return Button(texts.back_button(context.own_language()), f"set:{club.id}:")


def _view(context: Context, club: Club) -> View:
    return View(club, context.house.daily_limit)


def _language(context: Context, club: Club) -> Language:
    return language_of(club) if context.in_group else context.own_language()


def _about(context: Context) -> str:
    return f"settings:{context.chat.id}"
