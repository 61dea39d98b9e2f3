"""The replicas that work on this database side by side, and which of them has which shard."""

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, Integer, Table, func

from bot.domain.shards import SHARDS
from bot.storage.schema.base import UtcDateTime, metadata

replicas = Table(
    "replicas",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", UtcDateTime, nullable=False),  # by the server's clock; later it is taken for dead
)
shards = Table(
    "shards",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("replica_id", BigInteger, ForeignKey("replicas.id", ondelete="SET NULL"), index=True),
)


def shard_of(table: Table) -> ColumnElement[Any]:
    """The shard of a row of the inbox or the outbox: that of its chat; what has none is shared out by its id."""
    return func.abs(func.coalesce(table.c.chat_id, table.c.id)) % SHARDS
