"""A referral lives."""

import sqlalchemy as sa
from alembic import op

import bot.storage.schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# SQLite adds a column together with what holds it, or not at all: a check or reference of its own would mean to write
# the whole table anew, which everything that refers to it forbids.
_CHECKED = (
    ("clubs", "remind_days", "INTEGER DEFAULT '7' NOT NULL CONSTRAINT ck_clubs_remind_days CHECK (remind_days >= 0)"),
    (
        "members",
        "suggestions",
        "VARCHAR(8) DEFAULT 'none' NOT NULL CONSTRAINT ck_members_suggestions "
        "CHECK (suggestions IN ('none', 'asked', 'yes', 'no'))",
    ),
    (
        "referrals",
        "status",
        "VARCHAR(12) DEFAULT 'new' NOT NULL CONSTRAINT ck_referrals_status "
        "CHECK (status IN ('new', 'contacted', 'in_progress', 'won', 'lost', 'declined'))",
    ),
    ("referrals", "warmth", "INTEGER CONSTRAINT ck_referrals_warmth CHECK (warmth BETWEEN 1 AND 5)"),
)


def upgrade() -> None:
    for table, column, definition in _CHECKED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    key = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for column in ("via_id", "double_of_id"):
        op.execute(
            f"ALTER TABLE referrals ADD COLUMN {column} {key} "
            f"CONSTRAINT fk_referrals_{column} REFERENCES referrals (id)"
        )
    op.create_table(
        "forms",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("command", sa.String(length=8), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("changed_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("command IN ('refer', 'thanks')", name=op.f("ck_forms_command")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_forms_club_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["people.user_id"], name=op.f("fk_forms_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_forms")),
    )
    with op.batch_alter_table("forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forms_club_id"), ["club_id"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("asked_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("yes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("some", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_yet", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_questions_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("club_id", "month", name=op.f("uq_questions_club_id_month")),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("with_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("met_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("by_id <> with_id OR undone_at IS NOT NULL", name=op.f("ck_meetings_not_with_oneself")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_meetings_by_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_meetings_club_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["members.id"], name=op.f("fk_meetings_undone_by_id")),
        sa.ForeignKeyConstraint(["with_id"], ["members.id"], name=op.f("fk_meetings_with_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_meetings_chat_id_message_id")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index("ix_meetings_by_id", ["by_id"], unique=False)
        batch_op.create_index("ix_meetings_club_id_met_at", ["club_id", "met_at"], unique=False)
        batch_op.create_index("ix_meetings_with_id", ["with_id"], unique=False)

    op.create_table(
        "question_voters",
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_question_voters_member_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_voters_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_question_voters")),
    )
    with op.batch_alter_table("question_voters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_voters_member_id"), ["member_id"], unique=False)

    op.create_table(
        "visitors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("came_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_visitors_by_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_visitors_club_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["members.id"], name=op.f("fk_visitors_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_visitors_chat_id_message_id")),
    )
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.create_index("ix_visitors_by_id", ["by_id"], unique=False)
        batch_op.create_index("ix_visitors_club_id_came_at", ["club_id", "came_at"], unique=False)

    op.create_table(
        "referral_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", bot.storage.schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "side IN ('status', 'kind', 'warmth', 'agreed', 'via')", name=op.f("ck_referral_events_side")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_referral_events_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_referral_events_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_events")),
    )
    with op.batch_alter_table("referral_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_events_referral_id"), ["referral_id"], unique=False)

    with op.batch_alter_table("clubs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("monthly_question", sa.Boolean(), server_default="1", nullable=False))

    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quiet", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("direct_told_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("welcomed_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("suggested_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kind_asked", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("agreed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("wait_told_at", bot.storage.schema.UtcDateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_referrals_ranking"))
        batch_op.create_index(
            "ix_referrals_ranking",
            ["club_id", "given_at", "giver_id", "kind", "undone_at", "declined_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_referrals_untouched",
            ["given_at"],
            unique=False,
            sqlite_where=sa.text("status = 'new' AND undone_at IS NULL"),
            postgresql_where=sa.text("status = 'new' AND undone_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_referrals_via_id"), ["via_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referrals_via_id"))
        batch_op.drop_index(
            "ix_referrals_untouched",
            sqlite_where=sa.text("status = 'new' AND undone_at IS NULL"),
            postgresql_where=sa.text("status = 'new' AND undone_at IS NULL"),
        )
        batch_op.drop_index("ix_referrals_ranking")
        batch_op.create_index(
            batch_op.f("ix_referrals_ranking"), ["club_id", "given_at", "giver_id", "kind", "undone_at"], unique=False
        )

    # Alembic's own way writes the whole table anew on SQLite; see above.
    for table, columns in (
        (
            "referrals",
            (
                "wait_told_at",
                "reminded_at",
                "double_of_id",
                "via_id",
                "agreed",
                "warmth",
                "kind_asked",
                "declined_at",
                "status",
            ),
        ),
        ("members", ("suggested_at", "suggestions", "welcomed_at", "direct_told_at", "quiet")),
        ("clubs", ("monthly_question", "remind_days")),
    ):
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")

    with op.batch_alter_table("referral_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_events_referral_id"))

    op.drop_table("referral_events")
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.drop_index("ix_visitors_club_id_came_at")
        batch_op.drop_index("ix_visitors_by_id")

    op.drop_table("visitors")
    with op.batch_alter_table("question_voters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_voters_member_id"))

    op.drop_table("question_voters")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_meetings_with_id")
        batch_op.drop_index("ix_meetings_club_id_met_at")
        batch_op.drop_index("ix_meetings_by_id")

    op.drop_table("meetings")
    op.drop_table("questions")
    with op.batch_alter_table("forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forms_club_id"))

    op.drop_table("forms")
