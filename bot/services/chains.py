"""Chains of referrals: linking one to that which it came out of, and following the links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.alike import Introduced
from bot.domain.chains import Branch, first_of, makes_loop, same_contact, tree
from bot.domain.errors import AlreadyUndone, Loop, OnlyGiver, UnknownNumber
from bot.domain.models import Club, Member, Referral

if TYPE_CHECKING:
    from bot.storage.work import Work

LOOKED_BACK = 200
"""How many of the referrals that a giver received are compared with the one they give."""
OFFERED = 2


@dataclass(frozen=True)
class Chain:
    """A whole chain: its referrals by id, and how it is drawn."""

    referrals: dict[int, Referral]
    branches: Sequence[Branch]


async def named(work: "Work", club: Club, number: int | None, later: Sequence[Referral] = ()) -> Referral | None:
    """The club's referral `number`, that others (those of `later`, where they exist already) can come out of.

    Raises UnknownNumber, AlreadyUndone and Loop.
    """
    if number is None:
        return None
    before = await work.referrals.by_number(club.id, number)
    if before is None:
        raise UnknownNumber(number)
    if before.undone_at is not None:
        raise AlreadyUndone(number)
    links = await work.chains.above(before.id)
    if any(makes_loop(referral.id, before.id, links) for referral in later):
        raise Loop(number)
    return before


async def link(work: "Work", club: Club, giver: Member, number: int, before_number: int) -> list[Referral]:
    """The giver tells that referral `number`, and what the same message made, came out of another; returns them."""
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        raise UnknownNumber(number)
    if referral.giver_id != giver.id:
        raise OnlyGiver(number)
    live = [each for each in await work.referrals.from_source(referral.source) if each.undone_at is None]
    if not live:
        raise AlreadyUndone(number)
    before = await named(work, club, before_number, live)
    if before is None:
        raise UnknownNumber(before_number)
    for each in live:
        if each.via_id != before.id:
            await work.referrals.correct(each.id, via_id=before.id)
            await work.events.add(each.id, work.now, giver.id, "via", str(before.number))
    return live


async def came_out_of(work: "Work", referral: Referral) -> Referral | None:
    """The referral that this one came out of; what was undone counts nowhere."""
    before = await work.referrals.get(referral.via_id) if referral.via_id is not None else None
    return before if before is not None and before.undone_at is None else None


async def may_come_out_of(work: "Work", referral: Referral) -> list[Introduced]:
    """What its giver received before with what seems the same contact, the latest first."""
    received = await work.referrals.received_before(referral.giver_id, referral.number, LOOKED_BACK)
    return [before for before in received if same_contact(before, referral)][:OFFERED]


async def beginning(work: "Work", referral: Referral) -> Referral | None:
    """The first referral of the chain that this one came out of, as far as nothing between them was undone."""
    first = first_of(referral.id, await work.chains.above(referral.id, live=True))
    return None if first is None else await work.referrals.get(first)


async def whole(work: "Work", club: Club, number: int) -> Chain:
    """The chain that the club's referral `number`, or the one that thanks `number` are for, is part of."""
    referral = await work.referrals.by_number(club.id, number)
    if referral is None:
        thanks = await work.thanks.by_number(club.id, number)
        if thanks is None or thanks.referral_id is None:
            raise UnknownNumber(number)
        referral = await work.referrals.get(thanks.referral_id)
    first = first_of(referral.id, await work.chains.above(referral.id)) or referral.id
    links = await work.chains.below([first])
    return Chain({each.id: each for each in await work.referrals.among(links)}, tree(first, links))
