"""/chain, the button that links a referral to that which it came out of, and what a change to a chain changes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import Update

from bot.commands import Router, Where
from bot.context import Context
from bot.domain.errors import NoNumber
from bot.domain.models import Club, Referral
from bot.domain.parsing import read_number
from bot.services import chains, members
from bot.services import thanks as thanks_service
from bot.texts import chains as texts
from bot.texts import language_of
from handlers import answers, thanks
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


@router.command(
    "chain",
    summary="what a referral came out of, and what came out of it",
    usage="/chain #number",
    examples=("/chain #12",),
    where=Where.GROUP,
)
async def chain(update: Update, context: Context) -> None:
    """Draw the whole chain that a referral is part of."""
    club = await context.club()
    number = read_number(arguments(context.message))
    if number is None:
        raise NoNumber
    shown = await chains.whole(context.work, club, number)
    people = {id_ for each in shown.referrals.values() for id_ in (each.giver_id, each.recipient_id)}
    names = (await members.cast(context.work, club.id, people)).names
    await context.say(texts.chain(language_of(club), shown, names))


@router.button("via")
async def link(update: Update, context: Context) -> None:
    """The giver tells what their referral came out of."""
    club, (number, before_number) = await club_of_button(context), numbers(context, 2)
    giver = await member_who_pressed(context, club)
    linked = await chains.link(context.work, club, giver, number, before_number)
    await answers.show_again(context.work, club, linked[0].source)
    await bring_up_to_date(context.work, club, linked)
    await context.alert(texts.linked_alert(context.own_language(), before_number))


async def bring_up_to_date(work: "Work", club: Club, changed: Sequence[Referral]) -> None:
    """These referrals were linked otherwise or undone: show again what names them, and the thanks further on."""
    ids = {referral.id for referral in changed}
    further_on = await work.chains.below(ids)
    sources = {each.source for each in await work.referrals.among(further_on) if each.via_id in ids}
    for source in sources - {referral.source for referral in changed}:
        await answers.show_again(work, club, source)
    for entry in await work.thanks.for_referrals(further_on):
        said = await thanks_service.read(work, entry)
        await thanks.show_again(work, said)
        await thanks.tell_thanked(work, club, said)
