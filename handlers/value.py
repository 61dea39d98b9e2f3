"""/value: what the club brings, to the group about all and to a member about themself."""

from collections.abc import Sequence

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.models import Club
from bot.services import value
from bot.texts import clubs as club_texts
from bot.texts import language_of
from bot.texts import value as texts
from handlers import desk

router = Router()


@router.command(
    "value",
    summary="how much of the return came through people you know; in private your own",
    usage="/value",
    examples=("/value",),
)
async def show(update: Update, context: Context) -> None:
    """In the group the club's return, where everyone may see it; in private one's own, of each club one is in."""
    if not context.in_group:
        await _in_private(context, await _clubs(context))
        return
    club = await context.club()
    lang = language_of(club)
    if club.open_totals:
        await context.say(texts.club(lang, await value.of_club(context.work, club)))
    else:
        await context.reply(texts.in_private(lang), [[desk.open_button(context, club, "value")]])


async def open_link(context: Context, club_id: int) -> None:
    """Show what the group is not shown, to who followed the link from there: admins all of it, members their own."""
    theirs = [club for club in await _clubs(context) if club.id == club_id]
    await _in_private(context, theirs or [(await desk.arrive(context, club_id))[0]])


async def _clubs(context: Context) -> Sequence[Club]:
    return await context.work.clubs.of_person(context.sender.user_id) if context.sender else []


async def _in_private(context: Context, clubs: Sequence[Club]) -> None:
    lang, who = context.own_language(), context.sender
    for club in clubs:
        member = await context.work.members.of_person(club.id, who.user_id) if who else None
        if who is None or member is None:
            continue
        await context.say(texts.own(lang, club.title, await value.of_member(context.work, club, member)))
        if not club.open_totals and context.is_admin(club, who.user_id):
            await context.say(texts.club(lang, await value.of_club(context.work, club)))
    if not clubs:
        await context.say(club_texts.no_club(lang))
