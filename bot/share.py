"""What is this process's to do: everything, or, where several replicas share a database, the chats of its shards."""

import math
import time
from typing import TYPE_CHECKING

from bot.domain.shards import SHARDS, shard_of

if TYPE_CHECKING:
    from bot.storage.work import Work


class Share:
    """The shards that are this process's now; None stands for all of them, where there is no other.

    Whoever takes work makes sure of it in the transaction that takes it (`holds`); before what cannot be taken back,
    a call to Telegram, it is looked at once more (`is_sure`).
    """

    def __init__(self) -> None:
        self.shards: frozenset[int] | None = None
        self._sure_until = math.inf

    @property
    def leads(self) -> bool:
        """Is this the one replica that does what one must do for all, such as polling? It is the one with shard 0."""
        return self.shards is None or 0 in self.shards

    def may_be_of_another(self, chat_id: int | None) -> bool:
        """Is it perhaps another replica that deals with this chat, or with what has none?"""
        if self.shards is None or len(self.shards) == SHARDS:
            return False
        return chat_id is None or shard_of(chat_id) not in self.shards

    def is_sure(self) -> bool:
        """Can nobody else have taken it over yet?"""
        return time.monotonic() < self._sure_until

    def have(self, shards: frozenset[int], sure_until: float) -> None:
        """These are this process's, at least until then by time.monotonic()."""
        self.shards, self._sure_until = shards, sure_until

    def lose(self) -> None:
        """Nothing is this process's any more."""
        self.have(frozenset(), 0.0)

    async def holds(self, work: "Work") -> bool:
        """Is the share still this process's until the transaction ends? If not, it is lost."""
        if self.shards is None or await work.replicas.is_alive():
            return True
        self.lose()
        return False
