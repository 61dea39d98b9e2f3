"""/export: the club's ledger, as files in an admin's private chat."""

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownWord
from bot.domain.models import Club, Person
from bot.domain.outgoing import Button
from bot.domain.periods import Period, read_period
from bot.services import members
from bot.services.export import FILES
from bot.texts import clubs as club_texts
from bot.texts import exports as texts
from bot.texts import language_of
from bot.texts.vocabulary import english
from handlers.buttons import club_of_button, words
from handlers.read import arguments

router = Router()


@router.command(
    "export",
    summary="the club's records as files, to your private chat",
    usage="/export [csv] [week|month|quarter|year|all]",
    examples=("/export year", "/export"),
    admins_only=True,
)
async def export(update: Update, context: Context) -> None:
    """Send an admin the club's records in private, and say so in the group in one line."""
    period = _period(arguments(context.message))
    if context.in_group:
        await _from_group(context, period)
    else:
        await _from_private(update, context, period)


@router.button("export")
async def export_pressed(update: Update, context: Context) -> None:
    """The same by a button: for who writes anonymously in the group, or is in several clubs."""
    club, period = await club_of_button(context), _period(words(context, 1, skip=1)[0])
    who = context.sender
    if who is None:
        return
    context.require_admin(club, who.user_id)
    await context.alert()
    if context.in_group:
        await _send(context, club, await _known(context, who), period, tell_group=True)
    else:
        await _send(context, club, who, period, tell_group=False)


async def _from_group(context: Context, period: Period) -> None:
    club = await context.club()
    lang = language_of(club)
    if context.sender is None:
        # An anonymous admin: Telegram hides who it is until they press a button.
        button = Button(texts.export_button(lang), f"export:{club.id}:{period}")
        await context.reply(texts.press_as_yourself(lang), [[button]])
        return
    context.require_admin(club, context.sender.user_id)
    await _send(context, club, await _known(context, context.sender), period, tell_group=True)


async def _from_private(update: Update, context: Context, period: Period) -> None:
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if not clubs or who is None:
        await context.say(club_texts.no_club(context.own_language()))
    elif len(clubs) == 1:
        context.require_admin(clubs[0], who.user_id)
        await _send(context, clubs[0], who, period, tell_group=False)
    else:
        buttons = [[Button(club.title, f"export:{club.id}:{period}")] for club in clubs]
        await context.say(texts.which_club(context.own_language()), buttons)


async def _send(context: Context, club: Club, to: Person, period: Period, *, tell_group: bool) -> None:
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
    caption: str = texts.caption(context.own_language(), club.title)
    for name in FILES:
        recipe = {
            "file": name,
            "club": club.id,
            "period": period.value,
            "until": context.work.now.isoformat(),
        }
        await context.work.outbox.put(speech.file(to.user_id, recipe, caption, if_refused=in_group))
        caption, in_group = "", None


async def _known(context: Context, who: Person) -> Person:
    return await context.work.members.person(who.user_id) or who


def _period(text: str) -> Period:
    """The period after an optional "csv"; everything unless one is named. Raises UnknownWord."""
    asked = text.split()
    if asked and asked[0].lower() == "csv":
        asked = asked[1:]
    if len(asked) > 1:
        raise UnknownWord(asked[1])
    return read_period(english("period", asked[0])) if asked else Period.ALL
