"""How much Telegram lets a bot say: per second over all chats, per minute in a group, per second in a private chat.

Source: Telegram's bots FAQ, "My bot is hitting limits". Editing counts as saying; answering a button does not.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

MINUTE = 60.0
ON_ITS_WAY_S = 0.15
"""A call may take so long without counting from later than it began. Telegram's limits are round figures, and if each
call's usual way were added to its second, a tenth of them could not be used."""
PACE, PACE_S = 1.5, 0.1
"""What nobody waits for is spread over the second, though faster than allowed on the whole. Said all at once it would
leave no room for an answer until the second is over."""
_CROWD = 1000


@dataclass
class _Window:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float

    def __post_init__(self) -> None:
        self._times: deque[float] = deque(maxlen=self.count)

    def wait(self, now: float) -> float:
        """How many seconds until one more is allowed."""
        if len(self._times) < self.count:
            return 0.0
        return max(0.0, self._times[0] + self.seconds - now)

    def room(self, now: float) -> int:
        """How many more are allowed now."""
        return self.count - sum(at + self.seconds > now for at in self._times)

    def note(self, at: float) -> None:
        """One was said then; the last `count` are remembered."""
        if self._times and at < self._times[-1]:
            self._times = deque(sorted([*self._times, at]), maxlen=self.count)
        else:
            self._times.append(at)

    def move(self, before: float, at: float) -> None:
        """What was noted for `before` was said at this time."""
        with suppress(ValueError):  # long ago, and forgotten
            self._times.remove(before)
        self.note(at)

    def take_over(self, other: "_Window") -> None:
        """Remember what another window does."""
        self._times.extend(other._times)


def _window(per: float, seconds: float) -> _Window:
    """`per` in `seconds`; less than one is one in a longer time."""
    return _Window(int(per), seconds) if per >= 1 else _Window(1, seconds / per)


def _pace(per_second: float) -> _Window | None:
    return _Window(math.ceil(per_second * PACE * PACE_S), PACE_S) if per_second else None


class Limits:
    """What was said of late, and how long the next must wait. A limit of 0 is none."""

    def __init__(self, per_second: float, per_minute_group: float, per_second_chat: float) -> None:
        self._per_second = per_second
        self._overall = _window(per_second, 1.0) if per_second else None
        self._pace = _pace(per_second)
        self._per_minute_group = per_minute_group
        self._per_second_chat = per_second_chat
        self._chats: dict[int, _Window] = {}
        self._perhaps_full: set[int] = set()  # those that were when it was last asked, and what was noted since
        self._under_way: dict[int, float] = {}
        self._crowd = _CROWD

    def share(self, part: Callable[[float], float]) -> None:
        """Of the limit over all chats only this part is ours from now on."""
        per_second = part(self._per_second)
        if self._overall and per_second:
            before, self._overall = self._overall, _window(per_second, 1.0)
            self._overall.take_over(before)
            self._pace = _pace(per_second)

    def remember(self, chat_id: int, seconds_ago: float) -> None:
        """Something was said in this chat by somebody else, whose part of the limit is ours now."""
        self._note(chat_id, time.monotonic() - seconds_ago)

    def wait(self, chat_id: int, *, hurry: bool = True) -> float:
        """How many seconds until this chat may be written to; without hurry so that answers find room meanwhile."""
        now, pace = time.monotonic(), None if hurry else self._pace
        windows = [window for window in (self._overall, pace, self._chats.get(chat_id)) if window]
        return max((window.wait(now) for window in windows), default=0.0)

    def room(self, chat_id: int) -> float:
        """How much this chat may have right now; infinite without a limit."""
        window = self._chats.get(chat_id) or self._window_of(chat_id)
        return window.room(time.monotonic()) if window else math.inf

    def left(self) -> float:
        """How much may be said now over all chats; infinite without a limit."""
        return self._overall.room(time.monotonic()) if self._overall else math.inf

    def full(self) -> dict[int, float]:
        """The chats that had as much as they may have, with the seconds until each may have more."""
        now = time.monotonic()
        waits = {chat: self._chats[chat].wait(now) for chat in self._perhaps_full if chat in self._chats}
        full = {chat: wait for chat, wait in waits.items() if wait > 0}
        self._perhaps_full = set(full)
        return full

    def note(self, chat_id: int) -> None:
        """Something is about to be said in this chat."""
        self._under_way[chat_id] = time.monotonic()
        self._note(chat_id, self._under_way[chat_id])
        if self._pace:
            self._pace.note(self._under_way[chat_id])

    def said(self, chat_id: int | None) -> None:
        """That is over. What was long on its way counts from its end, as nobody knows when Telegram has counted it."""
        if chat_id not in self._under_way:
            return
        began = self._under_way.pop(chat_id)
        if (at := time.monotonic() - ON_ITS_WAY_S) > began:
            for window in (self._overall, self._chats.get(chat_id)):
                if window:
                    window.move(began, at)
            self._perhaps_full.add(chat_id)

    def _note(self, chat_id: int, at: float) -> None:
        if self._overall:
            self._overall.note(at)
        if chat_id not in self._chats and (window := self._window_of(chat_id)):
            self._forget_idle(at)
            self._chats[chat_id] = window
        if chat_id in self._chats:
            self._chats[chat_id].note(at)
            self._perhaps_full.add(chat_id)

    def _window_of(self, chat_id: int) -> _Window | None:
        if chat_id < 0:
            return _window(self._per_minute_group, MINUTE) if self._per_minute_group else None
        return _window(self._per_second_chat, 1.0) if self._per_second_chat else None

    def _forget_idle(self, now: float) -> None:
        """Chats that were quiet for longer than their limit looks back need no memory.

        It is looked when there are twice as many as were left the last time, so seldom, however many there are.
        """
        if len(self._chats) >= self._crowd:
            self._chats = {chat: w for chat, w in self._chats.items() if w._times and w._times[-1] + w.seconds > now}
            self._crowd = max(_CROWD, 2 * len(self._chats))
