"""kill -9 again and again under load: each command is recorded once, and answered; each slot has its one post.

The storm's seed is printed, and taken from STORM_SEED if that is set. A round's plan (where the kill falls, what
people do) follows from the seed and the round's number alone; STORM_ROUND=37 runs that round only, on a fresh
database. The plan is what repeats: how far the machine gets meanwhile is its own affair, and so are the entries that
people find to change.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storm.storm import Storm
from tests.storm.verdict import Verdict
from tests.support.databases import database_on

ROUNDS = 60
pytestmark = pytest.mark.every_database


async def weathered(folder: Path, rounds: int, *, long: bool) -> Verdict:
    """A storm of so many rounds, and what became of all that people did in it; printed."""
    seed = os.environ.get("STORM_SEED") or secrets.token_hex(4)
    only = os.environ.get("STORM_ROUND")
    tell(f"STORM_SEED={seed}")
    storm = Storm(folder, seed, long=long)
    await storm.blow([int(only)] if only else list(range(1, rounds + 1)))
    verdict = Verdict(storm)
    tell(str(verdict))
    return verdict


def tell(words: str) -> None:
    """Print it for who runs the storm."""
    print(words)  # noqa: T201  a storm's figures are what it is for


@pytest.fixture
def place(tmp_path: Path, database_kind: str, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder whose database is yet to be made: a file that is not there, or one on a server without tables."""
    if database_kind == "sqlite":
        yield tmp_path
        return
    server, name = request.getfixturevalue("postgres_server"), f"kring_test_{secrets.token_hex(4)}"
    with database_on(server, name) as address:
        (tmp_path / "address").write_text(address)
        yield tmp_path


async def test_five_kills_lose_nothing_and_count_nothing_twice(place: Path) -> None:
    verdict = await weathered(place, 5, long=False)
    assert verdict.problems == []


@pytest.mark.storm
async def test_a_storm_of_kills_loses_nothing_and_counts_nothing_twice(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        verdict = await weathered(place, ROUNDS, long=True)
    assert verdict.problems == []
