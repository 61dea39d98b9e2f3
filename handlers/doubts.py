"""What only the giver can tell of a referral, asked under the group's answer: is it direct business? a double?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot import speech
from bot.domain.models import Club, Member, Referral
from bot.domain.outgoing import Button
from bot.services import doubles
from bot.texts import direct as texts
from bot.texts import language, language_of

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass
class Doubts:
    """The lines under the answer with a row of buttons for each question, and whose Undo button is among these."""

    lines: list[Markup] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    undo_offered: set[int] = field(default_factory=set)


async def about(work: "Work", club: Club, live: Sequence[Referral], names: Mapping[int, str]) -> Doubts:
    """What is asked about these referrals of one message, or said instead; `names` has their recipients'."""
    lang = language_of(club)
    doubts = Doubts()
    likes = [(each, first) for each in live if (first := await doubles.looked_like(work, each))]
    for referral, first in likes:
        doubts.lines.append(texts.double(lang, referral.number, first.number))
        keep = texts.keep_button(lang, referral.number if len(likes) > 1 else None)
        back = texts.take_back_button(lang, referral.number)
        keep_button = Button(keep, f"keep:{club.id}:{referral.number}")
        doubts.rows.append([keep_button, Button(back, f"undo:{club.id}:{referral.number}")])
        doubts.undo_offered.add(referral.id)
    if asked := [referral for referral in live if referral.kind_asked]:
        doubts.lines.append(texts.question(lang, [names[referral.recipient_id] for referral in asked]))
        number = asked[0].number
        own = Button(texts.my_own_button(lang), f"kind:{club.id}:{number}:inside")
        introduction = Button(texts.introduction_button(lang), f"kind:{club.id}:{number}:outside")
        doubts.rows.append([own, introduction])
    elif any(referral.kind == "inside" for referral in live):
        doubts.lines.append(texts.kept_apart(lang))
    return doubts


async def explain(work: "Work", club: Club, giver: Member, made: Sequence[Referral]) -> None:
    """The first time a member has direct business: tell them the difference, where the bot may write to them."""
    inside = [referral for referral in made if referral.kind == "inside" and not referral.kind_asked]
    if not inside or giver.user_id is None or not giver.reachable:
        return
    if await work.members.tell_of_direct(giver.id, work.now):
        said = texts.explanation(language(giver.language), club.title, inside[0].number)
        await work.outbox.put(speech.message(giver.user_id, said))
