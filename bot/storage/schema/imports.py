"""What a club brought along from before: each file that was sent, and what became of it."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, text

from bot.storage.schema.base import Id, UtcDateTime, metadata

# The file itself stays with Telegram and is fetched again for each step; what came of it has its id in import_id.
imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("club_id", Id, ForeignKey("clubs.id"), index=True),  # none until it is said which
    Column("user_id", BigInteger, nullable=False),  # the admin who sent it; 0 once they are forgotten
    Column("file_id", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("layout", JSON(none_as_null=True)),  # of an unknown table: which column holds what
    Column("report", Text),  # what would become of each line, as CSV
    Column("counts", JSON(none_as_null=True)),  # how many entries of each kind it brought
    Column("before", JSON(none_as_null=True)),  # what it changed, as it was
    Column("last_number", Integer),  # the club's, right after it
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    CheckConstraint(
        "state IN ('asking', 'reading', 'matching', 'ready', 'agreed', 'done', 'undone', 'ended')", name="state"
    ),
    Index(
        "ix_imports_open",
        "state",
        "id",
        sqlite_where=text("state NOT IN ('done', 'undone', 'ended')"),
        postgresql_where=text("state NOT IN ('done', 'undone', 'ended')"),
    ),
)
