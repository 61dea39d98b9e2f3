"""Clubs, people, and the members that people are in clubs; what a club was told and asked."""

from sqlalchemy import (
    JSON,
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
    true,
)

from bot.storage.schema.base import Id, UtcDateTime, metadata

clubs = Table(
    "clubs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("own_country", String(2)),  # where it is not that of the time zone
    Column("currency", String(3), nullable=False),
    Column("post_day", Integer, nullable=False),
    Column("post_time", String(5), nullable=False),
    Column("week_began_at", UtcDateTime, nullable=False),
    Column("next_slot_at", UtcDateTime, nullable=False),
    Column("last_number", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("bot_left_at", UtcDateTime),
    Column("remind_days", Integer, nullable=False, server_default="7"),  # 0: no reminders
    Column("monthly_question", Boolean, nullable=False, server_default="1"),
    Column("pictures", Boolean, nullable=False, server_default="1"),
    Column("own_limit", Integer),  # entries of a kind a member may record a day, where not the operator's; 0: no limit
    Column("open_totals", Boolean, nullable=False, server_default=true()),  # may the group see the club's return?
    Column("contact_months", Integer, nullable=False, server_default="12"),  # how long contact details are kept
    Column("keep_names", Boolean, nullable=False, server_default=true()),  # the contacts' names outlive the details
    CheckConstraint("contact_months BETWEEN 1 AND 60", name="contact_months"),
    CheckConstraint("remind_days >= 0", name="remind_days"),
    CheckConstraint("own_limit >= 0", name="own_limit"),
    Index("ix_clubs_next_slot_at", "next_slot_at"),
    sqlite_autoincrement=True,  # the id of a club that was taken into another must not come to name a third
)

# A group that becomes a supergroup changes its chat id: both ids lead to the club, the current one is marked.
club_chats = Table(
    "club_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False, index=True),
    Column("current", Boolean, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text),
    Column("username", String(64)),
    Column("username_key", String(64), index=True),  # the username in small letters
    Column("language_code", String(16)),  # of their Telegram
    Column("language", String(16)),  # which they chose instead
    Column("reachable", Boolean, nullable=False),  # may the bot write to them in private?
    Column("first_seen_at", UtcDateTime, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("user_id", BigInteger, ForeignKey("people.user_id"), index=True),
    Column("pending_username", String(64)),  # known by @username only; as it was typed
    Column("pending_key", String(64)),  # of who was never seen: the username in small letters, id:123 or name:digest
    Column("told_user_id", BigInteger),  # what an imported file says of who was never seen
    Column("told_first_name", Text),
    Column("told_last_name", Text),
    Column("import_id", Id, ForeignKey("imports.id")),  # the file that they came in by
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Column("quiet", Boolean, nullable=False, server_default="0"),  # wants to be in no ranking
    Column("direct_told_at", UtcDateTime),  # when the difference with direct business was explained
    Column("welcomed_at", UtcDateTime),
    Column("suggestions", String(8), nullable=False, server_default="none"),  # whom to meet, in the first weeks
    Column("suggested_at", UtcDateTime),
    # When they asked to be forgotten. The key is then a placeholder that no @username is.
    Column("erased_at", UtcDateTime),
    CheckConstraint("erased_at IS NULL OR (user_id IS NULL AND pending_username IS NULL)", name="erased"),
    CheckConstraint("suggestions IN ('none', 'asked', 'yes', 'no')", name="suggestions"),
    Index(
        "ix_members_to_suggest_to",
        "joined_at",
        sqlite_where=text("suggestions = 'yes'"),
        postgresql_where=text("suggestions = 'yes'"),
    ),
    UniqueConstraint("club_id", "user_id"),
    UniqueConstraint("club_id", "pending_key"),
    CheckConstraint("(user_id IS NULL) <> (pending_key IS NULL)", name="known_or_pending"),
)

# What became of each slot: the proof that a week was posted once, and where the next week begins.
posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("slot_at", UtcDateTime, nullable=False),
    Column("week_began_at", UtcDateTime, nullable=False),
    Column("given", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    UniqueConstraint("club_id", "slot_at"),
    CheckConstraint("outcome IN ('ranking', 'quiet', 'silent', 'skipped')", name="outcome"),
)

# The club's question of the month. The answers are counted; who answered is kept beside them, what they said is not.
questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("month", String(7), nullable=False),  # 2026-11
    Column("asked_at", UtcDateTime, nullable=False),
    Column("yes", Integer, nullable=False, server_default="0"),
    Column("some", Integer, nullable=False, server_default="0"),
    Column("not_yet", Integer, nullable=False, server_default="0"),
    UniqueConstraint("club_id", "month"),
)
question_voters = Table(
    "question_voters",
    metadata,
    Column("question_id", Id, ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True, index=True),
)

# Who did what beside the ledger, for the club's admins: one row an event.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("what", String(16), nullable=False),
    Column("details", JSON, nullable=False),
    Index("ix_audit_club_id_at", "club_id", "at"),
)

# What someone is filling in with the bot's help, in private: one thing at a time, and it outlives a restart.
forms = Table(
    "forms",
    metadata,
    Column("user_id", BigInteger, ForeignKey("people.user_id"), primary_key=True, autoincrement=False),
    Column("club_id", Id, ForeignKey("clubs.id", ondelete="CASCADE"), index=True),
    Column("command", String(8), nullable=False),
    Column("step", String(12), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("command IN ('refer', 'thanks')", name="command"),
)
