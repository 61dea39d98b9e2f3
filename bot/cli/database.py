"""The database, for commands that look into it while Kring works with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import SystemClock
from bot.storage.address import is_postgres, path_of
from bot.storage.engine import Database
from bot.storage.migrate import head, revision
from bot.storage.sole_use import Unusable
from bot.storage.trouble import advice, passes
from bot.storage.work import Work


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[Work]:
    """One state of the database, to read. Raises Unusable where there is none, it fails, or it is of another
    version."""
    database = Database(url)
    try:
        if not is_postgres(url) and not path_of(url).exists():  # SQLite would make one
            raise Unusable(f"There is no {database.place}: see DATABASE_URL. Kring makes it when it starts.")
        async with database.read() as connection:
            found = await connection.run_sync(revision)
            if found != head():
                raise Unusable(
                    f"The schema of {database.place} is {found or 'none'}, and this Kring works with {head()}: "
                    "run `python -m bot migrate`, or the version that made it."
                )
            yield Work(connection, SystemClock().now(), writes=False)
    except SQLAlchemyError as error:
        raise Unusable(advice(error, database.place), passes=passes(error)) from error
    finally:
        await database.close()
