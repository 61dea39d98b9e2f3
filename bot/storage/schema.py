"""The tables. Instants are aware UTC in Python; every id that Telegram gives is a BigInteger."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite keeps no zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only in a column that is exactly INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")

clubs = Table(
    "clubs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("title", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("post_day", Integer, nullable=False),
    Column("post_time", String(5), nullable=False),
    Column("week_began_at", UtcDateTime, nullable=False),
    Column("next_slot_at", UtcDateTime, nullable=False),
    Column("last_number", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("bot_left_at", UtcDateTime),
    Index("ix_clubs_next_slot_at", "next_slot_at"),
    sqlite_autoincrement=True,  # the id of a club that was taken into another must not come to name a third
)

# A group that becomes a supergroup changes its chat id: both ids lead to the club, the current one is marked.
club_chats = Table(
    "club_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("club_id", _Id, ForeignKey("clubs.id"), nullable=False, index=True),
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
    Column("language_code", String(16)),
    Column("reachable", Boolean, nullable=False),  # may the bot write to them in private?
    Column("first_seen_at", UtcDateTime, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("club_id", _Id, ForeignKey("clubs.id"), nullable=False),
    Column("user_id", BigInteger, ForeignKey("people.user_id"), index=True),
    Column("pending_username", String(64)),  # known by @username only; as it was typed
    Column("pending_key", String(64)),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    UniqueConstraint("club_id", "user_id"),
    UniqueConstraint("club_id", "pending_key"),
    CheckConstraint("(user_id IS NULL) <> (pending_key IS NULL)", name="known_or_pending"),
)

# One row for each recipient of a /refer. (chat_id, message_id, position) is the business key: the same message,
# however often Telegram delivers it, makes the same referrals. It is the raw chat id, as message ids start
# anew when a group becomes a supergroup.
referrals = Table(
    "referrals",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("club_id", _Id, ForeignKey("clubs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("giver_id", _Id, ForeignKey("members.id"), nullable=False),
    Column("recipient_id", _Id, ForeignKey("members.id"), nullable=False),
    Column("contact", Text, nullable=False),
    Column("need", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("kind", String(8), nullable=False, server_default="outside"),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", _Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
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
    ),
    Index("ix_referrals_giver_id_given_at", "giver_id", "given_at"),
    Index("ix_referrals_recipient_id_given_at", "recipient_id", "given_at"),
)

thanks = Table(
    "thanks",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("club_id", _Id, ForeignKey("clubs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("from_id", _Id, ForeignKey("members.id"), nullable=False),
    Column("to_id", _Id, ForeignKey("members.id"), nullable=False),
    Column("amount_minor", BigInteger),
    Column("currency", String(3)),
    Column("degree", Integer),
    Column("referral_id", _Id, ForeignKey("referrals.id"), index=True),
    Column("note", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", _Id, ForeignKey("members.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    UniqueConstraint("club_id", "number"),
    UniqueConstraint("chat_id", "message_id"),
    CheckConstraint("from_id <> to_id OR undone_at IS NOT NULL", name="not_to_oneself"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_with_currency"),
    CheckConstraint("degree IN (1, 2, 3)", name="degree"),
    Index("ix_thanks_club_id_given_at", "club_id", "given_at"),
    Index("ix_thanks_from_id_given_at", "from_id", "given_at"),
    Index("ix_thanks_to_id_given_at", "to_id", "given_at"),
)

# What became of each slot: the proof that a week was posted once, and where the next week begins.
posts = Table(
    "posts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("club_id", _Id, ForeignKey("clubs.id"), nullable=False),
    Column("slot_at", UtcDateTime, nullable=False),
    Column("week_began_at", UtcDateTime, nullable=False),
    Column("given", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    UniqueConstraint("club_id", "slot_at"),
    CheckConstraint("outcome IN ('ranking', 'quiet', 'silent', 'skipped')", name="outcome"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("update_id", BigInteger, unique=True),  # emptied when ids may come round again
    Column("chat_id", BigInteger),
    Column("payload", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("ended_at", UtcDateTime),
    Column("error", Text),
    CheckConstraint("state IN ('new', 'done', 'failed')", name="state"),
    Index("ix_inbox_new", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    Index(
        "ix_inbox_new_chat_id", "chat_id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")
    ),
    Index("ix_inbox_ended_at", "ended_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("chat_id", BigInteger),
    Column("method", String(32), nullable=False),
    Column("params", JSON, nullable=False),
    Column("about", String(96)),  # which message of the bot's this is, so that it can be changed later
    Column("edits_id", _Id, ForeignKey("outbox.id", ondelete="SET NULL")),  # the row whose message this changes
    Column("lead_id", _Id),  # rows that were said in one message have its first row's id here
    Column("once_key", String(96), unique=True),  # at most one row, ever
    Column("resend", Boolean, nullable=False),  # sent again if a crash left its fate open?
    Column("if_refused", JSON(none_as_null=True)),  # what to say instead when the person cannot be written to
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime),  # after a refusal for now; a new row waits for nothing
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("ended_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("error", Text),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'unknown', 'dropped')", name="state"),
    Index(
        "ix_outbox_open",
        "chat_id",
        "id",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index("ix_outbox_about", "about"),
    Index("ix_outbox_ended_at", "ended_at"),
    Index("ix_outbox_edits_id", "edits_id"),
    Index("ix_outbox_lead_id", "lead_id"),
)
