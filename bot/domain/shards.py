"""How the chats are shared out among replicas: by shards, each of them one replica's at a time."""

from collections.abc import Collection

SHARDS = 64
"""More than there are replicas, so that each has about as much as the others. A chat is in shard |chat id| mod this."""


def shard_of(id_: int) -> int:
    """The shard of a chat; or, by its own number, of a row that is of no chat."""
    return abs(id_) % SHARDS


def allowance(limit: float, shards: Collection[int]) -> float:
    """How much of a limit for all goes to who has these shards; what all have adds up to the limit."""
    return limit * len(shards) / SHARDS


def fair_share(replicas: int) -> int:
    """How many shards each of so many replicas may have."""
    return -(-SHARDS // replicas)
