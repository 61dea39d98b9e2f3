"""Bringing a database up to the schema that this version needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from bot.storage.sole_use import Unusable

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def head() -> str:
    """The latest revision: files are named after their revision, which count up."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("*.py")).partition("_")[0]


async def migrate(database: Database) -> bool:
    """Upgrade to the latest revision; return whether there was anything to do.

    One process at a time, and the others then find it done. Raises Unusable when the file is damaged.
    """
    async with database.migrating() as connection:
        return await bring_up(connection, database.place)


async def bring_up(connection: AsyncConnection, name: object) -> bool:
    """The same within the connection's transaction. Raises Unusable when what is called `name` is newer."""
    check_known(await connection.run_sync(revision), name)
    return await connection.run_sync(upgrade)


def check_known(found: str | None, name: object) -> None:
    """Raise Unusable when what is called `name`, with this revision, was made by a newer Kring."""
    if found is not None and found > head():
        raise Unusable(
            f"{name} was made by a newer Kring: its schema is {found}, and this one knows those up to {head()}. "
            "Upgrade Kring first."
        )


def upgrade(connection: Connection, to: str | None = None) -> bool:
    """Upgrade within the connection's transaction to the revision `to`, the latest unless given."""
    if to is None and revision(connection) == head():
        return False  # without importing Alembic, which takes longer than all the rest of the start
    from alembic import command

    command.upgrade(config(connection), to or "head")
    return True


def config(connection: Connection) -> "Config":
    """Alembic's configuration for this connection."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def revision(connection: Connection) -> str | None:
    """The revision of the schema that is there; None where there is no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
