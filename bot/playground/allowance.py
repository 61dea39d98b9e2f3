"""Telegram's limits on how much a bot says, for a world that is to enforce them."""

import math
from collections import defaultdict, deque
from datetime import timedelta

from bot.clock import Clock
from bot.playground.refusal import RefusedError

_SAYING = frozenset(
    {"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}
)
JITTER = timedelta(seconds=0.2)
"""By so much a window is shorter than its limit says. A bot keeps the limits by its own clock, when calls leave it, and
the server counts when they come: of two that left a second apart the first may take a little longer on its way. Who
says twice as much as allowed is refused all the same."""


class Allowance:
    """So many messages, new ones and changes, in any second over all chats, in any minute in a group and in any second
    in a private chat (Telegram's bots FAQ). What is over that is refused and not counted, but in `refused`.
    """

    def __init__(
        self, clock: Clock, per_second: int = 30, per_minute_group: int = 20, per_second_chat: int = 1
    ) -> None:
        self.refused = 0
        self._clock = clock
        second, minute = timedelta(seconds=1) - JITTER, timedelta(minutes=1) - JITTER
        self._overall = _Window(per_second, second)
        self._groups = defaultdict[int, _Window](lambda: _Window(per_minute_group, minute))
        self._people = defaultdict[int, _Window](lambda: _Window(per_second_chat, second))

    def take(self, method: str, chat_id: int | None) -> None:
        """One call. Raises RefusedError, a 429 with Telegram's words, if it says too much."""
        if method not in _SAYING or chat_id is None:
            return
        now = self._clock.now().timestamp()
        windows = (self._overall, (self._groups if chat_id < 0 else self._people)[chat_id])
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refused += 1
            retry_after = math.ceil(wait)
            raise RefusedError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
        for window in windows:
            window.times.append(now)


class _Window:
    """At most `count` in any time so `long`."""

    def __init__(self, count: int, long: timedelta) -> None:
        self._seconds = long.total_seconds()
        self.times: deque[float] = deque(maxlen=count)

    def wait(self, now: float) -> float:
        """How many seconds until one more is allowed."""
        return self.times[0] + self._seconds - now if len(self.times) == self.times.maxlen else 0.0
