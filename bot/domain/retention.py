"""How long things are kept. What /privacy says is taken from here, and what the schedule does too."""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

# Telegram forgets undelivered updates after a day and its ids start anew after a week without any.
INBOX_KEPT = timedelta(days=3)
"""An update without its content, so that a second delivery is recognised."""
FAILED_KEPT = timedelta(days=30)
"""An update that could not be dealt with, with its content, for an operator to see."""
# An admin may take back an entry long after; its message is then still changed.
OUTBOX_KEPT = timedelta(days=30)
"""What the bot said, so that it can be changed."""

CONTACT_MONTHS = 12
"""What a club starts with: for so long contact details are kept after the last thing that happened to a referral."""
MAX_MONTHS = 60


@dataclass(frozen=True)
class Losses:
    """What would be erased: `details` (phone numbers and addresses) of so many `referrals`; names."""

    details: int = 0
    referrals: int = 0
    names: int = 0
    visitors: int = 0

    def __bool__(self) -> bool:
        """Is there anything to lose?"""
        return any(astuple(self))


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time so many months before; the last day of a month that has no such day."""
    count = now.year * 12 + now.month - 1 - months
    year, month = divmod(count, 12)
    for day in range(now.day, now.day - 4, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError(f"no day {months} months before {now}")
