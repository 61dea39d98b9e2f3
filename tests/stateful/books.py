"""What the model's books add up to: rankings, weekly posts, one's own figures, the files of the export."""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.stateful.ledger import Ledger
from tests.stateful.model import ZONE, Club, Entry, Member, Week, next_slot

CATCH_UP = timedelta(hours=48)
HOW = "Someone you know needs a hand? /refer @name contact: need"
NONE_YET = "None yet. Who did you meet that one of us could help?"
Row = dict[str, str]


class Post(NamedTuple):
    """A weekly post that is to stand in a club's group."""

    club: str
    text: str


class Books(Ledger):
    """The ledger with its totals; each is counted anew."""

    def close_weeks(self, now: datetime) -> list[Post]:
        """End the weeks whose slot has come; returns what is to be posted."""
        posts = []
        for club in self.clubs.values():
            while club.next_slot <= now:
                slot, since, last = club.next_slot, club.began_at, club.weeks[-1] if club.weeks else None
                total = _given(club, since, slot).total()
                quiet = len(club.weeks) >= 3 and all(w.outcome in ("quiet", "silent") for w in club.weeks[-3:])
                outcome = "ranking" if total else "silent" if quiet else "quiet"
                if now - slot > CATCH_UP or not club.bot_in:
                    outcome = "skipped"
                club.weeks.append(Week(since, slot, outcome))
                club.began_at, club.next_slot = slot, next_slot(slot)
                if outcome in ("ranking", "quiet"):
                    days = _days(since, slot - timedelta(days=1))
                    posts.append(Post(club.title, self._post(club, since, slot, last, days)))
        return posts

    def _post(self, club: Club, since: datetime, slot: datetime, last: Week | None, days: str) -> str:
        if _given(club, since, slot):
            return self._board(club, since, slot, last, days)
        thanked = _thanked(club, since, slot)
        told = f"{thanked} {'was' if thanked == 1 else 'were'} thanked. " if thanked else ""
        quiet = f"A quiet week in the club ({days}): no referrals written down. {told}"
        return f"{quiet}Who did you meet that one of us could help?\n{HOW}"

    def board_of_week(self, title: str, now: datetime) -> str:
        """/leaderboard."""
        club = self.clubs[title]
        last = club.weeks[-1] if club.weeks else None
        return self._board(club, club.began_at, now + timedelta(microseconds=1), last, _days(club.began_at, now))

    def board_of_all(self, title: str, now: datetime) -> str:
        """/leaderboard all."""
        return self._board(self.clubs[title], None, now + timedelta(microseconds=1), None, "all time")

    def _board(self, club: Club, since: datetime | None, until: datetime, last: Week | None, period: str) -> str:
        given = _given(club, since, until)
        before = _given(club, last.since, last.slot) if last else Counter[Member]()
        here = [member for member in club.members if member.left_at is None]
        ranks, ranks_before = _ranks(given, here), _ranks(before, here)
        rows = []
        for member in sorted(ranks, key=lambda m: (ranks[m], self.name(m).casefold())):
            row = f"{ranks[member]}  {self.name(member)}  {given[member]}"
            if since is not None and not _gave_before(club, member, since, until):
                row += "  first time!"
            elif member in ranks_before and ranks_before[member] != ranks[member]:
                change = ranks_before[member] - ranks[member]
                row += f"  {'▲' if change > 0 else '▼'}{abs(change)}"
            rows.append(row)
        last_total = f" ({before.total()} the week before)" if last else ""
        totals = f"{given.total()} in all{last_total}, {_thanked(club, since, until)} thanked."
        # Who left stands in no row, but what they gave is in the totals.
        body = ([*rows, ""] if rows else []) + [totals] if given else [NONE_YET]
        return "\n".join([f"🏆 Referrals given, {period}", *body, HOW])

    def figures(self, user_id: int) -> list[str]:
        """/mystats in private: a text for each club that the person is in, by title."""
        texts = []
        for club in sorted(self.clubs.values(), key=lambda c: c.title):
            member = club.member(user_id)
            if member is None or member.left_at is not None or not club.bot_in:
                continue
            counted = _counts(club, member)
            waiting = sum(e.taker is member and e.refer is not None and club.is_open(e) for e in club.entries)
            texts.append(
                f"Your figures in {club.title}\nGiven: {counted['given']}\nReceived: {counted['received']}\n"
                f"Not thanked for yet: {waiting}\n"
                f"Thanks said: {counted['thanks_given']}, thanks received: {counted['thanks_received']}"
            )
        return texts

    def files(self, title: str) -> dict[str, list[Row]]:
        """/export: the rows of its files."""
        club = self.clubs[title]
        return {
            "referrals.csv": [self._referral_row(club, e) for e in club.entries if e.refer is not None],
            "thanks.csv": [self._thanks_row(e) for e in club.entries if e.thanks is not None],
            "members.csv": [self._member_row(club, member) for member in club.members],
        }

    def _referral_row(self, club: Club, entry: Entry) -> Row:
        assert entry.refer is not None
        won = entry.live and not club.is_open(entry)
        return {
            "number": str(entry.number),
            "given_at": _instant(entry.given_at),
            "giver_id": _id(entry.giver),
            "giver": self._cell(entry.giver),
            "recipient_id": _id(entry.taker),
            "recipient": self._cell(entry.taker),
            "contact": entry.refer.contact,
            "phone": f"'{entry.refer.phone}" if entry.refer.phone else "",
            "email": "",
            "need": entry.refer.need,
            "kind": "outside",
            "status": "won" if won else "new",
            "undone_at": _instant(entry.undone_at),
        }

    def _thanks_row(self, entry: Entry) -> Row:
        assert entry.thanks is not None
        amount, currency = entry.thanks.amount or ("", "")
        return {
            "number": str(entry.number),
            "given_at": _instant(entry.given_at),
            "from_id": _id(entry.giver),
            "from": self._cell(entry.giver),
            "to_id": _id(entry.taker),
            "to": self._cell(entry.taker),
            "amount": amount,
            "currency": currency,
            "degree": "2" if entry.link else "",
            "referral_number": str(entry.link.number) if entry.link else "",
            "note": entry.thanks.note,
            "undone_at": _instant(entry.undone_at),
        }

    def _member_row(self, club: Club, member: Member) -> Row:
        username = member.username if member.user_id is None else self.usernames[member.user_id]
        return {
            "member_id": _id(member),
            "name": self._cell(member),
            "username": username or "",
            "joined_at": _instant(member.joined_at),
            "left_at": _instant(member.left_at),
        } | {name: str(count) for name, count in _counts(club, member).items()}

    def _cell(self, member: Member) -> str:
        name = self.name(member)
        return f"'{name}" if name.startswith("@") else name


def _counts(club: Club, member: Member) -> dict[str, int]:
    live = [e for e in club.entries if e.live]
    return {
        "given": sum(e.giver is member and e.refer is not None for e in live),
        "received": sum(e.taker is member and e.refer is not None for e in live),
        "thanks_given": sum(e.giver is member and e.thanks is not None for e in live),
        "thanks_received": sum(e.taker is member and e.thanks is not None for e in live),
    }


def _within(club: Club, since: datetime | None, until: datetime) -> list[Entry]:
    """What was given in [since, until) and stood at `until`."""
    within = [e for e in club.entries if (since is None or since <= e.given_at) and e.given_at < until]
    return [e for e in within if e.undone_at is None or e.undone_at >= until]


def _given(club: Club, since: datetime | None, until: datetime) -> Counter[Member]:
    return Counter(e.giver for e in _within(club, since, until) if e.refer is not None)


def _thanked(club: Club, since: datetime | None, until: datetime) -> int:
    return sum(e.thanks is not None for e in _within(club, since, until))


def _gave_before(club: Club, member: Member, since: datetime, until: datetime) -> bool:
    earlier = [e for e in club.entries if e.refer is not None and e.giver is member and e.given_at < since]
    return any(e.undone_at is None or e.undone_at >= until for e in earlier)


def _ranks(given: Counter[Member], here: list[Member]) -> dict[Member, int]:
    """One more than the number of those who gave more."""
    counts = {member: given[member] for member in here if given[member]}
    return {member: 1 + sum(other > count for other in counts.values()) for member, count in counts.items()}


def _days(first: datetime, last: datetime) -> str:
    start, end = first.astimezone(ZONE).date(), last.astimezone(ZONE).date()
    if start >= end:
        return f"{start.day} {start:%B}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} – {end.day} {end:%B}"
    return f"{start.day} {start:%B} – {end.day} {end:%B}"


def _id(member: Member) -> str:
    return str(member.user_id or "")


def _instant(at: datetime | None) -> str:
    return at.astimezone(ZONE).isoformat() if at else ""
