"""A club brings its past along."""

import sqlalchemy as sa
from alembic import op

import bot.storage.schema

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MADE_BY_ONE = ("members", "referrals", "thanks", "meetings", "visitors")


def upgrade() -> None:
    open_ones = sa.text("state NOT IN ('done', 'undone', 'ended')")
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("layout", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=True),
        sa.Column("created_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asking', 'reading', 'matching', 'ready', 'agreed', 'done', 'undone', 'ended')",
            name=op.f("ck_imports_state"),
        ),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_imports_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_club_id"), "imports", ["club_id"])
    op.create_index("ix_imports_open", "imports", ["state", "id"], sqlite_where=open_ones, postgresql_where=open_ones)
    # Alembic's own way to add a foreign key writes the whole table anew on SQLite, as in 0002.
    key = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table in _MADE_BY_ONE:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN import_id {key} CONSTRAINT fk_{table}_import_id REFERENCES imports (id)"
        )
    op.add_column("referrals", sa.Column("file_number", sa.Integer(), nullable=True))
    op.add_column("members", sa.Column("told_user_id", sa.BigInteger(), nullable=True))
    op.add_column("members", sa.Column("told_first_name", sa.Text(), nullable=True))
    op.add_column("members", sa.Column("told_last_name", sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ("told_last_name", "told_first_name", "told_user_id"):
        op.execute(f"ALTER TABLE members DROP COLUMN {column}")
    op.execute("ALTER TABLE referrals DROP COLUMN file_number")
    for table in _MADE_BY_ONE:
        op.execute(f"ALTER TABLE {table} DROP COLUMN import_id")
    op.drop_table("imports")
