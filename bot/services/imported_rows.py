"""The rows of the ledger that an import writes down."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.imports.entries import Entry
from bot.domain.imports.plan import Addition, Plan
from bot.domain.imports.tables import Kind
from bot.domain.models import Club

_NO_CHAT = -(2**62)
"""Below every chat id of Telegram's: the business key of what came from no message begins here, club by club."""


class Rows:
    """The rows for the additions of a plan; `members` are the ids of its newcomers, in their order."""

    def __init__(self, now: datetime, club: Club, import_id: int, members: Sequence[int], plan: Plan) -> None:
        self._now, self._import_id = now, import_id
        self._members, self._plan = members, plan
        self._club_id, self._chat_id = club.id, _NO_CHAT - club.id
        self._by_kind: dict[Kind, list[Addition]] = {kind: [] for kind in Kind}
        for addition in plan.additions:
            self._by_kind[addition.entry.kind].append(addition)
        # In the order of their numbers, so that they are found again in the order in which they were given.
        self._referrals = {each.entry.number: each for each in self._by_kind[Kind.REFERRAL] if each.entry.number}
        self._thanks_for: dict[int, list[Entry]] = {}
        for each in self._by_kind[Kind.THANKS]:
            if each.entry.referral is not None:
                self._thanks_for.setdefault(each.entry.referral, []).append(each.entry)

    def of(self, kind: Kind) -> list[dict[str, Any]]:
        """The rows of this kind: referrals, one-to-ones or visitors."""
        make = {Kind.REFERRAL: self._referral, Kind.MEETING: self._meeting, Kind.VISITOR: self._visitor}[kind]
        return [make(addition) for addition in self._by_kind[kind]]

    def links(self, ids: Mapping[int, int]) -> list[dict[str, int]]:
        """Which of them came out of which; `ids` are those of the new referrals by number."""
        return [
            {"later": ids[each.number], "earlier": earlier}
            for each in self._by_kind[Kind.REFERRAL]
            if each.number is not None and (earlier := self._id_of(each.entry.via, ids)) not in (None, ids[each.number])
        ]

    def events(self, ids: Mapping[int, int]) -> Iterator[dict[str, Any]]:
        """What happened to the referrals. What is a thanks is told by that."""
        for each in self._by_kind[Kind.REFERRAL]:
            # Events and thanks of one second stay in their order: the files know nothing shorter.
            thanked: dict[datetime, int] = {}
            for happened, by_id in zip(each.entry.history, each.by_ids, strict=True):
                if happened.side == "thanks":
                    thanked[happened.at] = thanked.get(happened.at, 0) + 1
                    continue
                value = happened.value
                if happened.side == "via" and (earlier := self._referrals.get(int(value))) is not None:
                    value = str(earlier.number)
                yield {
                    "referral_id": ids[each.number or 0],
                    "at": happened.at + timedelta(microseconds=thanked.get(happened.at, 0)),
                    "by_id": self._member(by_id),
                    "side": happened.side,
                    "value": value,
                }

    def thanks(self, ids: Mapping[int, int]) -> list[dict[str, Any]]:
        """The rows of the thanks; one for a referral that is not in the club stays without it."""
        return [
            self._common(each)
            | {
                "number": each.number,
                "from_id": self._member(each.giver_id),
                "to_id": self._member(each.taker_id),
                "amount_minor": each.entry.amount.minor if each.entry.amount else None,
                "currency": each.entry.amount.currency if each.entry.amount else None,
                "degree": each.entry.degree,
                "referral_id": self._id_of(each.entry.referral, ids),
                "note": each.entry.note,
                "given_at": each.entry.moment.at,
            }
            for each in self._by_kind[Kind.THANKS]
        ]

    def _referral(self, each: Addition) -> dict[str, Any]:
        entry = each.entry
        status, declined_at = self._status(entry)
        return self._common(each) | {
            "number": each.number,
            "giver_id": self._member(each.giver_id),
            "recipient_id": self._member(each.taker_id),
            "contact": entry.contact,
            "need": entry.note,
            "phone": entry.phone,
            "email": entry.email,
            "kind": "inside" if entry.is_inside else "outside",
            "kind_asked": self._is_kind_asked(entry),
            "given_at": entry.moment.at,
            "position": 0,
            "status": status,
            "declined_at": declined_at,
            "warmth": entry.warmth,
            "agreed": entry.agreed,
            # Nobody is reminded of what is past.
            "reminded_at": self._now,
            "wait_told_at": self._now,
            "file_number": entry.number,
        }

    def _meeting(self, each: Addition) -> dict[str, Any]:
        return self._common(each) | {
            "by_id": self._member(each.giver_id),
            "with_id": self._member(each.taker_id),
            "note": each.entry.note,
            "met_at": each.entry.moment.at,
        }

    def _visitor(self, each: Addition) -> dict[str, Any]:
        by_id = self._member(each.giver_id)
        return self._common(each) | {"by_id": by_id, "name": each.entry.contact, "came_at": each.entry.moment.at}

    def _common(self, each: Addition) -> dict[str, Any]:
        return {
            "club_id": self._club_id,
            "undone_at": each.entry.undone_at,
            "chat_id": self._chat_id,
            "message_id": each.key,
            "import_id": self._import_id,
        }

    def _member(self, id_: int | None) -> int | None:
        return self._members[-id_ - 1] if id_ is not None and id_ < 0 else id_

    def _id_of(self, file_number: int | None, ids: Mapping[int, int]) -> int | None:
        """The referral that has this number in the file: one of the new ones, or one that the club has already."""
        if file_number is None:
            return None
        new = self._referrals.get(file_number)
        return ids[new.number] if new and new.number is not None else self._plan.standing.get(file_number)

    def _status(self, entry: Entry) -> tuple[str, datetime | None]:
        """How far it was before anybody was thanked for it, and since when it is declined."""
        moves = [each for each in entry.history if each.side == "status"]
        status = moves[-1].value.partition(":")[0] if moves else entry.status
        live = [each for each in self._thanks_for.get(entry.number or 0, ()) if each.undone_at is None]
        if not moves and entry.status == "won" and live:
            status = "new"
        elif entry.status == "won" and not live:
            status = "won"  # its thanks may be in another file
        if status != "declined":
            return status, None
        declined = [each.at for each in moves if each.value == "declined"]
        return status, declined[-1] if declined else entry.status_at or entry.moment.at

    def _is_kind_asked(self, entry: Entry) -> bool:
        """Was it open whether it is direct business? Otherwise its thanks would be of the first degree."""
        thanks = self._thanks_for.get(entry.number or 0, ())
        return entry.is_inside and any(each.degree != 1 for each in thanks)
