"""Answers to the questions of a form: typed, or given by its buttons; and recording what was filled in."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import NotAMember, UnknownButton
from bot.domain.forms import Form
from bot.domain.models import Source
from bot.domain.progress import WARMTHS
from bot.services import forms
from bot.services.forms import Desk
from bot.services.thanks import Thanked
from bot.texts import forms as texts
from handlers import answers, doubts, guide, imports
from handlers import referrals as referral_handlers
from handlers import thanks as thanks_handlers
from handlers.buttons import words

router = Router()


async def typed(update: Update, context: Context) -> None:
    """What someone types in private answers the question that their form is at, if they have one."""
    who = context.sender
    form = await context.work.forms.of(who.user_id) if who else None
    if form is None:
        await imports.point_at_buttons(context)
        return
    at = await guide.desk(context, form)
    if form.has_club and at is None:
        await guide.close(context, form, texts.cancelled(context.own_language()))
        return
    if at is not None:
        form = await forms.answered(context.work, at, form, _words(context.message))
    await guide.ask(context, form, anew=True)


@router.button("form")
async def pressed(update: Update, context: Context) -> None:
    """A button of a form; those of a question that is past do nothing."""
    who = context.sender
    form = await context.work.forms.of(who.user_id) if who and not context.in_group else None
    step, value = words(context, 2, skip=0)
    if form is None or step != form.step:
        await context.alert(texts.past_alert(context.own_language()))
        return
    at = await guide.desk(context, form)
    if value == "cancel" or (form.has_club and at is None):
        await guide.close(context, form, texts.cancelled(context.own_language()))
    elif value == "record" and at is not None and step == "look":
        await _record(context, at, form)
    elif value.startswith("p") and value[1:].isdecimal() and step == "who":
        await guide.ask(context, form, page=int(value[1:]))
    else:
        await guide.ask(context, await _pressed(context, at, form, value))
    await context.alert()


async def _pressed(context: Context, at: Desk | None, form: Form, value: str) -> Form:
    work = context.work
    if value == "back":
        return await forms.back(work, at, form)
    if form.step == "club":
        if value not in {str(club.id) for club in await work.clubs.of_person(form.user_id)}:
            raise NotAMember
        return replace(form.answered(value), club_id=int(value))
    if at is None:
        raise UnknownButton
    if value == "skip":
        return await forms.chosen(work, at, form, "")
    offered = {
        "who": {str(member.id) for member, _ in await forms.others(work, at)},
        "warmth": {str(warmth) for warmth in WARMTHS},
        "referral": {str(referral.number) for referral in await forms.to_choose(work, at, form)},
    }
    if value not in offered.get(form.step, ()):
        raise UnknownButton
    return await forms.chosen(work, at, form, value)


async def _record(context: Context, at: Desk, form: Form) -> None:
    """Record it as the command would have, answer in the group, and say so here."""
    source = Source(context.chat.id, context.message.message_id)
    limit = context.daily_limit(at.club)
    made = await forms.record(context.work, at, form, source, context.sent_at, limit)
    if isinstance(made, Thanked):
        said, buttons = await answers.to_thanks(context.work, at.club, made)
        number = made.thanks.number
        await thanks_handlers.tell_thanked(context.work, at.club, made)
    else:
        said, buttons = await referral_handlers.tell(context.work, at.club, made)
        number = made[0].number
        await doubts.explain(context.work, at.club, at.member, made)
    in_group = speech.message(at.club.chat_id, said, buttons, about=answers.about(source))
    await context.work.outbox.put(in_group)
    await guide.close(context, form, texts.recorded(context.own_language(), number, at.club.title))


def _words(message: Message) -> str:
    """What was typed; a shared contact is its name and number."""
    if message.contact is not None:
        person = message.contact
        return " ".join(part for part in (person.first_name, person.last_name, person.phone_number) if part)
    return message.text or ""


_ANSWERS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & (filters.TEXT | filters.CONTACT) & ~filters.COMMAND
router.others.append(MessageHandler(_ANSWERS, typed))
