"""In the club's own language."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settled",
        sa.Column("what", sa.String(length=96), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_settled")),
    )
    op.add_column("clubs", sa.Column("own_country", sa.String(length=2), nullable=True))
    op.add_column("people", sa.Column("language", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "language")
    op.drop_column("clubs", "own_country")
    op.drop_table("settled")
