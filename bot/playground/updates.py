"""The updates that wait for the bot."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from itertools import count, islice

from bot.playground.people import Json

# Without allowed_updates a bot gets all but chat_member and the reactions (Bot API, getUpdates).
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates in order, until a getUpdates with a higher offset confirms them or the webhook takes them.

    Each has a place in the order, counted on for ever: ids may begin anew, and two updates may have the same.
    """

    def __init__(self) -> None:
        self.next_id = 500_000_001
        self.allowed: list[str] = []
        self.on_new: Callable[[], None] = lambda: None
        self._places = count()
        self._waiting: OrderedDict[int, tuple[int, Json]] = OrderedDict()  # by place: id, update

    def __len__(self) -> int:
        return len(self._waiting)

    def allows(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST

    def add(self, kind: str, payload: Json) -> None:
        """Let the bot have an update of this kind, if it asked for that kind."""
        if self.allows(kind):
            self._append(self.next_id, {"update_id": self.next_id, kind: payload})

    def inject(self, update: Json) -> None:
        """Let the bot have this update as it is; it gets an update_id only if it has none."""
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
        id_ = update["update_id"]
        self._append(id_ if type(id_) is int else self.next_id, update)

    def _append(self, id_: int, update: Json) -> None:
        self._waiting[next(self._places)] = (id_, update)
        if self.next_id <= id_ < 2**31:  # a nonsensical id does not change how the others are counted
            self.next_id = id_ + 1
        self.on_new()

    def allow(self, kinds: Collection[str]) -> None:
        """Remember what the bot asked for; it goes for updates that come from now on."""
        self.allowed = list(kinds)

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; negative: all but the last so many."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
        elif offset <= self.next_id + 10:
            while self._waiting and next(iter(self._waiting.values()))[0] < offset:
                self._waiting.popitem(last=False)
        # An offset further ahead is left from before the ids began anew somewhere lower. Telegram's queue calls
        # it "in the future"; how the Bot API server answers then, we do not know. Ours: it confirms nothing.

    def first(self, limit: int) -> list[Json]:
        """The oldest unconfirmed updates."""
        return [update for _, update in islice(self._waiting.values(), limit)]

    def places(self) -> Iterator[tuple[int, Json]]:
        """All that wait, each with its place, the oldest first."""
        return ((place, update) for place, (_, update) in list(self._waiting.items()))

    def last(self) -> tuple[int, Json]:
        """What came last, with its place; there is something."""
        place = next(reversed(self._waiting))
        return place, self._waiting[place][1]

    def taken(self, place: int) -> None:
        """The webhook took the update at this place."""
        self._waiting.pop(place, None)

    def clear(self) -> None:
        """Forget all that wait."""
        self._waiting.clear()
