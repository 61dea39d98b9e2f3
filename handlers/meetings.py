"""/met and /visitor, their correction by editing, and their buttons."""

from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router, Where
from bot.context import Context
from bot.domain.errors import NoPartner
from bot.domain.models import Club, Meeting, Member, Visitor
from bot.domain.outgoing import Button, Buttons
from bot.domain.parsing import read_note, read_visitor
from bot.services import meetings, members, visitors
from bot.texts import language, language_of
from bot.texts import meetings as texts
from bot.texts import referrals as referral_texts
from handlers import answers
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments, people_and_text

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


async def met_corrected(update: Update, context: Context) -> None:
    """An edited /met corrects what it made; if it made nothing (it was refused), it is taken as new."""
    club, member = await context.club(), await context.member()
    before = await context.work.meetings.from_source(context.source)
    if before is None:
        await met(update, context)
        return
    people, text = people_and_text(context.message, NoPartner)
    change = await meetings.correct(context.work, club, member, people, read_note(text, club.country), before)
    if change is None:
        return  # Telegram tells of changes that nobody sees, such as a link's preview
    if change.now.with_id != before.with_id:
        await withdraw(context.work, club, before)
    await tell_other(context.work, club, change.now)
    await show_meeting(context.work, club, change.now)


@router.command(
    "met",
    summary="note a one-to-one: you and another member met",
    usage="/met @member [note]",
    examples=("/met @carla over coffee",),
    where=Where.GROUP,
    on_edit=met_corrected,
)
async def met(update: Update, context: Context) -> None:
    """Record a one-to-one for both, say so in the group, and tell the other, who can object."""
    club, member = await context.club(), await context.member()
    people, text = people_and_text(context.message, NoPartner)
    meeting = await meetings.record(
        context.work,
        club,
        member,
        people,
        read_note(text, club.country),
        context.source,
        context.sent_at,
        context.daily_limit(club),
    )
    await tell_other(context.work, club, meeting)
    said, buttons = await _meeting(context.work, club, meeting)
    await context.say(said, buttons, about=answers.about(meeting.source))


@router.button("metundo")
async def met_undo_pressed(update: Update, context: Context) -> None:
    """Take the one-to-one back; for the other of the two it is an objection."""
    club, member, meeting = await _pressed(context)
    if meeting.with_id == member.id:
        await _object(context, club, member, meeting)
        return
    is_admin = _is_admin(context, club, member, meeting)
    undone = await meetings.undo(context.work, meeting, member, context.sent_at, is_admin=is_admin)
    await withdraw(context.work, club, undone)
    await show_meeting(context.work, club, undone)
    await context.alert(texts.undone_alert(context.own_language()))


@router.button("metnot")
async def met_not_pressed(update: Update, context: Context) -> None:
    """The other of the two says that it did not happen."""
    await _object(context, *await _pressed(context))


async def visitor_corrected(update: Update, context: Context) -> None:
    """An edited /visitor corrects the name; if it made nothing (it was refused), it is taken as new."""
    club, member = await context.club(), await context.member()
    before = await context.work.visitors.from_source(context.source)
    if before is None:
        await visitor(update, context)
        return
    name = read_visitor(arguments(context.message), club.country)
    corrected = await visitors.correct(context.work, member, name, before)
    if corrected is not None:
        await show_visitor(context.work, club, corrected)


@router.command(
    "visitor",
    summary="note a visitor whom you brought along",
    usage="/visitor Name",
    examples=("/visitor Mia Claes",),
    where=Where.GROUP,
    on_edit=visitor_corrected,
)
async def visitor(update: Update, context: Context) -> None:
    """Record a visitor for the member who brought them, and say so in the group."""
    club, member = await context.club(), await context.member()
    name = read_visitor(arguments(context.message), club.country)
    limit = context.daily_limit(club)
    brought = await visitors.record(context.work, club, member, name, context.source, context.sent_at, limit)
    said, buttons = await _visitor(context.work, club, brought)
    await context.say(said, buttons, about=answers.about(brought.source))


@router.button("guestundo")
async def visitor_undo_pressed(update: Update, context: Context) -> None:
    """Take the visitor back."""
    club, (visitor_id,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    brought = await visitors.find(context.work, club, visitor_id)
    is_admin = _is_admin(context, club, member, brought)
    undone = await visitors.undo(context.work, brought, member, context.sent_at, is_admin=is_admin)
    await show_visitor(context.work, club, undone)
    await context.alert(texts.undone_alert(context.own_language()))


async def _pressed(context: Context) -> tuple[Club, Member, Meeting]:
    club, (meeting_id,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    return club, member, await meetings.find(context.work, club, meeting_id)


def _is_admin(context: Context, club: Club, member: Member, entry: Meeting | Visitor) -> bool:
    # An author's own fresh entry needs no question to Telegram.
    if meetings.may_author(entry, member, context.sent_at) or member.user_id is None:
        return False
    return bool(context.is_admin(club, member.user_id))


async def _object(context: Context, club: Club, member: Member, meeting: Meeting) -> None:
    undone = await meetings.object_to(context.work, meeting, member, context.sent_at)
    await withdraw(context.work, club, undone)
    await show_meeting(context.work, club, undone)
    cast = await members.cast(context.work, club.id, [undone.by_id, undone.with_id])
    recorder = cast.members[undone.by_id]
    if recorder.user_id is not None and recorder.reachable and recorder.left_at is None:
        day = undone.at.astimezone(club.zone).date()
        said = texts.objected(language(recorder.language), cast.names[undone.with_id], club.title, day)
        await context.work.outbox.put(speech.message(recorder.user_id, said))
    await context.alert(texts.objected_alert(context.own_language()))


async def _meeting(work: "Work", club: Club, meeting: Meeting) -> tuple[str, Buttons]:
    """The group's answer as it is now. Who cannot be told in private may object right there."""
    lang = language_of(club)
    undoer = meeting.undone_by_id
    cast = await members.cast(work, club.id, {meeting.by_id, meeting.with_id, undoer or meeting.by_id})
    one, other = cast.names[meeting.by_id], cast.names[meeting.with_id]
    if meeting.undone_at is not None:
        named = undoer is not None and undoer != meeting.with_id
        return texts.met_undone(lang, one, other, cast.names[undoer] if undoer and named else None), ()
    row = [Button(referral_texts.undo_button(lang), f"metundo:{club.id}:{meeting.id}")]
    if not cast.members[meeting.with_id].reachable:
        row.append(Button(texts.not_so_button(lang), f"metnot:{club.id}:{meeting.id}"))
    return texts.met(lang, one, other, meeting.note), [row]


async def show_meeting(work: "Work", club: Club, meeting: Meeting) -> None:
    """Bring the group's answer up to date with what the one-to-one is now."""
    said, buttons = await _meeting(work, club, meeting)
    await work.outbox.put(speech.change(answers.about(meeting.source), said, buttons))


async def tell_other(work: "Work", club: Club, meeting: Meeting, *, anew: bool = True) -> None:
    """Tell the other in private, or correct what they were told; without `anew` that alone."""
    cast = await members.cast(work, club.id, [meeting.by_id, meeting.with_id])
    other = cast.members[meeting.with_id]
    if other.user_id is None or not other.reachable or other.left_at is not None:
        return
    lang, about = language(other.language), _private_about(meeting, other.user_id)
    said = texts.to_other(lang, cast.names[meeting.by_id], club.title, meeting.note)
    buttons = [[Button(texts.not_so_button(lang), f"metnot:{club.id}:{meeting.id}")]]
    if await work.outbox.has_told(about):
        await work.outbox.put(speech.change(about, said, buttons))
    elif anew:
        await work.outbox.put(speech.message(other.user_id, said, buttons, about=about))


async def withdraw(work: "Work", club: Club, meeting: Meeting) -> None:
    """Change what the other was told in private: it was taken back, or was with somebody else."""
    cast = await members.cast(work, club.id, [meeting.by_id, meeting.with_id])
    other = cast.members[meeting.with_id]
    if other.user_id is not None:
        said = texts.to_other_undone(language(other.language), cast.names[meeting.by_id], club.title)
        await work.outbox.put(speech.change(_private_about(meeting, other.user_id), said))


async def _visitor(work: "Work", club: Club, brought: Visitor) -> tuple[str, Buttons]:
    lang = language_of(club)
    undoer = brought.undone_by_id or brought.by_id
    names = (await members.cast(work, club.id, {brought.by_id, undoer})).names
    if brought.undone_at is not None:
        return texts.visitor_undone(lang, names[brought.by_id], brought.name, names[undoer]), ()
    buttons = [[Button(referral_texts.undo_button(lang), f"guestundo:{club.id}:{brought.id}")]]
    return texts.visitor(lang, names[brought.by_id], brought.name), buttons


async def show_visitor(work: "Work", club: Club, brought: Visitor) -> None:
    """Bring the group's answer up to date with what the visitor is now."""
    said, buttons = await _visitor(work, club, brought)
    await work.outbox.put(speech.change(answers.about(brought.source), said, buttons))


def _private_about(meeting: Meeting, user_id: int) -> str:
    return f"met:{meeting.id}:{user_id}"
