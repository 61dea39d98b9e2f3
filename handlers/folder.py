"""Someone's referrals in private: one message that shows the list, one of them, or how warm it is, by turns."""

from typing import TYPE_CHECKING

from bot.context import Context
from bot.domain.models import Club, Member, Referral
from bot.domain.outgoing import Button, Outgoing
from bot.domain.progress import WARMTHS
from bot.services import members, progress
from bot.texts import language
from bot.texts import progress as texts
from bot.texts import quality as quality_texts
from handlers import screens, steps
from handlers.screens import Screen

if TYPE_CHECKING:
    from bot.storage.work import Work


async def show(context: Context, member: Member, screen: Screen, if_refused: Outgoing | None = None) -> None:
    """Show this in private: in the member's latest folder if they pressed there, else in a new one."""
    if member.user_id is not None:
        await screens.show(context, _about(member), member.user_id, screen, if_refused=if_refused)


async def is_in_folder(context: Context, member: Member) -> bool:
    """Was a button of the member's latest folder pressed?"""
    return await screens.is_pressed(context, _about(member))


async def open_list(work: "Work", club: Club, member: Member) -> Screen:
    """The member's open referrals, received and given."""
    lang = language(member.language)
    received, given = await work.referrals.open_for(member.id), await work.referrals.open_from(member.id)
    others = {r.giver_id for r in received} | {r.recipient_id for r in given}
    names = (await members.cast(work, club.id, others)).names
    said = texts.open_list(
        lang,
        club.title,
        [(referral, names[referral.giver_id]) for referral in received],
        [(referral, names[referral.recipient_id]) for referral in given],
    )
    shown = [*received[: texts.MAX_LISTED], *given[: texts.MAX_LISTED]]
    buttons = [Button(texts.open_button(each.number), f"open:{club.id}:{each.number}") for each in shown]
    return said, steps.in_rows(buttons)


async def card(work: "Work", club: Club, member: Member, referral: Referral) -> Screen:
    """One referral with its history, and what the member may do with it."""
    lang = language(member.language)
    story = await progress.story(work, referral)
    own = member.id == referral.giver_id
    said = texts.card(lang, story, club.zone, details=progress.may_see(referral, member), own=own)
    below = []
    if own and referral.undone_at is None:
        below.append(Button(quality_texts.how_warm_button(lang), f"quality:{club.id}:{referral.number}"))
    below.append(Button(texts.back_button(lang), f"open:{club.id}:0"))
    return said, [*steps.for_member(lang, club, referral, member), below]


def warmth(club: Club, member: Member, referral: Referral) -> Screen:
    """To the giver: how warm the introduction is, and whether the contact agreed to be called."""
    lang, number = language(member.language), referral.number
    warmths = [
        Button(
            quality_texts.warmth_button(each, chosen=referral.warmth == each),
            f"warm:{club.id}:{number}:{each}",
        )
        for each in WARMTHS
    ]
    agreed = [
        Button(
            quality_texts.agreed_button(lang, agreed=each, chosen=referral.agreed is each),
            f"may:{club.id}:{number}:{int(each)}",
        )
        for each in (True, False)
    ]
    back = Button(texts.back_button(lang), f"open:{club.id}:{number}")
    return quality_texts.question(lang, referral), [*steps.in_rows(warmths), agreed, [back]]


def _about(member: Member) -> str:
    return f"folder:{member.id}"
