"""People and contacts can be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A check together with its column, as in 0002.
_CHECKED = (
    (
        "clubs",
        "contact_months",
        "INTEGER DEFAULT '12' NOT NULL CONSTRAINT ck_clubs_contact_months CHECK (contact_months BETWEEN 1 AND 60)",
    ),
    (
        "members",
        "erased_at",
        "{instant} CONSTRAINT ck_members_erased "
        "CHECK (erased_at IS NULL OR (user_id IS NULL AND pending_username IS NULL))",
    ),
    (
        "referrals",
        "erased",
        "VARCHAR(8) DEFAULT 'none' NOT NULL CONSTRAINT ck_referrals_erased "
        "CHECK (erased IN ('none', 'details', 'all'))",
    ),
)


def upgrade() -> None:
    instant = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for table, column, definition in _CHECKED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition.format(instant=instant)}")
    op.add_column("clubs", sa.Column("keep_names", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_index("ix_referrals_erased", "referrals", ["club_id", "erased", "given_at"])


def downgrade() -> None:
    op.drop_index("ix_referrals_erased", "referrals")
    op.drop_column("clubs", "keep_names")
    for table, column, _ in reversed(_CHECKED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
