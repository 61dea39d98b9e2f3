"""kill -9 again and again under load: each command is recorded once, and answered; each slot has its one post.

The storm's seed is printed, and taken from STORM_SEED if that is set. A round's plan (where the kill falls, what
people do) follows from the seed and the round's number alone; STORM_ROUND=37 runs that round only, on a fresh
database. The plan is what repeats: how far the machine gets meanwhile is its own affair, and so are the entries that
people find to change.
"""

import os
import secrets
from pathlib import Path

import pytest

from tests.storm.storm import Storm
from tests.storm.verdict import Verdict

ROUNDS = 60


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


async def test_five_kills_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    verdict = await weathered(tmp_path, 5, long=False)
    assert verdict.problems == []


@pytest.mark.storm
async def test_a_storm_of_kills_loses_nothing_and_counts_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        verdict = await weathered(tmp_path, ROUNDS, long=True)
    assert verdict.problems == []
