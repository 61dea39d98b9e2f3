"""A club keeps who did what, has a daily limit of its own, and says who sees its totals."""

import sqlalchemy as sa
from alembic import op

import bot.storage.schema

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A check together with its column, as in 0002.
    op.execute("ALTER TABLE clubs ADD COLUMN own_limit INTEGER CONSTRAINT ck_clubs_own_limit CHECK (own_limit >= 0)")
    op.add_column("clubs", sa.Column("open_totals", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_audit_by_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_audit_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_by_id", "audit", ["by_id"])
    op.create_index("ix_audit_club_id_at", "audit", ["club_id", "at"])


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_column("clubs", "open_totals")
    op.drop_column("clubs", "own_limit")
