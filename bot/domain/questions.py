"""The club's question of the month: when it is due, and what was answered."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.slots import instant_of

ASKED_AT = time(10)
"""On the first day of the month, in the club's time."""
CATCH_UP = timedelta(days=3)
"""How late it may still be asked."""
FEWEST = 3
"""With fewer answers, what they were is not shown: it could be guessed whose they are."""


class Answer(StrEnum):
    """What one tap says."""

    YES = "yes"
    SOME = "some"
    NOT_YET = "not_yet"


ANSWERS = (Answer.YES, Answer.SOME, Answer.NOT_YET)


@dataclass(frozen=True)
class Question:
    """The question of a month ("2026-11") with its answers, counted."""

    id: int
    club_id: int
    month: str
    yes: int = 0
    some: int = 0
    not_yet: int = 0

    @property
    def answered(self) -> int:
        """How many answered."""
        return self.yes + self.some + self.not_yet

    @property
    def first_day(self) -> date:
        """The first day of its month."""
        return date.fromisoformat(f"{self.month}-01")


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """The month that it is then in `zone`."""
    return at.astimezone(zone).strftime("%Y-%m")


def is_due(now: datetime, began_at: datetime, zone: ZoneInfo) -> bool:
    """Is it the moment to ask a club that began then? Not in the month in which it began."""
    first_day = now.astimezone(zone).date().replace(day=1)
    asked_at = instant_of(first_day, ASKED_AT, zone)
    return asked_at <= now < asked_at + CATCH_UP and month_of(began_at, zone) < month_of(now, zone)
