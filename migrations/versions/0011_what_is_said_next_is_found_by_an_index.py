"""What is said next is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = "state IN ('waiting', 'sending')"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("priority", sa.Integer, nullable=False, server_default="1"))
    op.execute(f"UPDATE outbox SET priority = 0 WHERE chat_id IS NULL AND {OPEN}")  # noqa: S608  no words of people's
    op.execute(f"UPDATE outbox SET priority = 2 WHERE once_key IS NOT NULL AND {OPEN}")  # noqa: S608  nor here
    _index("ix_outbox_next", ["priority", "id"], OPEN)
    _index("ix_outbox_later", ["not_before"], f"{OPEN} AND not_before IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_outbox_later", "outbox")
    op.drop_index("ix_outbox_next", "outbox")
    op.drop_column("outbox", "priority")


def _index(name: str, columns: list[str], of: str) -> None:
    op.create_index(name, "outbox", columns, sqlite_where=sa.text(of), postgresql_where=sa.text(of))
