"""Replicas share the work."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema.base import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replicas",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replicas")),
    )
    op.create_table(
        "shards",
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replica_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replica_id"], ["replicas.id"], name=op.f("fk_shards_replica_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("shard", name=op.f("pk_shards")),
    )
    op.create_index(op.f("ix_shards_replica_id"), "shards", ["replica_id"])


def downgrade() -> None:
    op.drop_table("shards")
    op.drop_table("replicas")
