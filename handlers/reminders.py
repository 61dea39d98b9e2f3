"""What is said in private about referrals that nobody did anything with."""

from typing import TYPE_CHECKING

from bot import speech
from bot.domain.models import Club, Member, Referral
from bot.services import members, reminders
from bot.texts import language
from bot.texts import progress as texts
from handlers import steps

if TYPE_CHECKING:
    from bot.storage.work import Work


async def send(work: "Work") -> int:
    """Remind some of those whose time it is; returns how many. Who cannot be told is not, and it is done all the same.

    A crash while it is sent leaves it rather missing than twice there.
    """
    due = await reminders.due(work)
    for club, referral in due.to_recipient:
        await _remind(work, club, referral)
    for club, referral in due.to_giver:
        await _tell_giver(work, club, referral)
    return len(due.to_recipient) + len(due.to_giver)


async def _remind(work: "Work", club: Club, referral: Referral) -> None:
    cast = await members.cast(work, club.id, [referral.giver_id, referral.recipient_id])
    recipient = cast.members[referral.recipient_id]
    if recipient.user_id is None or not _may_be_told(recipient):
        return
    lang = language(recipient.language)
    said = texts.reminder(lang, cast.names[referral.giver_id], referral, club.title)
    buttons, about = steps.for_recipient(lang, club, referral), steps.reminder_about(referral, recipient)
    await work.outbox.put(speech.message(recipient.user_id, said, buttons, about=about, resend=False))


async def _tell_giver(work: "Work", club: Club, referral: Referral) -> None:
    cast = await members.cast(work, club.id, [referral.giver_id, referral.recipient_id])
    giver = cast.members[referral.giver_id]
    if giver.user_id is None or not _may_be_told(giver):
        return
    days = (work.now - referral.given_at).days
    lang, recipient = language(giver.language), cast.names[referral.recipient_id]
    said = texts.still_waiting(lang, recipient, referral, days, club.title)
    await work.outbox.put(speech.message(giver.user_id, said, resend=False))


def _may_be_told(member: Member) -> bool:
    return member.reachable and member.left_at is None
