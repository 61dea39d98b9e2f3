"""The club's ledger as files for a spreadsheet (CSV, RFC 4180, UTF-8 with BOM)."""

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.domain.amounts import Amount
from bot.domain.models import Club, Event
from bot.domain.names import display_names
from bot.domain.records import IN_CSV

if TYPE_CHECKING:
    from bot.storage.work import Work

FILES = {f"{table.name}.csv": tuple(table.columns) for table in IN_CSV}

# A cell that begins so is run as a formula by spreadsheets; an apostrophe before it makes it text (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


async def csv_file(work: "Work", club: Club, name: str, since: datetime | None, until: datetime) -> bytes:
    """One of FILES, with the entries of [since, until)."""
    names = display_names(member.name for member in await work.members.all_of(club.id))
    rows = {"referrals.csv": _referrals, "thanks.csv": _thanks, "members.csv": _members}[name]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, FILES[name], lineterminator="\r\n")
    writer.writeheader()
    async for row in rows(work, club, names, since, until):
        writer.writerow({column: _cell(value) for column, value in row.items()})
    return text.getvalue().encode("utf-8-sig", "replace")


async def _referrals(
    work: "Work", club: Club, names: Mapping[int, str], since: datetime | None, until: datetime
) -> AsyncIterator[dict[str, Any]]:
    happened = await work.events.of_club(club.id, since, until)
    async for row in work.lists.referrals(club.id, since, until):
        yield {
            "number": row.number,
            "given_at": _instant(row.given_at, club.zone),
            "giver_id": row.giver_user_id,
            "giver": names[row.giver_id],
            "recipient_id": row.recipient_user_id,
            "recipient": names[row.recipient_id],
            "contact": row.contact,
            "phone": row.phone,
            "email": row.email,
            "need": row.need,
            "kind": row.kind,
            "status": row.status_now,
            "undone_at": _instant(row.undone_at, club.zone),
            "status_at": _instant(_moved_at(happened.get(row.id, ())), club.zone),
            "history": "; ".join(_event(event, club.zone, names) for event in happened.get(row.id, ())),
            "warmth": row.warmth,
            "agreed": {None: "", True: "yes", False: "no"}[row.agreed],
            "via_number": row.via_number,
        }


async def _thanks(
    work: "Work", club: Club, names: Mapping[int, str], since: datetime | None, until: datetime
) -> AsyncIterator[dict[str, Any]]:
    async for row in work.lists.thanks(club.id, since, until):
        amount = None if row.amount_minor is None else Amount(row.amount_minor, row.currency)
        yield {
            "number": row.number,
            "given_at": _instant(row.given_at, club.zone),
            "from_id": row.from_user_id,
            "from": names[row.from_id],
            "to_id": row.to_user_id,
            "to": names[row.to_id],
            "amount": amount and amount.decimal,
            "currency": row.currency,
            "degree": row.degree_now,
            "referral_number": row.referral_number,
            "note": row.note,
            "undone_at": _instant(row.undone_at, club.zone),
        }


async def _members(
    work: "Work", club: Club, names: Mapping[int, str], since: datetime | None, until: datetime
) -> AsyncIterator[dict[str, Any]]:
    async for row in work.lists.members(club.id, since, until):
        yield {
            "member_id": row.user_id,
            "name": names[row.id],
            "username": row.username or row.pending_username,
            "joined_at": _instant(row.joined_at, club.zone),
            "left_at": _instant(row.left_at, club.zone),
            "given": row.given,
            "received": row.received,
            "thanks_given": row.thanks_given,
            "thanks_received": row.thanks_received,
            "one_to_ones": row.one_to_ones,
            "visitors": row.visitors,
            "first_name": row.first_name,
            "last_name": row.last_name,
        }


def _moved_at(events: Sequence[Event]) -> datetime | None:
    return max((event.at for event in events if event.side in ("status", "thanks")), default=None)


def _event(event: Event, zone: ZoneInfo, names: Mapping[int, str]) -> str:
    what = event.value if event.side == "status" else f"{event.side} {event.value}"
    return f"{_instant(event.at, zone)} {what}" + (f" by {names[event.by_id]}" if event.by_id is not None else "")


def _instant(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else ""


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
