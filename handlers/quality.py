"""The buttons by which a giver tells how warm an introduction is."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.models import Club, Member, Referral
from bot.domain.progress import WARMTHS
from bot.services import progress, quality
from bot.texts import quality as texts
from handlers import folder
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.progress import show_everywhere

router = Router()


@router.button("quality")
async def asked(update: Update, context: Context) -> None:
    """Ask the giver in private, whether they pressed there or under the group's answer."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    referral = await progress.find(context.work, club, number)
    quality.check(referral, member)
    if context.in_group and not member.reachable:
        await context.alert(texts.start_me_first_alert(context.own_language()), window=True)
        return
    await folder.show(context, member, folder.warmth(club, member, referral))
    await context.alert(texts.asked_alert(context.own_language()) if context.in_group else "")


@router.button("warm")
async def warmth_told(update: Update, context: Context) -> None:
    """The giver tells what they did for the introduction."""
    club, (number, warmth) = await club_of_button(context), numbers(context, 2)
    if warmth not in WARMTHS:
        raise UnknownButton
    member, referral = await member_who_pressed(context, club), await progress.find(context.work, club, number)
    changed = await quality.set_warmth(context.work, referral, member, warmth)
    await _after(context, club, member, referral, changed)


@router.button("may")
async def agreed_told(update: Update, context: Context) -> None:
    """The giver tells whether the contact agreed to be called."""
    club, (number, agreed) = await club_of_button(context), numbers(context, 2)
    member, referral = await member_who_pressed(context, club), await progress.find(context.work, club, number)
    changed = await quality.set_agreed(context.work, referral, member, agreed=bool(agreed))
    await _after(context, club, member, referral, changed)


async def _after(context: Context, club: Club, member: Member, referral: Referral, changed: list[Referral]) -> None:
    lang = context.own_language()
    if not changed:
        await context.alert(texts.noted_already_alert(lang))
        return
    for each in changed:
        await show_everywhere(context.work, club, each)
    now = await context.work.referrals.get(referral.id)
    if await folder.is_in_folder(context, member):
        await folder.show(context, member, folder.warmth(club, member, now))
    await context.alert(texts.noted_alert(lang))
