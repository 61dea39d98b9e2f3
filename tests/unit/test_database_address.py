"""What DATABASE_URL may say, and what is told of it."""

import sys

import pytest

from bot.settings import Settings, WrongSettings
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
def test_what_is_no_database_is_refused_with_one_that_is(monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(WrongSettings, match=f"^DATABASE_URL: .*{said}"):
        Settings.read(None)


def test_without_the_driver_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(Unusable, match=r"^PostgreSQL needs its driver: make install-postgres$"):
        Database("postgresql://kring@localhost/kring")


@pytest.mark.parametrize(
    ("url", "nights"), [("sqlite:///kring.db", 5), ("postgresql://kring@db.example/kring", 0)], ids=["file", "server"]
)
def test_members_are_told_of_the_back_ups_that_kring_makes(url: str, nights: int) -> None:
    settings = Settings(database_url=url, backups_kept=5)
    assert settings.operator.backup_days == nights
