"""/export: the club's ledger, as files in an admin's private chat."""

from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.exports import CSV, FORMATS, XLSX, UnknownFormat
from bot.domain.models import Club, Person
from bot.domain.outgoing import Button
from bot.domain.periods import Period, Stretch, UnknownPeriod
from bot.services import members
from bot.services.export import asked_for
from bot.texts import clubs as club_texts
from bot.texts import exports as texts
from bot.texts import language_of
from bot.texts.periods import read
from handlers import desk
from handlers.buttons import club_of_button, words
from handlers.read import arguments

router = Router()

_FORMATS = {name: name for name in FORMATS} | {"excel": XLSX}
_OTHERS = ("pdf", "xls", "ods", "doc", "docx", "word", "txt", "html", "xml")


@dataclass(frozen=True)
class Asked:
    """Which files are wanted, and of which period."""

    format: str
    period: Stretch

    def __str__(self) -> str:
        """The same in a button's data, in 27 letters at most."""
        return f"{self.format}:{self.period}"


@router.command(
    "export",
    summary="the club's records as files, to your private chat",
    usage="/export [csv|xlsx|json] [period]",
    examples=("/export xlsx q3", "/export year", "/export 2026-01..2026-06", "/export"),
    admins_only=True,
)
async def export(update: Update, context: Context) -> None:
    """Send an admin the club's records in private, and say so in the group in one line."""
    _, zone = await context.here()
    asked = _asked(context, arguments(context.message), zone)
    if context.in_group:
        await _from_group(context, asked)
    else:
        await _from_private(context, asked)


@router.button("export")
async def export_pressed(update: Update, context: Context) -> None:
    """The same by a button: for who writes anonymously in the group, or is in several clubs."""
    club, (format_, period) = await club_of_button(context), words(context, 2)
    if format_ not in FORMATS:
        raise UnknownButton
    asked = _asked(context, f"{format_} {period}", club.zone)
    who = context.sender
    if who is None:
        return
    context.require_admin(club, who.user_id)
    await context.alert()
    if context.in_group:
        await _send(context, club, await _known(context, who), asked, tell_group=True)
    else:
        await _send(context, club, who, asked, tell_group=False)


async def _from_group(context: Context, asked: Asked) -> None:
    club = await context.club()
    lang = language_of(club)
    if context.sender is None:
        # An anonymous admin: Telegram hides who it is until they press a button.
        await context.reply(
            texts.press_as_yourself(lang), [[Button(texts.export_button(lang), f"export:{club.id}:{asked}")]]
        )
        return
    context.require_admin(club, context.sender.user_id)
    await _send(context, club, await _known(context, context.sender), asked, tell_group=True)


async def _from_private(context: Context, asked: Asked) -> None:
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if not clubs or who is None:
        await context.say(club_texts.no_club(context.own_language()))
    elif len(clubs) == 1:
        context.require_admin(clubs[0], who.user_id)
        await _send(context, clubs[0], who, asked, tell_group=False)
    else:
        question, shown = desk.which(context, texts.which_club(context.own_language()), clubs)
        await context.say(question, [[Button(club.title, f"export:{club.id}:{asked}")] for club in shown])


async def _send(context: Context, club: Club, to: Person, asked: Asked, *, tell_group: bool) -> None:
    lang = language_of(club)
    member = await members.join(context.work, club, to, present=False)
    shown = (await members.cast(context.work, club.id, [member.id])).names[member.id]
    in_group = None
    if tell_group:
        button = Button(club_texts.open_private(lang), url=context.private_link)
        start_first = context.as_reply(texts.start_me_first(lang, shown), [[button]])
        if not to.reachable:
            await context.work.outbox.put(start_first)
            return
        await context.reply(texts.on_its_way(lang, shown))
        in_group = start_first
    own = context.own_language()
    files = asked_for(club, asked.format, asked.period, context.work.now, own.code)
    caption: str = texts.caption(own, club.title, texts.period(own, files[0], club.zone))
    for file in files:
        await context.work.outbox.put(speech.file(to.user_id, file.recipe(), caption, if_refused=in_group))
        caption, in_group = "", None
    first, last = files[0].days(club.zone)
    details = {"format": asked.format, "first": first and first.isoformat(), "last": last.isoformat()}
    await context.work.audit.add(club.id, member.id, "exported", **details)


async def _known(context: Context, who: Person) -> Person:
    return await context.work.members.person(who.user_id) or who


def _asked(context: Context, text: str, zone: tzinfo) -> Asked:
    """A format and a period, in any order; CSV, and everything, unless they are named.

    Raises UnknownFormat, and what `read` raises.
    """
    typed = text.split()
    named = [_FORMATS[word.lower()] for word in typed if word.lower() in _FORMATS]
    if len(named) > 1:
        raise UnknownFormat(" ".join(typed))
    rest = [word for word in typed if word.lower() not in _FORMATS]
    today = context.work.now.astimezone(zone).date()
    try:
        period = read(" ".join(rest), today, Period.ALL)
    except UnknownPeriod:
        if meant := next(filter(_is_like_a_format, rest), None):
            raise UnknownFormat(meant) from None
        raise
    return Asked(named[0] if named else CSV, period)


def _is_like_a_format(word: str) -> bool:
    """Is it a format that others make, or one of ours but for a slip?"""
    return word.lower() in _OTHERS or bool(get_close_matches(word.lower(), _FORMATS, n=1))
