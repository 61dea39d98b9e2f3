"""How an entry of the ledger is shown in the group, with its buttons: the same after every change."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot import speech
from bot.domain.models import Club, Member, Referral, Source, Thanks
from bot.domain.outgoing import Button, Buttons
from bot.services import chains, members
from bot.services.members import Cast
from bot.services.thanks import DEGREES, Thanked
from bot.texts import chains as chain_texts
from bot.texts import language_of, quality, referrals, thanks
from bot.texts.referrals import DetailsWay, Line
from bot.texts.thanks import ThanksView
from handlers import doubts, steps

if TYPE_CHECKING:
    from bot.storage.work import Work


def about(source: Source) -> str:
    """What the group's answer to this message is kept under."""
    return f"answer:{source.chat_id}:{source.message_id}"


def private_about(entry: Referral | Thanks, reader_id: int) -> str:
    """What the private message to this person about the entry is kept under."""
    return f"{'referral' if isinstance(entry, Referral) else 'thanks'}:{entry.id}:{reader_id}"


async def cast_of(work: "Work", club: Club, made: Sequence[Referral]) -> Cast:
    """The people of the referrals that one /refer made."""
    undoers = {r.undone_by_id for r in made if r.undone_by_id is not None}
    return await members.cast(work, club.id, {made[0].giver_id, *(r.recipient_id for r in made), *undoers})


async def to_referrals(work: "Work", club: Club, made: Sequence[Referral], cast: Cast) -> tuple[Markup, Buttons]:
    """The answer to a /refer that made these referrals, as they are now; `cast` is theirs.

    For a recipient who was not told in private, or could not be after all, it has their buttons.
    """
    lang = language_of(club)
    names, recipients = cast.names, {**cast.names, **cast.pinged}
    lines, untold = [], []
    for referral in made:
        way = DetailsWay.NONE
        recipient = cast.members[referral.recipient_id]
        told = await is_told(work, recipient, referral)
        if referral.undone_at is None and not told and not recipient.erased:
            untold.append(referral)
        if referral.has_details and not recipient.erased:
            way = DetailsWay.PRIVATE if told else DetailsWay.BUTTON
        undone_by = names[referral.undone_by_id or referral.giver_id] if referral.undone_at else None
        lines.append(Line(referral.number, recipients[referral.recipient_id], way, undone_by))
    live = [referral for referral in made if referral.undone_at is None]
    asked = await doubts.about(work, club, live, recipients)
    came_out_of, links = await _came_out_of(work, club, live)
    shown = referrals.answer(lang, names[made[0].giver_id], (live or made)[0], lines, [*came_out_of, *asked.lines])
    undoable = [referral for referral in live if referral.id not in asked.undo_offered]
    return shown, [*asked.rows, *links, *_buttons(club, live, untold, undoable, lines)]


async def show_again(work: "Work", club: Club, source: Source) -> None:
    """Bring the group's answer up to date with what the referrals of this message are now."""
    made = await work.referrals.from_source(source)
    said, buttons = await to_referrals(work, club, made, await cast_of(work, club, made))
    await work.outbox.put(speech.change(about(source), said, buttons))


async def _came_out_of(work: "Work", club: Club, live: Sequence[Referral]) -> tuple[list[Markup], Buttons]:
    """What the referral came out of, in a line; or a button for each that it seems to have come out of."""
    if not live:
        return [], ()
    lang = language_of(club)
    before = await chains.came_out_of(work, live[0])
    if before is not None:
        giver = (await members.cast(work, club.id, [before.giver_id])).names[before.giver_id]
        return [chain_texts.came_out_of(lang, giver, before.number)], ()
    return [], [
        [Button(chain_texts.link_button(lang, each.number), f"via:{club.id}:{live[0].number}:{each.number}")]
        for each in await chains.may_come_out_of(work, live[0])
    ]


async def is_told(work: "Work", recipient: Member, referral: Referral) -> bool:
    """Has the recipient the referral in private, or will have it?"""
    if recipient.user_id is None:
        return False
    return await work.outbox.has_told(private_about(referral, recipient.user_id))


def _buttons(
    club: Club,
    live: Sequence[Referral],
    untold: Sequence[Referral],
    undoable: Sequence[Referral],
    lines: Sequence[Line],
) -> Buttons:
    """For those who could not be told in private: the details, and the steps of one of them, which serve each."""
    lang = language_of(club)
    if not live:
        return ()
    theirs = []
    if any(line.details is DetailsWay.BUTTON and line.undone_by is None for line in lines):
        theirs.append(Button(referrals.details_button(lang), f"details:{club.id}:{live[0].number}"))
    if untold:
        first = next((referral for referral in untold if referral.status == "new"), untold[0])
        theirs += steps.in_group(lang, club, first)
    givers = []
    if any(referral.kind == "outside" for referral in live):  # an own purchase introduces nobody
        givers.append(Button(quality.how_warm_button(lang), f"quality:{club.id}:{live[0].number}"))
    givers += [
        Button(
            referrals.undo_button(lang, referral.number if len(live) > 1 else None),
            f"undo:{club.id}:{referral.number}",
        )
        for referral in undoable
    ]
    return [*steps.in_rows(theirs), *steps.in_rows(givers)]


async def to_thanks(work: "Work", club: Club, said: Thanked, *, doubtful: bool = False) -> tuple[Markup, Buttons]:
    """The answer to a /thanks, as it is now. `doubtful`: how its amount was read is said as well.

    That is said while nobody has pressed a button under it: who does has read it.
    """
    lang = language_of(club)
    view = replace(await thanks_view(work, club, said), doubtful=doubtful)
    if view.undone_by is not None:
        return thanks.answer(lang, view), ()
    number = said.thanks.number
    rows = [
        [Button(thanks.choice_button(lang, choice), f"for:{club.id}:{number}:{choice.number}")]
        for choice in said.choices
    ]
    if rows:
        rows.append([Button(thanks.none_of_these(lang), f"for:{club.id}:{number}:0")])
    if said.asks_degree:
        rows += [
            [Button(thanks.degree_button(lang, degree, view.thanked), f"deg:{club.id}:{number}:{degree}")]
            for degree in DEGREES
        ]
    rows.append([Button(referrals.undo_button(lang), f"undo:{club.id}:{number}")])
    return thanks.answer(lang, view), rows


async def thanks_view(work: "Work", club: Club, said: Thanked) -> ThanksView:
    """The thanks with the names of its people."""
    entry = said.thanks
    undoer = entry.undone_by_id or entry.from_id
    began = said.began
    cast = {entry.from_id, entry.to_id, undoer} | ({began.giver_id} if began else set())
    names = (await members.cast(work, club.id, cast)).names
    return ThanksView(
        thanks=entry,
        thanker=names[entry.from_id],
        thanked=names[entry.to_id],
        referral=said.referral,
        choices=said.choices,
        undone_by=names[undoer] if entry.undone_at else None,
        began=(names[began.giver_id], began.number) if began else None,
        asks_degree=said.asks_degree,
    )
