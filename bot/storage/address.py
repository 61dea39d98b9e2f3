"""What DATABASE_URL names: a file of SQLite's, or a database of a PostgreSQL server."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url

POSTGRES = ("postgresql://", "postgres://")


def is_postgres(url: str) -> bool:
    """Is it on a PostgreSQL server, and in no file of this machine?"""
    return url.startswith(POSTGRES)


def path_of(url: str) -> Path:
    """The file of an SQLite database itself, whatever relative path or symbolic link leads to it."""
    return Path(os.path.realpath(make_url(url).database or ""))


def place_of(url: str) -> str:
    """What to call the database when the operator is told of it; without the user and the password."""
    if not is_postgres(url):
        return str(path_of(url))
    parts = urlsplit(url)
    return f"PostgreSQL at {parts.netloc.rpartition('@')[2] or 'this machine'}{parts.path}"


def without_password(url: str) -> str:
    """The address of a database on a server, to be shown; whoever uses it is asked for the password."""
    parts = make_url(url)
    shown = URL.create("postgresql", parts.username, None, parts.host, parts.port, parts.database, parts.query)
    return shown.difference_update_query(["password"]).render_as_string()
