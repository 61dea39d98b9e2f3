"""What looks like a referral is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    told = sa.text("double_of_id IS NOT NULL")
    op.create_index(
        "ix_referrals_double_of_id", "referrals", ["double_of_id"], sqlite_where=told, postgresql_where=told
    )


def downgrade() -> None:
    op.drop_index("ix_referrals_double_of_id", "referrals")
