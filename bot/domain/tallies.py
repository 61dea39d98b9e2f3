"""What a member did in a period, in figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.models import Kind


@dataclass
class Thanked:
    """How often thanks were said, and for how much: the smallest units by currency, where somebody told an amount."""

    count: int = 0
    minor: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """What one member did in a period. `given` and `received` are referrals by their kind, without those that were
    declined; nothing that was undone is in it."""

    given: Counter[Kind] = field(default_factory=Counter)
    received: Counter[Kind] = field(default_factory=Counter)
    thanks_given: Thanked = field(default_factory=Thanked)
    thanks_received: Thanked = field(default_factory=Thanked)
    one_to_ones: int = 0
    visitors: int = 0


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them added up. A one-to-one counts for both who met."""
    whole = Tally()
    for tally in tallies:
        whole.given.update(tally.given)
        whole.received.update(tally.received)
        whole.one_to_ones += tally.one_to_ones
        whole.visitors += tally.visitors
        for sum_, thanks in (
            (whole.thanks_given, tally.thanks_given),
            (whole.thanks_received, tally.thanks_received),
        ):
            sum_.count += thanks.count
            sum_.minor.update(thanks.minor)
    return whole
