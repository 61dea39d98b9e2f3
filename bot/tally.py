"""What happened since the start, counted and timed, for `/metrics`. Numbers only: nobody's id, nobody's words.

Counting costs next to nothing, so it is always done; what makes Prometheus's text of it is `bot/web/metrics.py`.
"""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Up to these many seconds; the rest took longer."""


class Times:
    """How long something took, each time: how often within which bound, and all together."""

    def __init__(self) -> None:
        self.within = [0] * (len(BOUNDS_S) + 1)
        self.total_s = 0.0

    def note(self, seconds: float, times: int = 1) -> None:
        """So often it took so long; a clock that was set back makes it no less than nothing."""
        seconds = max(seconds, 0.0)
        self.within[bisect_left(BOUNDS_S, seconds)] += times
        self.total_s += seconds * times

    @contextmanager
    def measured(self, times: int = 1) -> Iterator[None]:
        """What is done meanwhile takes this long, for each of so many; what fails is not counted."""
        began = time.monotonic()
        yield
        self.note(time.monotonic() - began, times)


class Tally:
    """The counts of one process. What can be counted stands here from the start, so that a rise from 0 is seen."""

    def __init__(self) -> None:
        self.updates = Counter(dict.fromkeys(("done", "refused", "failed"), 0))
        """Updates dealt with, by outcome: refused, the person was told why; failed, it was set aside."""
        self.passed_over = 0
        """What came and was no update."""
        self.posts_taken = Counter(dict.fromkeys((200, 400, 403, 413, 503), 0))
        """Posts to the webhook, by the status they were answered with."""
        self.calls = Counter(dict.fromkeys(("sent", "again", "unknown", "dropped"), 0))
        """Calls to Telegram that say something, by fate."""
        self.held_back = 0
        """Of these, how many Telegram answered with 429."""
        self.to_commit = Times()
        """From an update's arrival until it was in the inbox for good."""
        self.to_reply = Times()
        """From an update's arrival until Telegram had taken an answer to it."""
