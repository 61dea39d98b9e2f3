"""Who is in the club, and what they are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.mentions import Mention
from bot.domain.models import Club, Member, Person
from bot.domain.names import display_names, unlinked

if TYPE_CHECKING:
    from bot.storage.work import Work


async def meet(work: "Work", person: Person) -> Person:
    """Keep how Telegram describes someone now; what only the bot knows of them (reachable) stays."""
    known = await work.members.person(person.user_id)
    if known is None:
        await work.members.save_person(person, new=True, now=work.now)
        return person
    current = replace(
        person,
        reachable=known.reachable or person.reachable,
        language_code=person.language_code or known.language_code,
        chosen_language=known.chosen_language,
    )
    if current != known:
        await work.members.save_person(current, new=False, now=work.now)
    return current


async def join(work: "Work", club: Club, person: Person, *, present: bool = True) -> Member:
    """The member of the club that this person is; becomes one when first seen.

    A pending member with the person's username, or who an imported file says is this person, becomes them, with all
    that was credited to it. With `present` someone who had left is back; a press on an old button alone does not
    bring them back.
    """
    await meet(work, person)
    member, expected = await work.members.of_person_and_expected(club.id, person)
    if member is not None and not expected and not (present and member.left_at):
        return member
    if member is None and expected:
        first, *expected = expected
        await work.members.identify(first.id, person.user_id)
    elif member is None:
        await work.members.add(club.id, person.user_id, work.now)
    found = await work.members.of_person(club.id, person.user_id)
    if found is None:
        raise LookupError(f"person {person.user_id} is in no club {club.id}")
    for each in expected:
        await work.merging.merge(each.id, found.id, work.now)
    if present and found.left_at:
        await work.members.set_left(found.id, None)
        found = replace(found, left_at=None)
    return found


async def leave(work: "Work", club: Club, user_id: int) -> None:
    """The person left the group; what they gave and received stays."""
    member = await work.members.of_person(club.id, user_id)
    if member and member.left_at is None:
        await work.members.set_left(member.id, work.now)


async def mentioned(work: "Work", club: Club, mention: Mention) -> Member:
    """The member that a mention names; an @username never seen before becomes a pending member."""
    if mention.person is not None:
        return await join(work, club, mention.person, present=False)
    username = mention.username or ""
    member = await work.members.by_username(club.id, username)
    if member is None:
        await work.members.add_pending(club.id, username, work.now)
        member = await work.members.pending(club.id, username)
    if member is None:
        raise LookupError(f"no pending member in club {club.id}")
    return member


@dataclass(frozen=True)
class Cast:
    """Members of a club with what to call each: the first name, with more where others in the club share it.

    Nothing in `names` is a mention, a command or a link to Telegram, so that no list pings anyone. `pinged` has the
    pending members' @usernames as they are: by that mention they learn that something is for them.
    """

    members: Mapping[int, Member]
    names: Mapping[int, str]
    pinged: Mapping[int, str]


async def cast(work: "Work", club_id: int, member_ids: Collection[int]) -> Cast:
    """These members of the club and what to call them."""
    everyone = await work.members.with_namesakes(club_id, member_ids)
    shown = display_names(member.name for member in everyone)
    wanted = {member.id: member for member in everyone if member.id in member_ids}
    pinged = {id_: shown[id_] for id_, member in wanted.items() if member.goes_by_username}
    return Cast(wanted, {id_: unlinked(shown[id_]) for id_ in wanted}, pinged)
