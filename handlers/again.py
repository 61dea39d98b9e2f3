"""Showing anew what a message made, wherever it was shown: what was erased from it is not said again, but changed."""

from typing import TYPE_CHECKING

from bot import speech
from bot.domain.models import Club, Meeting, Referral, Source, Thanks
from bot.services.thanks import read as read_thanks
from bot.texts import language
from bot.texts import thanks as thanks_texts
from handlers import answers, meetings, progress, referrals, thanks

if TYPE_CHECKING:
    from bot.storage.work import Work


async def show(work: "Work", club: Club, source: Source) -> None:
    """The answer in the group, and what its people were told in private, as far as Telegram lets them be changed."""
    made = await work.referrals.from_source(source)
    if made:
        await answers.show_again(work, club, source)
    for referral in made:
        await _referral(work, club, referral)
    if entry := await work.thanks.from_source(source):
        await show_thanks(work, club, entry)
    if meeting := await work.meetings.from_source(source):
        await _meeting(work, club, meeting)
    if brought := await work.visitors.from_source(source):
        await meetings.show_visitor(work, club, brought)


async def show_thanks(work: "Work", club: Club, entry: Thanks) -> None:
    """The same of a thanks."""
    said = await read_thanks(work, entry)
    await thanks.show_again(work, said)
    member = await work.members.get(entry.to_id)
    if entry.undone_at is not None or member.user_id is None:
        return
    view = await answers.thanks_view(work, club, said)
    shown = thanks_texts.to_thanked(language(member.language), view, club.title)
    await work.outbox.put(speech.change(answers.private_about(entry, member.user_id), shown))
    if await work.outbox.told(f"began:{entry.id}:"):
        await thanks.tell_first(work, club, said)


async def _referral(work: "Work", club: Club, referral: Referral) -> None:
    recipient = await work.members.get(referral.recipient_id)
    if referral.undone_at is not None:
        await referrals.withdraw(work, club, referral)
    elif await answers.is_told(work, recipient, referral):
        await progress.show_everywhere(work, club, referral)


async def _meeting(work: "Work", club: Club, meeting: Meeting) -> None:
    await meetings.show_meeting(work, club, meeting)
    if meeting.undone_at is not None:
        await meetings.withdraw(work, club, meeting)
    else:
        await meetings.tell_other(work, club, meeting, anew=False)
