"""/privacy and /mydata: what is kept, and all of one's own."""

from dataclasses import replace

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.outgoing import Button, Outgoing
from bot.texts import clubs as club_texts
from bot.texts import language_of
from bot.texts import privacy as texts

router = Router()


@router.command(
    "privacy",
    summary="what I keep, why, for how long, who sees it and who runs me",
    usage="/privacy",
    examples=("/privacy",),
)
async def privacy(update: Update, context: Context) -> None:
    """Tell it in private, with the periods of the clubs that one is in."""
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if context.in_group:
        clubs = [await context.club()]
    said = texts.privacy(context.own_language(), clubs, context.house.operator)
    await _tell_privately(context, speech.message(who.user_id if who else context.chat.id, said))


@router.command(
    "mydata",
    summary="all that I keep about you, as a file in private",
    usage="/mydata",
    examples=("/mydata",),
)
async def my_data(update: Update, context: Context) -> None:
    """Send someone all that is kept about them, in every club."""
    who = context.sender
    user_id = who.user_id if who else context.chat.id
    recipe = {"person": user_id, "language": context.own_language().code}
    caption = texts.my_data(context.own_language())
    await _tell_privately(context, speech.file(user_id, recipe, caption))


async def _tell_privately(context: Context, said: Outgoing) -> None:
    """Say it in private; in the group, where that cannot be, where it is to be had."""
    if not context.in_group:
        await context.work.outbox.put(said)
        return
    lang = language_of(await context.club())
    button = Button(club_texts.open_private(lang), url=context.private_link)
    answer = context.as_reply(texts.in_private(lang), [[button]])
    reachable = context.sender is not None and (await context.member()).reachable
    await context.work.outbox.put(replace(said, if_refused=answer) if reachable else answer)
