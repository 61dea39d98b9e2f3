"""The question of the month, and the taps that answer it."""

from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.models import Club
from bot.domain.outgoing import Button, Buttons
from bot.domain.questions import ANSWERS, Question
from bot.services import questions
from bot.texts import language_of
from bot.texts import questions as texts
from handlers.buttons import club_of_button, member_who_pressed, numbers

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


async def ask_due(work: "Work") -> int:
    """Ask the clubs for which it is the moment; returns how many."""
    due = await questions.due(work)
    for club, question in due:
        said = texts.question(language_of(club), question)
        once_key = f"question:{club.id}:{question.month}"
        await work.outbox.put(speech.once(club.chat_id, said, once_key, _buttons(club, question), _about(question)))
    return len(due)


@router.button("vote")
async def answer(update: Update, context: Context) -> None:
    """Count the answer, and show how many there are now."""
    club, (question_id, place) = await club_of_button(context), numbers(context, 2)
    member = await member_who_pressed(context, club)
    if place >= len(ANSWERS):
        raise UnknownButton
    question = await questions.answer(context.work, club, member, question_id, ANSWERS[place])
    said = texts.question(language_of(club), question)
    await context.work.outbox.put(speech.change(_about(question), said, _buttons(club, question)))
    await context.alert(texts.counted_alert(context.own_language()))


def _about(question: Question) -> str:
    return f"question:{question.id}"


def _buttons(club: Club, question: Question) -> Buttons:
    lang = language_of(club)
    return [
        [
            Button(texts.answer_button(lang, answer), f"vote:{club.id}:{question.id}:{place}")
            for place, answer in enumerate(ANSWERS)
        ]
    ]
