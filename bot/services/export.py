"""The club's ledger as records, for the files of an export."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.domain.amounts import Amount
from bot.domain.exports import Export, files_of
from bot.domain.models import Club, Event, Member
from bot.domain.names import display_names
from bot.domain.periods import NOW, Stretch, bounds
from bot.domain.records import MEMBERS, ONE_TO_ONES, REFERRALS, THANKS, VISITORS, Happening, Record, Table
from bot.domain.tallies import Tally

if TYPE_CHECKING:
    from bot.storage.work import Work


def asked_for(club: Club, format_: str, period: Stretch, now: datetime, language: str) -> list[Export]:
    """The files that hold the club's records of the period, up to now however long making them takes."""
    since, until = bounds(period, now, club.zone, club.week_began_at)
    if since is None or since <= now:
        until = min(until, now + NOW)
    return [Export(club.id, format_, table, since, until, now, language) for table in files_of(format_)]


class Records:
    """The records of [since, until), read in pieces within one transaction; undone entries are among them.

    `names` are the short ones that the club knows its members by, `tallies` what each did, by the member's id.
    """

    def __init__(
        self,
        work: "Work",
        club: Club,
        period: tuple[datetime | None, datetime],
        people: Mapping[int, Member],
        tallies: Mapping[int, Tally],
    ) -> None:
        self._work = work
        self._club = club
        self._since, self._until = period
        self.people = people
        self.names = display_names(member.name for member in people.values())
        self._called = {id_: None if people[id_].erased else name for id_, name in self.names.items()}
        self.tallies = tallies

    @classmethod
    async def of(cls, work: "Work", club: Club, since: datetime | None, until: datetime) -> "Records":
        """Those of this club."""
        people = {member.id: member for member in await work.members.all_of(club.id)}
        return cls(work, club, (since, until), people, await work.tallies.of_club(club.id, since, until))

    @property
    def shown(self) -> Mapping[int, str]:
        """The names of those who are in the club, or did something in the period."""
        return {id_: self.names[id_] for id_, who in self.people.items() if who.left_at is None or id_ in self.tallies}

    async def of_table(self, table: Table) -> AsyncIterator[Iterable[Record]]:
        """The table's records, some at a time: the values of its columns, as Holds says what they are.

        Each is put together when it is taken, so that this can be done in a thread beside the bot.
        """
        lists, club, period = self._work.lists, self._club.id, (self._since, self._until)
        if table is MEMBERS:
            yield map(self._member, self.people.values())
            return
        if table is REFERRALS:
            async for rows in lists.referrals(club, *period):
                happened = await self._work.events.of_referrals([row.id for row in rows])
                yield map(self._referral, rows, [happened.get(row.id, ()) for row in rows])
            return
        read: Mapping[str, tuple[Callable[[], AsyncIterator[Sequence[Any]]], Callable[[Any], Record]]] = {
            THANKS.name: (lambda: lists.thanks(club, *period), self._thanks),
            ONE_TO_ONES.name: (lambda: lists.one_to_ones(club, *period), self._one_to_one),
            VISITORS.name: (lambda: lists.visitors(club, *period), self._visitor),
        }
        rows_of, record_of = read[table.name]
        async for rows in rows_of():
            yield map(record_of, rows)

    def _referral(self, row: Any, happened: Sequence[Event]) -> Record:
        moved = [event.at for event in happened if event.side in ("status", "thanks")]
        return (
            row.number,
            self._local(row.given_at),
            self.people[row.giver_id].telegram_id,
            self._called[row.giver_id],
            self.people[row.recipient_id].telegram_id,
            self._called[row.recipient_id],
            row.contact,
            row.phone,
            row.email,
            row.need,
            row.kind,
            row.status_now,
            self._local(row.undone_at),
            self._local(max(moved, default=None)),
            [self._happening(event) for event in happened],
            row.warmth,
            row.agreed,
            row.via_number,
        )

    def _thanks(self, row: Any) -> Record:
        return (
            row.number,
            self._local(row.given_at),
            self.people[row.from_id].telegram_id,
            self._called[row.from_id],
            self.people[row.to_id].telegram_id,
            self._called[row.to_id],
            None if row.amount_minor is None else Amount(row.amount_minor, row.currency),
            row.currency,
            row.degree_now,
            row.referral_number,
            row.note,
            self._local(row.undone_at),
        )

    def _member(self, member: Member) -> Record:
        tally = self.tallies.get(member.id, Tally())
        return (
            member.telegram_id,
            self._called[member.id],
            member.username,
            self._local(member.joined_at),
            self._local(member.left_at),
            tally.given["outside"],
            tally.received["outside"],
            tally.thanks_given.count,
            tally.thanks_received.count,
            tally.one_to_ones,
            tally.visitors,
            member.first_name or None,
            member.last_name,
        )

    def _one_to_one(self, row: Any) -> Record:
        return (
            self._local(row.met_at),
            self.people[row.by_id].telegram_id,
            self._called[row.by_id],
            self.people[row.with_id].telegram_id,
            self._called[row.with_id],
            row.note,
            self._local(row.undone_at),
        )

    def _visitor(self, row: Any) -> Record:
        return (
            self._local(row.came_at),
            self.people[row.by_id].telegram_id,
            self._called[row.by_id],
            row.name,
            self._local(row.undone_at),
        )

    def _happening(self, event: Event) -> Happening:
        by = None if event.by_id is None else self.people[event.by_id]
        by_id, name = (by.telegram_id, self._called[by.id]) if by else (None, None)
        return Happening(event.at.astimezone(self._club.zone), event.side, event.value, by_id, name)

    def _local(self, at: datetime | None) -> datetime | None:
        return at and at.astimezone(self._club.zone)
