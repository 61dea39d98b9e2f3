"""/referrals, and the buttons that move a referral."""

from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import NotConcerned, UnknownButton
from bot.domain.models import Club, Member, Referral
from bot.domain.outgoing import Button, Outgoing
from bot.domain.parsing import read_number
from bot.domain.progress import REASONS, STEPS
from bot.services import members, progress
from bot.services.progress import Move
from bot.texts import clubs as club_texts
from bot.texts import language, language_of
from bot.texts import progress as texts
from handlers import answers, folder, steps
from handlers import referrals as referral_handlers
from handlers.buttons import club_of_button, member_who_pressed, numbers, words
from handlers.read import arguments

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


@router.command(
    "referrals",
    summary="your open referrals, given and received, in private; or the one with that number",
    usage="/referrals [#number]",
    examples=("/referrals", "/referrals #12"),
)
async def referrals(update: Update, context: Context) -> None:
    """Show someone their open referrals in private: of this group's club, or of each club they are in."""
    number = read_number(arguments(context.message))
    if context.in_group:
        club, member = await context.club(), await context.member()
        lang = language_of(club)
        name = (await members.cast(context.work, club.id, [member.id])).names[member.id]
        buttons = [[Button(club_texts.open_private(lang), url=context.private_link)]]
        start_first = context.as_reply(texts.start_me_first(lang, name), buttons)
        if member.reachable:
            await _show(context, club, member, number, start_first)
        else:
            await context.work.outbox.put(start_first)
        return
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if not clubs or who is None:
        await context.say(club_texts.no_club(context.own_language()))
        return
    shown = False
    for club in clubs:
        here = await context.work.members.of_person(club.id, who.user_id)
        if here and (number is None or await _may_open(context, club, here, number)):
            await _show(context, club, here, number)
            shown = True
    if number is not None and not shown:
        raise NotConcerned(number)


@router.button("open")
async def opened(update: Update, context: Context) -> None:
    """Show one referral with its history, or (0) the list."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    await _show(context, club, await member_who_pressed(context, club), number or None)
    await context.alert()


@router.button("step")
async def moved(update: Update, context: Context) -> None:
    """Move a referral on."""
    club, (number,), (to,) = await club_of_button(context), numbers(context, 1), words(context, 1, skip=2)
    member = await member_who_pressed(context, club)
    status = next((known for known in STEPS if known == to), None)
    if status is None:
        raise UnknownButton
    referral = await _meant(context, club, member, number)
    is_admin = not progress.may_move(referral, member, status) and _is_admin(context, club, member)
    move = await progress.move(context.work, referral, member, status, is_admin=is_admin)
    await _after(context, club, member, move)


@router.button("why")
async def declined_because(update: Update, context: Context) -> None:
    """The recipient tells why a referral is not for them; what its giver was told says so too."""
    club, (number,), (reason,) = await club_of_button(context), numbers(context, 1), words(context, 1, skip=2)
    member = await member_who_pressed(context, club)
    if reason not in REASONS:
        raise UnknownButton
    referral = await _meant(context, club, member, number)
    is_admin = not progress.may_move(referral, member, "declined") and _is_admin(context, club, member)
    await _after(
        context, club, member, await progress.give_reason(context.work, referral, member, reason, is_admin=is_admin)
    )


async def _after(context: Context, club: Club, member: Member, move: Move) -> None:
    """Tell who has to know, and show the referral as it is now where it is shown."""
    work, referral = context.work, move.referral
    if move.changed:
        await _tell(work, club, member, move)
        await show_everywhere(work, club, referral)
    if await folder.is_in_folder(context, member):
        await folder.show(context, member, await folder.card(work, club, member, referral))
    await context.alert(texts.moved_alert(context.own_language(), move))


async def show_everywhere(work: "Work", club: Club, referral: Referral) -> None:
    """Bring what its recipient was told up to date, or the group's answer where they could not be."""
    recipient = await work.members.get(referral.recipient_id)
    was_told = await answers.is_told(work, recipient, referral)
    await referral_handlers.tell_recipient(work, club, referral)
    if not was_told:
        await referral_handlers.show_again(work, referral.id)
    about = steps.reminder_about(referral, recipient)
    if await work.outbox.has_told(about):
        lang = language(recipient.language)
        giver = (await members.cast(work, club.id, [referral.giver_id])).names[referral.giver_id]
        buttons = steps.for_recipient(lang, club, referral)
        await work.outbox.put(speech.change(about, texts.reminded(lang, giver, referral, club.title), buttons))


async def _tell(work: "Work", club: Club, mover: Member, move: Move) -> None:
    """Tell the one of its two people who did not do it, or both, in private; never in the group."""
    referral = move.referral
    cast = await members.cast(work, club.id, {mover.id, referral.giver_id, referral.recipient_id})
    for member_id in (referral.giver_id, referral.recipient_id):
        to = cast.members[member_id]
        if member_id == mover.id or to.user_id is None or not to.reachable or to.left_at is not None:
            continue
        by_recipient = mover.id == referral.recipient_id
        said = texts.news(language(to.language), move, cast.names[mover.id], club.title, by_recipient=by_recipient)
        about = f"news:{referral.id}:{to.user_id}"
        if move.reason and await work.outbox.has_told(about):
            await work.outbox.put(speech.change(about, said))  # the line that told of the decline
        else:
            await work.outbox.put(speech.message(to.user_id, said, about=about))


async def _meant(context: Context, club: Club, member: Member, number: int) -> Referral:
    """The referral that a press is about: of those that the same message made, the member's own."""
    referral = await progress.find(context.work, club, number)
    made = await context.work.referrals.from_source(referral.source)
    own = (each for each in made if each.recipient_id == member.id and each.undone_at is None)
    return next(own, referral)


async def _show(
    context: Context, club: Club, member: Member, number: int | None, if_refused: Outgoing | None = None
) -> None:
    """Show the list, or the referral with that number. Raises NotConcerned."""
    if number is None:
        screen = await folder.open_list(context.work, club, member)
    else:
        referral = await progress.find(context.work, club, number)
        if not progress.may_see(referral, member) and not _is_admin(context, club, member):
            raise NotConcerned(number)
        screen = await folder.card(context.work, club, member, referral)
    await folder.show(context, member, screen, if_refused)


async def _may_open(context: Context, club: Club, member: Member, number: int) -> bool:
    referral = await context.work.referrals.by_number(club.id, number)
    if referral is None:
        return False
    return progress.may_see(referral, member) or _is_admin(context, club, member)


def _is_admin(context: Context, club: Club, member: Member) -> bool:
    return member.user_id is not None and bool(context.is_admin(club, member.user_id))
