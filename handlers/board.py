"""/board: the figures for a club's board, in an admin's private chat."""

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.models import Club, Person
from bot.domain.outgoing import Button
from bot.services import board, members
from bot.texts import board as texts
from bot.texts import clubs as club_texts
from bot.texts import language_of
from handlers import desk
from handlers.buttons import club_of_button

router = Router()


@router.command(
    "board",
    summary="figures for the club's board, in private",
    usage="/board",
    examples=("/board",),
    admins_only=True,
)
async def figures(update: Update, context: Context) -> None:
    """Send an admin the club's figures in private, and say so in the group in one line."""
    who = context.sender
    if context.in_group:
        club = await context.club()
        if who is None:
            # An anonymous admin: Telegram hides who it is until they press a button.
            lang = language_of(club)
            button = Button(texts.board_button(lang), f"board:{club.id}")
            await context.reply(texts.press_as_yourself(lang), [[button]])
            return
        await _from_group(context, club, who)
        return
    question = texts.which_club(context.own_language())
    found = await desk.choose(context, question, lambda club: Button(club.title, f"board:{club.id}"))
    if found is not None:
        await context.say(await _figures(context, found[0]))


@router.button("board")
async def figures_pressed(update: Update, context: Context) -> None:
    """The same by a button: for who writes anonymously in the group, or is in several clubs."""
    club, who = await club_of_button(context), context.sender
    if who is None:
        return
    if context.in_group:
        await _from_group(context, club, who)
    else:
        context.require_admin(club, who.user_id)
        await context.say(await _figures(context, club))
    await context.alert()


async def _from_group(context: Context, club: Club, who: Person) -> None:
    context.require_admin(club, who.user_id)
    lang = language_of(club)
    member = await members.join(context.work, club, who, present=False)
    name = (await members.cast(context.work, club.id, [member.id])).names[member.id]
    button = Button(club_texts.open_private(lang), url=context.private_link)
    start_first = context.as_reply(texts.start_me_first(lang, name), [[button]])
    if not member.reachable:
        await context.work.outbox.put(start_first)
        return
    await context.reply(texts.on_its_way(lang, name))
    said = await _figures(context, club)
    await context.work.outbox.put(speech.message(who.user_id, said, if_refused=start_first))


async def _figures(context: Context, club: Club) -> str:
    return texts.figures(context.own_language(), club.title, await board.of_club(context.work, club))
