"""/undo and the Undo button."""

from telegram import Update

from bot.commands import Router, Where
from bot.context import Context
from bot.domain.models import Club, Member
from bot.domain.parsing import read_number
from bot.services import thanks, undoing
from bot.services.undoing import Undone
from bot.texts import language_of
from bot.texts import referrals as texts
from handlers import chains
from handlers import referrals as referral_handlers
from handlers import thanks as thanks_handlers
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments

router = Router()


@router.command(
    "undo",
    summary="take back what you recorded last, or the entry with that number",
    usage="/undo [#number]",
    examples=("/undo #12", "/undo"),
    where=Where.GROUP,
)
async def undo(update: Update, context: Context) -> None:
    """Take back one's last entry, or the one with a number."""
    club, member = await context.club(), await context.member()
    number = read_number(arguments(context.message))
    if number is None:
        undone = await undoing.undo_last(context.work, member, context.sent_at)
    else:
        undone = await _undo(context, club, member, number)
    await _show(context, club, undone)
    await context.reply(texts.undone(language_of(club), undone.numbers))


@router.button("undo")
async def undo_pressed(update: Update, context: Context) -> None:
    """Take back the entry under whose answer the button is."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    undone = await _undo(context, club, member, number)
    await _show(context, club, undone)
    await context.alert(texts.undone_alert(context.own_language(), number))


async def _undo(context: Context, club: Club, member: Member, number: int) -> Undone:
    entry = await undoing.find(context.work, club, number)
    # An author's own fresh entry needs no question to Telegram.
    is_author = undoing.may_author(context.sent_at, entry, member)
    is_admin = not is_author and member.user_id is not None and bool(context.is_admin(club, member.user_id))
    return await undoing.undo(context.work, club, member, number, context.sent_at, is_admin=is_admin)


async def _show(context: Context, club: Club, undone: Undone) -> None:
    work = context.work
    for referral in undone.referrals:
        await referral_handlers.withdraw(work, club, referral)
        for other in await work.referrals.looking_like(referral):
            await referral_handlers.show_again(work, other.id)
    if undone.referrals:
        await referral_handlers.show_again(work, undone.referrals[0].id)
        await chains.bring_up_to_date(work, club, undone.referrals)
    if undone.thanks:
        await thanks_handlers.withdraw(work, club, undone.thanks)
        entry = await work.thanks.by_number(club.id, undone.thanks.number)
        if entry:
            said = await thanks.read(work, entry)
            await thanks_handlers.show_again(work, said)
            await thanks_handlers.tell_first(work, club, said)
