"""All that is kept of a person, as one document for them. Its shape is described in docs/mydata.schema.json."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.domain.erased import ERASED, SOMEONE
from bot.services import members

if TYPE_CHECKING:
    from bot.storage.work import Work

FORMAT, VERSION = "kring-mydata", 1
# What is said of another row by its id: of a member by the name, of a referral by the number.
_MEMBERS = ("giver_id", "recipient_id", "from_id", "to_id", "by_id", "with_id", "undone_by_id")
_REFERRALS = ("referral_id", "via_id", "double_of_id")


async def document(work: "Work", user_id: int) -> dict[str, Any]:
    """What is kept of this person, in every club; of the others in it no more than the name that the club sees."""
    person = await work.personal.person(user_id)
    ids = await work.erasure.members_of(user_id, person["username"] if person else None)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": _plain(work.now),
        "person": _all_plain(person or {"user_id": user_id}),
        "form": _all_plain(await work.personal.form(user_id) or {}) or None,
        "clubs": [await _membership(work, row) for row in await work.personal.memberships(ids)],
        "messages": [_message(row) for row in await work.personal.told(user_id)],
        "failed_updates": [
            {"received_at": _plain(row["received_at"]), "update": update}
            for row in await work.personal.failed(user_id)
            if _is_by(update := json.loads(row["payload"]), user_id)
        ],
    }


async def _membership(work: "Work", row: Mapping[str, Any]) -> dict[str, Any]:
    member_id, club_id, title = row["id"], row["club_id"], row["title"]
    parts = {part.name: await work.personal.part(part, member_id) for part in work.personal.parts}
    asked = [answered["question_id"] for answered in parts.pop("questions_answered")]
    rows = [each for found in parts.values() for each in found]
    names = (await members.cast(work, club_id, _named(rows, _MEMBERS))).names
    numbers = await work.personal.numbers(_named(rows, _REFERRALS))
    known = {name: value for name, value in row.items() if name not in ("id", "club_id", "title")}
    return {
        "club": title,
        "member": _all_plain(known),
        **{name: [_entry(each, names, numbers) for each in found] for name, found in parts.items()},
        "questions_answered": await work.personal.months(asked),
    }


def _is_by(update: dict[str, Any], user_id: int) -> bool:
    """Was it this person who sent the update? Others may name them, or answer them."""
    return any(isinstance(part, dict) and part.get("from", {}).get("id") == user_id for part in update.values())


def _named(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> set[int]:
    return {row[column] for row in rows for column in columns if row.get(column) is not None}


def _entry(row: Mapping[str, Any], names: Mapping[int, str], numbers: Mapping[int, int]) -> dict[str, Any]:
    """A row, with names and numbers in the place of ids."""
    entry: dict[str, Any] = {}
    for column, value in row.items():
        if column in _MEMBERS:
            entry[column.removesuffix("_id")] = _without_marks(names.get(value, None))
        elif column in _REFERRALS:
            entry[column.removesuffix("_id")] = numbers.get(value, None)
        else:
            entry[column] = _plain(value)
    return entry


def _message(row: Mapping[str, Any]) -> dict[str, Any]:
    said = row["params"]
    return {
        "created_at": _plain(row["created_at"]),
        "state": row["state"],
        "text": said.get("text") or said.get("caption"),
    }


def _all_plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _plain(value) for column, value in row.items()}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _without_marks(name: str | None) -> str | None:
    """Nobody's name is no name; see bot/domain/erased.py."""
    return None if name in (SOMEONE, ERASED) else name
