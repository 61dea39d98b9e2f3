"""What DATABASE_URL may say, and what is told of it."""

import sys

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from bot.storage.address import place_of
from bot.storage.engine import Database
from bot.storage.sole_use import Unusable


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://kring:s3cret@db.example:5433/clubs", "PostgreSQL at db.example:5433/clubs"),
        ("postgresql://kring:a@b@db.example/clubs?sslmode=require", "PostgreSQL at db.example/clubs"),
        ("postgres:///clubs?host=/run/postgresql&password=s3cret", "PostgreSQL at this machine/clubs"),
        ("sqlite:////var/lib/kring.db", "/var/lib/kring.db"),
    ],
)
def test_a_database_is_named_without_its_password(url: str, place: str) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://kring@localhost", "name the database too, as in postgresql://kring:password@localhost/kring"),
        ("mysql://kring@localhost/kring", "give a file, as in sqlite:///kring.db"),
        ("kring.db", "give a file, as in sqlite:///kring.db"),
    ],
)
def test_what_is_no_database_is_refused_with_one_that_is(url: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings(_env_file=None, database_url=url)


def test_without_the_driver_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(Unusable, match=r"^PostgreSQL needs its driver: make install-postgres$"):
        Database("postgresql://kring@localhost/kring")


@pytest.mark.parametrize(
    ("url", "nights"), [("sqlite:///kring.db", 5), ("postgresql://kring@db.example/kring", 0)], ids=["file", "server"]
)
def test_members_are_told_of_the_back_ups_that_kring_makes(url: str, nights: int) -> None:
    settings = Settings(_env_file=None, database_url=url, backups_kept=5)
    assert settings.operator.backup_days == nights
