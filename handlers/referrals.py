"""/refer, its correction by editing, and the Details button."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup
from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import AlreadyUndone, UnknownNumber
from bot.domain.models import Club, Referral
from bot.domain.outgoing import Buttons, ShowAgain
from bot.services import members, referrals
from bot.services.members import Cast
from bot.texts import language
from bot.texts import referrals as texts
from handlers import answers, chains, doubts, guide, steps
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments, referral_of

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


async def corrected(update: Update, context: Context) -> None:
    """An edited /refer corrects what it made; if it made nothing (it was refused), it is taken as new."""
    club, giver = await context.club(), await context.member()
    before = await context.work.referrals.from_source(context.source)
    if not before:
        await refer(update, context)
        return
    people, draft = referral_of(context.message, club.country)
    correction = await referrals.correct(context.work, club, giver, people, draft, before)
    if correction is None:
        return  # Telegram tells of changes that nobody sees, such as a link's preview
    for referral in correction.withdrawn:
        await withdraw(context.work, club, referral)
        await context.work.merging.drop_unused(referral.recipient_id)
    for referral in correction.kept:
        await tell_recipient(context.work, club, referral)
    await show_again(context.work, before[0].id)
    await chains.bring_up_to_date(context.work, club, before)
    await doubts.explain(context.work, club, giver, correction.kept)


@router.command(
    "refer",
    summary="pass on someone you know who has a need that a member can meet",
    usage="/refer @recipient contact: need [via #number]",
    examples=("/refer @bert Piet Peeters: needs a new website, 0470 12 34 56", "/refer @bert Mia: a logo via #12"),
    on_edit=corrected,
)
async def refer(update: Update, context: Context) -> None:
    """Record a referral for each recipient, say so in the group, and give them the details in private.

    In private it is filled in step by step.
    """
    if not context.in_group:
        await guide.begin(context, "refer", said=arguments(context.message))
        return
    club, giver = await context.club(), await context.member()
    people, draft = referral_of(context.message, club.country)
    limit = context.daily_limit(club)
    made = await referrals.give(context.work, club, giver, people, draft, context.source, context.sent_at, limit)
    said, buttons = await tell(context.work, club, made)
    await context.say(said, buttons, about=answers.about(made[0].source))
    await doubts.explain(context.work, club, giver, made)


@router.button("details")
async def details(update: Update, context: Context) -> None:
    """Show the contact details to the two people concerned, and to nobody else."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    referral = await context.work.referrals.by_number(club.id, number)
    member = await member_who_pressed(context, club)
    if referral is None:
        raise UnknownNumber(number)
    theirs = [
        each
        for each in await context.work.referrals.from_source(referral.source)
        if member.id in (each.giver_id, each.recipient_id)
    ]
    live = [each for each in theirs if each.undone_at is None]
    if theirs and not live:
        raise AlreadyUndone(number)
    lang = context.own_language()
    await context.alert(texts.details_alert(lang, live[0]) if live else texts.not_for_you(lang), window=True)


async def show_again(work: "Work", referral_id: int) -> None:
    """Bring the group's answer up to date with what its referrals are now."""
    referral = await work.referrals.get(referral_id)
    club = await work.clubs.get(referral.club_id)
    await answers.show_again(work, club, referral.source)


async def withdraw(work: "Work", club: Club, referral: Referral) -> None:
    """Take the details back from the recipient's private message."""
    cast = await members.cast(work, club.id, [referral.giver_id, referral.recipient_id])
    recipient = cast.members[referral.recipient_id]
    if recipient.user_id is not None:
        lang = language(recipient.language)
        said = texts.withdrawn(lang, cast.names[referral.giver_id], club.title, referral.number)
        for about in (answers.private_about(referral, recipient.user_id), steps.reminder_about(referral, recipient)):
            await work.outbox.put(speech.change(about, said))


async def tell(work: "Work", club: Club, made: Sequence[Referral]) -> tuple[Markup, Buttons]:
    """Tell the recipients of these new referrals of one message; returns what its group is told."""
    cast = await answers.cast_of(work, club, made)
    for referral in made:
        await _tell_recipient(work, club, referral, cast)
    return await answers.to_referrals(work, club, made, cast)


async def tell_recipient(work: "Work", club: Club, referral: Referral) -> None:
    """Give the recipient the referral with its details in private, or correct what they were given."""
    await _tell_recipient(work, club, referral, await answers.cast_of(work, club, [referral]))


async def _tell_recipient(work: "Work", club: Club, referral: Referral, cast: Cast) -> None:
    recipient, giver = cast.members[referral.recipient_id], cast.names[referral.giver_id]
    if recipient.user_id is None or not recipient.reachable or recipient.left_at is not None:
        return
    lang = language(recipient.language)
    said, buttons = texts.to_recipient(lang, giver, club.title, referral), steps.for_recipient(lang, club, referral)
    about = answers.private_about(referral, recipient.user_id)
    if await work.outbox.has_told(about):
        await work.outbox.put(speech.change(about, said, buttons))
    else:
        # If Telegram refuses after all (they blocked the bot), the group's answer gets their buttons.
        told = speech.message(recipient.user_id, said, buttons, about=about, if_refused=ShowAgain(referral.id))
        await work.outbox.put(told)
