"""Writes the next migration: what leads from the migrations there are to the schema that the code declares.

`make migration MESSAGE="what changes"`; read what it wrote before you keep it.
"""

import sys

from alembic import command
from sqlalchemy import create_engine

from bot.storage.migrate import config, head, upgrade


def write(message: str) -> None:
    """Write the migration with this message as its first line, numbered after the latest."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection)
        command.revision(config(connection), message, autogenerate=True, rev_id=f"{int(head()) + 1:04}")
    engine.dispose()


if __name__ == "__main__":
    write(sys.argv[1])
