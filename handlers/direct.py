"""The giver's answers about a referral: their own purchase or an introduction, a double or another."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton, UnknownNumber
from bot.domain.models import Club, Kind, Member
from bot.services import direct, doubles
from bot.texts import direct as texts
from handlers import doubts
from handlers import referrals as referral_handlers
from handlers.buttons import club_of_button, member_who_pressed, numbers, words

router = Router()
_KINDS: dict[str, Kind] = {"inside": "inside", "outside": "outside"}


@router.button("kind")
async def kind_told(update: Update, context: Context) -> None:
    """The giver tells whether it is direct business."""
    club, (number,), (word,) = await club_of_button(context), numbers(context, 1), words(context, 1, skip=2)
    if word not in _KINDS:
        raise UnknownButton
    kind, member = _KINDS[word], await member_who_pressed(context, club)
    is_admin = await _is_needed_admin(context, club, member, number)
    told = await direct.tell(context.work, club, member, number, kind, is_admin=is_admin)
    lang = context.own_language()
    if not told:
        await context.alert(texts.answered_alert(lang))
        return
    for referral in told:
        await referral_handlers.tell_recipient(context.work, club, referral)
    await referral_handlers.show_again(context.work, told[0].id)
    await context.alert(texts.told_alert(lang, kind))
    await doubts.explain(context.work, club, await context.work.members.get(told[0].giver_id), told)


@router.button("keep")
async def kept(update: Update, context: Context) -> None:
    """The giver says that a referral is another than the one it looks like."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    is_admin = await _is_needed_admin(context, club, member, number)
    referral = await doubles.keep(context.work, club, member, number, is_admin=is_admin)
    await referral_handlers.show_again(context.work, referral.id)
    await context.alert(texts.kept_alert(context.own_language()))


async def _is_needed_admin(context: Context, club: Club, member: Member, number: int) -> bool:
    """Is it an admin who presses? Of the giver, who needs not be one, it is not asked of Telegram."""
    referral = await context.work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    if member.id == referral.giver_id or member.user_id is None:
        return False
    return bool(context.is_admin(club, member.user_id))
