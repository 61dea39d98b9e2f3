"""A long history is counted from indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_referrals_giver_id_given_at": ("referrals", ["giver_id", "given_at"]),
    "ix_referrals_recipient_id_given_at": ("referrals", ["recipient_id", "given_at"]),
    "ix_thanks_club_id_given_at": ("thanks", ["club_id", "given_at"]),
    "ix_thanks_from_id_given_at": ("thanks", ["from_id", "given_at"]),
    "ix_thanks_to_id_given_at": ("thanks", ["to_id", "given_at"]),
}
AFTER = {
    "ix_referrals_given": (
        "referrals",
        ["giver_id", "given_at", "recipient_id", "kind", "undone_at", "declined_at"],
    ),
    "ix_referrals_received": (
        "referrals",
        ["recipient_id", "given_at", "giver_id", "kind", "undone_at", "declined_at", "status"],
    ),
    "ix_thanks_of_club": ("thanks", ["club_id", "given_at", "undone_at"]),
    "ix_thanks_said": ("thanks", ["from_id", "given_at", "undone_at"]),
    "ix_thanks_heard": ("thanks", ["to_id", "given_at", "undone_at"]),
}


def upgrade() -> None:
    _replace(BEFORE, AFTER)
    wanted = sa.text("suggestions = 'yes'")
    op.create_index("ix_members_to_suggest_to", "members", ["joined_at"], sqlite_where=wanted, postgresql_where=wanted)


def downgrade() -> None:
    op.drop_index("ix_members_to_suggest_to", "members")
    _replace(AFTER, BEFORE)


def _replace(old: dict[str, tuple[str, list[str]]], new: dict[str, tuple[str, list[str]]]) -> None:
    for name, (table, _) in old.items():
        op.drop_index(name, table)
    for name, (table, columns) in new.items():
        op.create_index(name, table, columns)
