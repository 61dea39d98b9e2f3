"""A club may do without pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clubs", sa.Column("pictures", sa.Boolean(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("clubs", "pictures")
