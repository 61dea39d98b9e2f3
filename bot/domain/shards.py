"""How the chats are shared out among replicas: by shards, each of them one replica's at a time."""

from collections.abc import Collection

SHARDS = 64
"""More than there are replicas, so that each has about as much as the others. A chat is in shard |chat id| mod this."""


def allowance(limit: float, shards: Collection[int]) -> float:
    """How much of a limit for all goes to who has these shards; what all have adds up to the limit.

    Whole numbers go round in the order of the shards; who would have none of few gets their part of one.
    """
    whole = sum(int(limit * (shard + 1) / SHARDS) - int(limit * shard / SHARDS) for shard in shards)
    return whole or limit * len(shards) / SHARDS


def fair_share(replicas: int) -> int:
    """How many shards each of so many replicas may have."""
    return -(-SHARDS // replicas)
