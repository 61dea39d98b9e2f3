"""/value: what the club brings, to the group about all and to a member about themself."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.services import value
from bot.texts import clubs as club_texts
from bot.texts import language_of
from bot.texts import value as texts

router = Router()


@router.command(
    "value",
    summary="how much of the return came through people you know; in private your own",
    usage="/value",
    examples=("/value",),
)
async def show(update: Update, context: Context) -> None:
    """In the group the club's return; in private one's own, of each club one is in."""
    if context.in_group:
        club = await context.club()
        await context.say(texts.club(language_of(club), await value.of_club(context.work, club)))
        return
    lang = context.own_language()
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    for club in clubs:
        member = await context.work.members.of_person(club.id, user.id) if user else None
        if member is not None:
            await context.say(texts.own(lang, club.title, await value.of_member(context.work, club, member)))
    if not clubs:
        await context.say(club_texts.no_club(lang))
