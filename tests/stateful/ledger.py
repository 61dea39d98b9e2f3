"""The commands of the model: what each does to the books, and what the bot has to answer."""

from datetime import datetime, time, timedelta

from tests.stateful.model import (
    DAY,
    ZONE,
    Act,
    Club,
    Entry,
    Member,
    People,
    Refer,
    RefusedError,
    Reply,
    Thank,
    Who,
)


class Ledger(People):
    """What members write down, change and take back."""

    def refer(self, act: Act, draft: Refer) -> Reply:
        """A new /refer, or the same one once more; an edit of one that made nothing counts as new."""
        club, giver = self.clubs[act.club], self.seen(act)
        if not draft.contact:
            raise RefusedError("Who has the need?")
        if made := club.made_by(act.source):
            return self._made_already(made, thanks=False)
        to = self._others(act, giver, draft.to)
        given_at = self._given_at(act, club)
        self._within_limit(club, giver, given_at, len(to), thanks=False)
        for taker in to:
            number = len(club.entries) + 1
            club.entries.append(Entry(number, act.source, giver, taker, given_at, refer=draft))
        club.said[act.source] = act.text
        return self._referral_answer(club.made_by(act.source))

    def thank(self, act: Act, draft: Thank) -> Reply:
        """A new /thanks, or the same one once more."""
        club, thanker = self.clubs[act.club], self.seen(act)
        if draft.wrong:
            raise RefusedError(draft.wrong)
        if made := club.made_by(act.source):
            return self._made_already(made, thanks=True)
        giver = self._one_other(act, thanker, draft.to)
        link = self._link(club, thanker, giver, draft)
        given_at = self._given_at(act, club)
        self._within_limit(club, thanker, given_at, 1, thanks=True)
        number = len(club.entries) + 1
        entry = Entry(number, act.source, thanker, giver, given_at, thanks=draft, link=link)
        club.entries.append(entry)
        club.said[act.source] = act.text
        return self._thanks_answer(entry)

    def edit(self, act: Act, draft: Refer | Thank) -> Reply:
        """An edit corrects what the message made; what made nothing is taken as new."""
        club = self.clubs[act.club]
        made = club.made_by(act.source)
        if not made or (made[0].refer is None) != isinstance(draft, Thank):
            return self.refer(act, draft) if isinstance(draft, Refer) else self.thank(act, draft)
        if club.said[act.source] == act.text:
            return None  # Telegram tells of changes that nobody sees
        if isinstance(draft, Refer):
            self._correct_referrals(act, club, made, draft)
        else:
            self._correct_thanks(act, club, made[0], draft)
        return None

    def _correct_referrals(self, act: Act, club: Club, made: list[Entry], draft: Refer) -> None:
        if not draft.contact:
            raise RefusedError("Who has the need?")
        to = self._others(act, made[0].giver, draft.to)
        live = [e for e in made if e.live]
        if {e.taker for e in live or made} == set(to) and all(_says(e, draft) for e in made):
            return
        self._changeable(act, live[0] if live else made[0])
        staying, going = [e for e in live if e.taker in to], [e for e in live if e.taker not in to]
        new = [member for member in to if member not in [e.taker for e in staying]]
        if len(new) > len(going):
            raise RefusedError("An edit can't add another referral.")
        before = [entry.taker for entry in going]
        for entry, taker in zip(going, new, strict=False):
            entry.taker = taker
        for entry in going[len(new) :]:
            entry.undone_at = act.sent_at
        for entry in staying + going[: len(new)]:
            entry.refer = draft
        club.said[act.source] = act.text
        club.forget_unused(before)

    def _correct_thanks(self, act: Act, club: Club, entry: Entry, draft: Thank) -> None:
        if draft.wrong:
            raise RefusedError(draft.wrong)
        assert entry.thanks is not None
        giver, link = self._one_other(act, entry.giver, draft.to), entry.link
        if draft.number is not None or giver is not entry.taker:
            link = self._link(club, entry.giver, giver, draft)
        now = (giver, link, draft.amount, draft.note)
        if now == (entry.taker, entry.link, entry.thanks.amount, entry.thanks.note):
            return
        self._changeable(act, entry)
        before, entry.taker, entry.link, entry.thanks = entry.taker, giver, link, draft
        club.forget_unused([before])
        club.said[act.source] = act.text

    def undo_last(self, act: Act) -> Reply:
        """The author's last entry of the day, with all that its message made."""
        club, by = self.clubs[act.club], self.seen(act)
        own = [e for e in club.entries if e.giver is by and e.live and act.sent_at - e.given_at <= DAY]
        if not own:
            raise RefusedError("There is nothing of yours from the last day to take back.")
        together = [e for e in club.made_by(own[-1].source) if e.live]
        for entry in together:
            entry.undone_at = max(act.sent_at, entry.given_at)
        numbers = [f"#{e.number}" for e in together]
        return (" and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]])), "taken back.")

    def undo(self, act: Act, number: int) -> Reply:
        """The entry with this number: its author within a day, an admin any time."""
        club, by = self.clubs[act.club], self.seen(act)
        entry = club.number(number)
        if not entry.live:
            raise RefusedError(f"#{number} was taken back already.")
        if not act.admin and entry.giver is not by:
            raise RefusedError(f"#{number} is not yours; its author or an admin can do that.")
        if not act.admin and act.sent_at - entry.given_at > DAY:
            raise RefusedError(f"#{number} is more than a day old.")
        entry.undone_at = max(act.sent_at, entry.given_at)
        return (f"#{number} is taken back.",)

    def choose(self, act: Act, number: int, referral_number: int) -> Reply:
        """The thanker tells which referral it was for; 0 is none of them."""
        club, by = self.clubs[act.club], self.seen(act)
        entry = club.number(number)
        if entry.giver is not by:
            raise RefusedError("Only the person who said thanks can tell which referral it was for.")
        if not entry.live:
            raise RefusedError(f"#{number} was taken back already.")
        entry.link = self._between(club, entry.giver, entry.taker, referral_number) if referral_number else None
        return ("Noted.",)

    def _others(self, act: Act, giver: Member, whos: tuple[Who, ...]) -> list[Member]:
        found = self.named(act, whos)
        if giver in found:
            raise RefusedError("That is yourself; it takes two.")
        return found

    def _one_other(self, act: Act, thanker: Member, whos: tuple[Who, ...]) -> Member:
        if len({who.lower() if isinstance(who, str) else who.user_id for who in whos}) > 1:
            raise RefusedError("Name one person at a time, please.")
        return self._others(act, thanker, whos)[0]

    def _link(self, club: Club, thanker: Member, giver: Member, draft: Thank) -> Entry | None:
        if draft.number is not None:
            return self._between(club, thanker, giver, draft.number)
        open_ones = club.open_between(giver, thanker)
        return open_ones[0] if len(open_ones) == 1 else None

    @staticmethod
    def _between(club: Club, thanker: Member, giver: Member, number: int) -> Entry:
        entry = club.number(number)
        if not (entry.refer and entry.live and entry.giver is giver and entry.taker is thanker):
            raise RefusedError(f"There is no #{number} that this can be about.")
        return entry

    @staticmethod
    def _given_at(act: Act, club: Club) -> datetime:
        return max(act.sent_at, club.began_at)

    @staticmethod
    def _changeable(act: Act, entry: Entry) -> None:
        if not entry.live:
            raise RefusedError(f"#{entry.number} was taken back already.")
        if act.sent_at - entry.given_at > DAY:
            raise RefusedError(f"#{entry.number} is more than a day old.")

    def _within_limit(self, club: Club, giver: Member, given_at: datetime, more: int, *, thanks: bool) -> None:
        day = datetime.combine(given_at.astimezone(ZONE).date(), time(0), ZONE)
        today = [e for e in club.entries if e.giver is giver and (e.thanks is not None) == thanks]
        today = [e for e in today if day <= e.given_at < day + timedelta(days=1)]
        if len(today) + more > self.daily_limit:
            raise RefusedError(f"That would be more than {self.daily_limit} ")

    def _made_already(self, made: list[Entry], *, thanks: bool) -> Reply:
        if (made[0].thanks is not None) != thanks:
            raise RefusedError(f"That message is #{made[0].number} already.")
        return self._thanks_answer(made[0]) if thanks else self._referral_answer(made)

    def _referral_answer(self, made: list[Entry]) -> Reply:
        lines = [f"#{e.number} {self.name(e.giver)} → {self.name(e.taker)}" for e in made]
        live = [e for e in made if e.live]
        return (*lines, *([f"{_refer(live[0]).contact}: {_refer(live[0]).need}"] if live else ()))

    def _thanks_answer(self, entry: Entry) -> Reply:
        said = f"#{entry.number} {self.name(entry.giver)} thanks {self.name(entry.taker)}"
        return (said + (f" for #{entry.link.number} " if entry.link and entry.live else ""),)


def _refer(entry: Entry) -> Refer:
    assert entry.refer is not None
    return entry.refer


def _says(entry: Entry, draft: Refer) -> bool:
    return _refer(entry)[1:] == draft[1:]
