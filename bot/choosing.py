"""Choosing what is said next: the oldest of each chat, as much as Telegram and the making of pictures allow."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.bundles import MAX_PARTS, as_many_as_fit, joined, together
from bot.domain.outgoing import Priority
from bot.limits import Limits
from bot.share import Share
from bot.storage.outbox import DOCUMENT, PHOTO
from bot.storage.turns import Waiting
from bot.storage.work import Work

AT_ONCE = 50
"""Calls in flight at the same time, each to another chat."""
AT_ONCE_OF = {PHOTO: 8, DOCUMENT: 2}
"""Of these, of what takes long to make: on a Monday morning answers go past all the pictures that wait."""


@dataclass(frozen=True)
class Call:
    """One call to Telegram: what it `says`, and the rows that are said by it."""

    rows: Sequence[Waiting]
    says: Waiting


class Chooser:
    """Chooses from the outbox. Each chat has one call in flight at most, so one that waits holds up no other."""

    def __init__(self, limits: Limits, share: Share) -> None:
        self._limits = limits
        self._share = share

    def over(self, call: Call) -> None:
        """This call is over, whatever became of it."""
        self._limits.said(call.says.chat_id)

    async def choose(self, work: Work, under_way: Collection[Call]) -> tuple[list[Call], float | None]:
        """The calls to be made beside those under way, and in how many seconds there may be more.

        None: not before one ends, or something new is to be said.
        """
        count = min(AT_ONCE - len(under_way), self._limits.left() + 1)  # one more, to know how long it waits
        if count <= 0:
            return [], None
        full = self._limits.full()
        chosen: list[Call] = []
        waits = list(full.values())
        slow = Counter(call.says.method for call in under_way)
        busy = [method for method, most in AT_ONCE_OF.items() if slow[method] >= most]
        for row in await work.turns.heads(int(count), list(full), busy, self._share.shards):
            wait = (
                0.0
                if row.chat_id is None
                else self._limits.wait(row.chat_id, hurry=row.priority < Priority.BY_THE_CLOCK)
            )
            if wait > 0:
                waits.append(wait)
                continue
            if slow[row.method] >= AT_ONCE_OF.get(row.method, AT_ONCE):
                waits.append(0.0)  # look again at once: others may wait behind all of these
                continue
            slow[row.method] += 1
            chosen.append(await self._call(work, row))
        await work.outbox.sending([[row.id for row in call.rows] for call in chosen])
        later = await work.turns.next_time()
        if later is not None:
            waits.append(max((later - work.now).total_seconds(), 0.01))
        return chosen, min(waits, default=None)

    async def _call(self, work: Work, row: Waiting) -> Call:
        """The call for this row; with what waits behind it, if all that is more than its chat may have now."""
        if row.chat_id is None:
            return Call([row], row)
        room = self._limits.room(row.chat_id)
        self._limits.note(row.chat_id)
        if row.joined:
            return Call([row], replace(row, params=together(await work.turns.parts_after(row))))
        rows = [row]
        if room < math.inf:
            rows += await work.turns.behind(row, limit=max(int(room), MAX_PARTS))
        fitting = as_many_as_fit(rows) if len(rows) > room else rows[:1]
        return Call(fitting, joined(fitting))
