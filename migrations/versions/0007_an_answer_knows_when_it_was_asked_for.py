"""An answer knows when it was asked for."""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema.base import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("asked_at", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "asked_at")
