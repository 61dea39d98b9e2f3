"""The ledger: what members did for each other, one row an event; every total is counted from them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.schema.base import Id, UtcDateTime, metadata

# One row for each recipient of a /refer. (chat_id, message_id, position) is the business key: the same message,
# however often Telegram delivers it, makes the same referrals. It is the raw chat id, as message ids start
# anew when a group becomes a supergroup.
referrals = Table(
    "referrals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("giver_id", Id, ForeignKey("members.id"), nullable=False),
    Column("recipient_id", Id, ForeignKey("members.id"), nullable=False),
    Column("contact", Text, nullable=False),
    Column("need", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("kind", String(8), nullable=False, server_default="outside"),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("status", String(12), nullable=False, server_default="new"),
    Column("declined_at", UtcDateTime),
    Column("kind_asked", Boolean, nullable=False, server_default="0"),  # the giver has not said yet which kind it is
    Column("warmth", Integer),  # what the giver did for the introduction: 1 to 5
    Column("agreed", Boolean),  # has the contact agreed to be called?
    Column("via_id", Id, ForeignKey("referrals.id"), index=True),  # the referral that this one came out of
    # The earlier referral that this one looks like, until the giver says that it is another.
    Column("double_of_id", Id, ForeignKey("referrals.id")),
    Column("reminded_at", UtcDateTime),
    Column("wait_told_at", UtcDateTime),
    Column("erased", String(8), nullable=False, server_default="none"),  # what is gone of the contact
    CheckConstraint("erased IN ('none', 'details', 'all')", name="erased"),
    Column("import_id", Id, ForeignKey("imports.id")),  # the file that it came in by
    Column("file_number", Integer),  # its number in that file
    CheckConstraint("status IN ('new', 'contacted', 'in_progress', 'won', 'lost', 'declined')", name="status"),
    CheckConstraint("warmth BETWEEN 1 AND 5", name="warmth"),
    UniqueConstraint("club_id", "number"),
    UniqueConstraint("chat_id", "message_id", "position"),
    CheckConstraint("giver_id <> recipient_id OR undone_at IS NOT NULL", name="not_to_oneself"),
    CheckConstraint("kind IN ('outside', 'inside')", name="kind"),
    # Covers the ranking: a week's or a year's counts come from the index alone.
    Index(
        "ix_referrals_ranking",
        "club_id",
        "given_at",
        "giver_id",
        "kind",
        "undone_at",
        "declined_at",
    ),
    Index(
        "ix_referrals_untouched",
        "given_at",
        sqlite_where=text("status = 'new' AND undone_at IS NULL"),
        postgresql_where=text("status = 'new' AND undone_at IS NULL"),
    ),
    # Where a referral goes, all that lead to it are looked for.
    Index(
        "ix_referrals_double_of_id",
        "double_of_id",
        sqlite_where=text("double_of_id IS NOT NULL"),
        postgresql_where=text("double_of_id IS NOT NULL"),
    ),
    Index("ix_referrals_erased", "club_id", "erased", "given_at"),  # which contacts are to be erased
    # Cover a member's own figures and whom they gave to, or received from, however long their history.
    Index("ix_referrals_given", "giver_id", "given_at", "recipient_id", "kind", "undone_at", "declined_at"),
    Index(
        "ix_referrals_received", "recipient_id", "given_at", "giver_id", "kind", "undone_at", "declined_at", "status"
    ),
)

# What happened to a referral after it was given: which of its sides took which value, when, and by whom.
referral_events = Table(
    "referral_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("referral_id", Id, ForeignKey("referrals.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", Id, ForeignKey("members.id")),
    Column("side", String(8), nullable=False),
    Column("value", String(16), nullable=False),
    CheckConstraint("side IN ('status', 'kind', 'warmth', 'agreed', 'via')", name="side"),
)

thanks = Table(
    "thanks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("from_id", Id, ForeignKey("members.id"), nullable=False),
    Column("to_id", Id, ForeignKey("members.id"), nullable=False),
    Column("amount_minor", BigInteger),
    Column("currency", String(3)),
    Column("degree", Integer),
    Column("referral_id", Id, ForeignKey("referrals.id"), index=True),
    Column("note", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("import_id", Id, ForeignKey("imports.id")),  # the file that it came in by
    UniqueConstraint("club_id", "number"),
    UniqueConstraint("chat_id", "message_id"),
    CheckConstraint("from_id <> to_id OR undone_at IS NOT NULL", name="not_to_oneself"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_with_currency"),
    CheckConstraint("degree IN (1, 2, 3)", name="degree"),
    # Cover how many there were.
    Index("ix_thanks_of_club", "club_id", "given_at", "undone_at"),
    Index("ix_thanks_said", "from_id", "given_at", "undone_at"),
    Index("ix_thanks_heard", "to_id", "given_at", "undone_at"),
)

# One-to-ones: two members met. Both are credited with the one row.
meetings = Table(
    "meetings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("with_id", Id, ForeignKey("members.id"), nullable=False),
    Column("note", Text, nullable=False),
    Column("met_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("import_id", Id, ForeignKey("imports.id")),  # the file that it came in by
    UniqueConstraint("chat_id", "message_id"),
    CheckConstraint("by_id <> with_id OR undone_at IS NOT NULL", name="not_with_oneself"),
    Index("ix_meetings_club_id_met_at", "club_id", "met_at"),
    Index("ix_meetings_by_id", "by_id"),
    Index("ix_meetings_with_id", "with_id"),
)

# Guests whom a member brought.
visitors = Table(
    "visitors",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("import_id", Id, ForeignKey("imports.id")),  # the file that it came in by
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_visitors_club_id_came_at", "club_id", "came_at"),
    Index("ix_visitors_by_id", "by_id"),
)
