"""Bringing a club's past along: from the file that was sent to the entries in the ledger, and back."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.errors import UnknownButton
from bot.domain.imports.brought import KEPT_FOR, UNDO_FOR, Import
from bot.domain.imports.entries import Content
from bot.domain.imports.plan import Ledger, Plan, planned
from bot.domain.imports.refusals import ImportOver, NothingToTakeBack
from bot.domain.imports.tables import Kind
from bot.domain.models import Club
from bot.domain.names import display_names
from bot.services import imported_rows

if TYPE_CHECKING:
    from bot.storage.work import Work


async def sent(work: "Work", user_id: int, club: Club | None, file_id: str, file_name: str) -> Import:
    """Keep that this admin sent a file; what they sent before and did not decide on is put aside.

    Without a `club` it is to be asked which.
    """
    for earlier in await work.imports.open_of(user_id):
        await end(work, earlier)
    return await work.imports.add(
        club_id=club.id if club else None,
        user_id=user_id,
        file_id=file_id,
        file_name=file_name,
        state="reading" if club else "asking",
        created_at=work.now,
    )


async def end(work: "Work", import_: Import) -> Import:
    """Nothing comes of it, and what was in the file is kept no longer."""
    return await work.imports.change(import_.id, state="ended", report=None, layout=None)


async def plan(work: "Work", club: Club, content: Content) -> Plan:
    """What the content would bring to the club, as the club is now."""
    names = display_names(member.name for member in await work.members.all_of(club.id))
    members = await work.taking_in.members(club.id, names)
    entries, imported_only = await work.taking_in.entries(club.id)
    last = await work.taking_in.last_number(club.id)
    ledger = Ledger(club.zone, members, entries, last, imported_only)
    # Long files would keep everybody else waiting.
    return await asyncio.to_thread(planned, content, ledger)


async def take_in(work: "Work", club: Club, import_: Import, what: Plan) -> Import:
    """Write all of it down as of its own days: nobody is told or reminded, and no question asked."""
    members = await _newcomers(work, club, import_, what)
    rows = imported_rows.Rows(work.now, club, import_.id, members, what)
    for kind in (Kind.REFERRAL, Kind.MEETING, Kind.VISITOR):
        await work.taking_in.add(kind, rows.of(kind))
    ids = await work.taking_in.referral_ids(import_.id)
    await work.taking_in.link(rows.links(ids))
    await work.taking_in.add_events(rows.events(ids))
    await work.taking_in.add(Kind.THANKS, rows.thanks(ids))
    before = await work.taking_in.set_joined(what.joined)
    last_before = await work.taking_in.last_number(club.id)
    last = max([last_before, *(each.number for each in what.additions if each.number is not None)])
    await work.taking_in.set_last_number(club.id, last)
    counts = {kind.value: count for kind, count in what.counts().items()}
    await work.audit.add(club.id, await _member_id(work, club, import_.user_id), "import", counts=counts)
    return await work.imports.change(
        import_.id,
        state="done",
        layout=None,
        counts=counts,
        last_number=last,
        before={
            "last_number": last_before,
            "joined": {str(id_): [at.isoformat(), what.joined[id_].isoformat()] for id_, at in before.items()},
        },
        done_at=work.now,
    )


async def to_take_back(work: "Work", club: Club, import_id: int | None = None) -> Import:
    """The import of the club that can be taken back: the last one, or that with this id.

    Raises NothingToTakeBack and, after a week, ImportOver.
    """
    found = await (work.imports.latest_done(club.id) if import_id is None else work.imports.find(import_id))
    if found is None or found.club_id != club.id or found.state != "done" or found.done_at is None:
        raise NothingToTakeBack
    if work.now - found.done_at > UNDO_FOR:
        raise ImportOver
    return found


async def take_back(work: "Work", club: Club, import_: Import, by_user_id: int) -> Import:
    """Make the club's ledger what it was without the import."""
    await work.taking_in.take_out(club.id, import_.id)
    before = import_.before or {}
    known = {member.id: member.joined_at for member in await work.members.all_of(club.id)}
    joined: dict[int, datetime] = {}
    for id_, (was, became) in before.get("joined", {}).items():
        if known.get(int(id_)) == datetime.fromisoformat(became):
            joined[int(id_)] = datetime.fromisoformat(was)
    await work.taking_in.set_joined(joined)
    if await work.taking_in.last_number(club.id) == import_.last_number:
        await work.taking_in.set_last_number(club.id, before["last_number"])
    by_id = await _member_id(work, club, by_user_id or import_.user_id)
    await work.audit.add(club.id, by_id, "unimport", counts=dict(import_.counts or {}))
    return await work.imports.change(import_.id, state="undone", report=None)


async def match(work: "Work", club: Club, member_id: int, into_id: int) -> None:
    """A member who is known by name only is that other member. Raises UnknownButton when that can't be."""
    nameless = await work.taking_in.known_by_name(club.id)
    everyone = {member.id for member in await work.members.all_of(club.id) if not member.erased}
    if member_id not in nameless or into_id in nameless or into_id not in everyone:
        raise UnknownButton
    await work.merging.merge(member_id, into_id, work.now)


async def forget(work: "Work") -> int:
    """Put aside what no admin decided on for a day; returns how many there were."""
    return await work.imports.forget(work.now - KEPT_FOR)


async def _newcomers(work: "Work", club: Club, import_: Import, what: Plan) -> Sequence[int]:
    """The ids of the new members, in their order; each came when the file says, else with their first entry."""
    first: dict[int, datetime] = {}
    for addition in what.additions:
        at = addition.entry.moment.at
        for id_ in (addition.giver_id, addition.taker_id, *addition.by_ids):
            if id_ is not None and id_ < 0:
                first[id_] = min(first.get(id_, at), at)
    ids = []
    for position, newcomer in enumerate(what.newcomers, 1):
        who = newcomer.who
        goes_by_username = who.user_id is None and who.username is not None and not who.first_name
        ids.append(
            await work.taking_in.add_member(
                club_id=club.id,
                pending_key=newcomer.key,
                pending_username=who.username,
                told_user_id=who.user_id,
                told_first_name=None if goes_by_username or who.forgotten else who.first_name or who.name,
                told_last_name=who.last_name or None,
                joined_at=newcomer.joined_at or first.get(-position, work.now),
                left_at=work.now if who.forgotten else newcomer.left_at,
                erased_at=work.now if who.forgotten else None,
                import_id=import_.id,
            )
        )
    return ids


async def _member_id(work: "Work", club: Club, user_id: int) -> int | None:
    member = await work.members.of_person(club.id, user_id)
    return member.id if member else None
