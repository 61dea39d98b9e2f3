"""Forgetting a person who asks for it: their identity goes in every club, and the clubs' totals stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.models import Club, Source
from bot.domain.retention import OUTBOX_KEPT
from bot.domain.scrubbing import identifying
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work

GAP = "…"
"""Stands where a name was in what others wrote."""


@dataclass(frozen=True)
class Forgotten:
    """What is left to do once someone is forgotten: to show again what still can be changed.

    `sources` are the messages that made entries with them, each with the id of its club. `moved` leads from a message
    in the private chat that made something to the one that it is kept under now.
    """

    sources: Sequence[tuple[int, Source]]
    moved: Mapping[Source, Source]


async def forget(work: "Work", user_id: int) -> Forgotten:
    """Forget this person, in all clubs. What they gave and received counts as it did, without a name.

    Who comes back after that is somebody new.
    """
    person = await work.members.person(user_id)
    ids = await work.erasure.members_of(user_id, person.username if person else None)
    theirs = [await work.members.get(id_) for id_ in ids]
    clubs = {member.club_id for member in theirs}
    words = [str(user_id)]
    if person is not None:
        words = identifying(person.first_name, person.last_name, person.username, user_id)
    shown = [(await members.cast(work, each.club_id, [each.id])).names[each.id] for each in theirs]
    await work.erasure.words_of(ids)
    naming = await work.erasure.name_in(clubs, words, GAP)
    moved = await work.erasure.private_chat_of(user_id)
    await work.said.drop(user_id)
    await work.said.forget(clubs)
    await work.said.scrub(clubs, [*words, *shown], GAP)
    await work.erasure.updates_of(user_id, words)
    await work.erasure.identity_of(user_id, ids, work.now)
    for club_id in clubs:
        await work.audit.add(club_id, None, "forgotten")
    theirs_of_late = await work.erasure.sources_of(ids, work.now - OUTBOX_KEPT)
    return Forgotten(
        sources=list(dict.fromkeys([*theirs_of_late, *naming])),
        moved={Source(user_id, old): Source(0, new) for old, new in moved.items()},
    )


async def clubs_of(work: "Work", user_id: int) -> list[Club]:
    """The clubs that this person is or was in, as far as it is known that it was them."""
    person = await work.members.person(user_id)
    ids = await work.erasure.members_of(user_id, person.username if person else None)
    clubs = {(await work.members.get(id_)).club_id for id_ in ids}
    return [await work.clubs.get(club_id) for club_id in sorted(clubs)]
