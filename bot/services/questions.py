"""The club's question of the month: asking it, and counting the answers without names."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import AnsweredAlready, NotAMember, QuestionOver, UnknownButton
from bot.domain.models import Club, Member
from bot.domain.questions import ASKED_AT, CATCH_UP, Answer, Question, is_due, month_of

if TYPE_CHECKING:
    from bot.storage.work import Work

FARTHEST_EAST = timedelta(hours=14)
"""No zone is further ahead of UTC: where it is the first of the month last, it is over this much later."""
CLUBS_AT_ONCE = 100
_LAST_DAY = 1 + CATCH_UP.days + 2  # with the hours that zones are apart


async def due(work: "Work") -> list[tuple[Club, Question]]:
    """The clubs to be asked now, each with its question, which is kept as asked."""
    earliest = work.now + FARTHEST_EAST
    if earliest.day > _LAST_DAY or (earliest.day == 1 and earliest.time() < ASKED_AT):
        return []
    found = []
    for club_id, began_at in await work.questions.unasked(earliest.strftime("%Y-%m")):
        club = await work.clubs.get(club_id)
        if is_due(work.now, began_at, club.zone):
            found.append((club, await work.questions.ask(club.id, month_of(work.now, club.zone), work.now)))
        if len(found) == CLUBS_AT_ONCE:
            break
    return found


async def answer(work: "Work", club: Club, member: Member, question_id: int, given: Answer) -> Question:
    """Count a member's answer to the question of this month; each member has one.

    Raises NotAMember for who left the group, UnknownButton, QuestionOver and AnsweredAlready.
    """
    if member.left_at is not None:
        raise NotAMember
    question = await work.questions.get(club.id, question_id)
    if question is None:
        raise UnknownButton
    if await work.questions.has_answered(question.id, member.id):
        raise AnsweredAlready
    if question.month != month_of(work.now, club.zone):
        raise QuestionOver
    await work.questions.count(question.id, member.id, given)
    return replace(question, **{given.value: getattr(question, given.value) + 1})
