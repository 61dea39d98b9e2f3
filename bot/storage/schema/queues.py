"""What came in, what is to be said, and what Telegram was told once and for all."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
    text,
)

from bot.storage.schema.base import Id, UtcDateTime, key, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
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
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger),
    Column("method", String(32), nullable=False),
    Column("params", JSON, nullable=False),
    Column("about", key(96)),  # which message of the bot's this is, so that it can be changed later
    Column("edits_id", Id, ForeignKey("outbox.id", ondelete="SET NULL")),  # the row whose message this changes
    Column("lead_id", Id),  # rows that were said in one message have its first row's id here
    Column("once_key", key(96), unique=True),  # at most one row, ever
    Column("resend", Boolean, nullable=False),  # sent again if a crash left its fate open?
    Column("if_refused", JSON(none_as_null=True)),  # what to say instead when the person cannot be written to
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),  # when the update came that this answers, if it answers one
    Column("not_before", UtcDateTime),  # after a refusal for now; a new row waits for nothing
    Column("priority", Integer, nullable=False, server_default="1"),  # 0: said first, 2: after all others
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
    Index(
        "ix_outbox_next",
        "priority",
        "id",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(
        "ix_outbox_later",
        "not_before",
        sqlite_where=text("state IN ('waiting', 'sending') AND not_before IS NOT NULL"),
        postgresql_where=text("state IN ('waiting', 'sending') AND not_before IS NOT NULL"),
    ),
    Index("ix_outbox_about", "about"),
    Index("ix_outbox_ended_at", "ended_at"),
    Index("ix_outbox_edits_id", "edits_id"),
    Index("ix_outbox_lead_id", "lead_id"),
)

# For queries, written out as in the indexes above: a database takes an index of some rows only where it can read in the
# statement that no others are wanted.
UNREAD: ColumnElement[bool] = inbox.c.state == literal_column("'new'")


def unsaid(rows: FromClause) -> ColumnElement[bool]:
    """Rows of the outbox, under whatever name, that are not said yet."""
    return rows.c.state.in_([literal_column("'waiting'"), literal_column("'sending'")])


UNSAID: ColumnElement[bool] = unsaid(outbox)

# What was set at Telegram and stays so, as a digest: it is set again only when it changed.
settled = Table(
    "settled",
    metadata,
    Column("what", String(96), primary_key=True),
    Column("digest", String(64), nullable=False),
)
