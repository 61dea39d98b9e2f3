"""Direct business, where the giver is the customer: seen, asked about, and kept apart from the referrals."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from bot.domain import direct
from bot.domain.errors import AlreadyUndone, NotYours, UnknownNumber
from bot.domain.models import Club, Kind, Member, Referral
from bot.domain.parsing import ReferralDraft

if TYPE_CHECKING:
    from bot.storage.work import Work


async def judge(
    work: "Work", club: Club, giver: Member, recipients: Collection[Member], draft: ReferralDraft
) -> dict[str, Any]:
    """Which kind the referral is, as its columns: what is likely direct business does not rank until the giver says.

    What was said outright (#inside) is not asked.
    """
    if draft.inside:
        return {"kind": "inside", "kind_asked": False}
    likely = await _is_likely(work, club, giver, recipients, draft)
    return {"kind": "inside" if likely else "outside", "kind_asked": likely}


async def judge_again(
    work: "Work", club: Club, giver: Member, recipients: Collection[Member], draft: ReferralDraft, before: Referral
) -> dict[str, Any]:
    """The same for an edited message: what was answered by a button stands, unless #inside is said now.

    What becomes a referral by it counts from now on, if the weekly post of its time is out already.
    """
    told = await _answer(work, before)
    judged: dict[str, Any] = {"kind": told, "kind_asked": False}
    if told is None or draft.inside:
        judged = await judge(work, club, giver, recipients, draft)
    return judged | _counted_from(club, before, judged["kind"])


async def was_marked(work: "Work", referral: Referral) -> bool:
    """Is it direct business because it was said outright, and not by a button?"""
    decided = referral.kind == "inside" and not referral.kind_asked
    return decided and await _answer(work, referral) != "inside"


async def tell(work: "Work", club: Club, by: Member, number: int, kind: Kind, *, is_admin: bool) -> list[Referral]:
    """The giver (or an admin) tells which kind referral `number` is, and all that were asked about with it.

    Returns those that were: none when it is answered already.
    """
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    if by.id != referral.giver_id and not is_admin:
        raise NotYours(number)
    live = [each for each in await work.referrals.from_source(referral.source) if each.undone_at is None]
    if not live:
        raise AlreadyUndone(number)
    asked = [each for each in live if each.kind_asked]
    for each in asked:
        await work.referrals.correct(each.id, kind=kind, kind_asked=False, **_counted_from(club, each, kind))
        await work.events.add(each.id, work.now, by.id, "kind", kind)
    return [await work.referrals.get(each.id) for each in asked]


async def _is_likely(
    work: "Work", club: Club, giver: Member, recipients: Collection[Member], draft: ReferralDraft
) -> bool:
    if direct.is_oneself(draft.contact, giver.name) or any(each.user_id == giver.user_id for each in draft.named):
        return True
    if direct.reads_as_own_order(f"{draft.contact}: {draft.need}"):
        return True
    others = {giver.id, *(recipient.id for recipient in recipients)}
    present = await work.members.present(club.id)
    marked = {person.user_id for person in draft.named}
    return direct.names_fellow(
        draft.contact,
        [name for _, name in present if name.id not in others],
        marked={name.id for user_id, name in present if user_id in marked},
        has_details=bool(draft.phone or draft.email),
    )


async def _answer(work: "Work", referral: Referral) -> str | None:
    """What was answered by a button last."""
    told = [event.value for event in await work.events.of_referral(referral.id) if event.side == "kind"]
    return told[-1] if told else None


def _counted_from(club: Club, before: Referral, kind: Kind) -> dict[str, Any]:
    # Each referral is in exactly one weekly post: one that becomes a referral after its own is in the next.
    if kind == "outside" and before.kind == "inside":
        return {"given_at": max(before.given_at, club.week_began_at)}
    return {}
