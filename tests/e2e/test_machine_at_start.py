"""What is wrong with the database's file is told at the start, in one line that says what to do."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.test_machine import at_work, nothing_is_missing, recorded, refer
from tests.support.operator import Operator
from tests.support.process import BotProcess, until

pytestmark = pytest.mark.sqlite


@contextmanager
def unwritable(*paths: Path) -> Iterator[None]:
    """Meanwhile these may be read only."""
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


@pytest.mark.parametrize("names", [["kring.db"], ["kring.db", "."]], ids=["the file", "file and folder"])
async def test_a_database_that_may_not_be_written_is_told_at_the_start(
    operator: Operator, folder: Path, names: list[str]
) -> None:
    place = folder / "place"
    place.mkdir()
    (folder / "kring.db").rename(place / "kring.db")
    program = at_work(operator, place)
    if os.geteuid() == 0:  # root may write everything, unless it has given that up
        program.command = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", *program.command)
    with unwritable(*(place / name for name in names)):
        assert await program.exit_code() == 2
    (line,) = program.log.splitlines()
    assert str(place / "kring.db") in line
    assert "may not be written: see that this user owns it" in line or "may this user write in it" in line
    await program.start()
    refer(operator, 0, 1)
    await nothing_is_missing(operator, place, 1)


@pytest.mark.parametrize("damage", ["no database", "cut off", "overwritten in the middle"])
@pytest.mark.parametrize("do", ["run", "migrate"])
async def test_a_damaged_file_is_told_at_the_start_and_left_as_it_is(
    operator: Operator, folder: Path, damage: str, do: str
) -> None:
    whole = (folder / "kring.db").read_bytes()
    broken = {
        "no database": b"garbage!" * 4096,
        "cut off": whole[: len(whole) // 2],
        "overwritten in the middle": whole[:8192] + b"\xa5" * 8192 + whole[16384:],
    }[damage]
    (folder / "kring.db").write_bytes(broken)
    program = operator.prepare()
    program.command = (*program.command[:-1], do)
    assert await program.exit_code() == 2
    (line,) = program.log.splitlines()
    assert line.startswith(f"{folder / 'kring.db'} is damaged, or no database: ")
    assert (folder / "kring.db").read_bytes() == broken


@pytest.mark.parametrize("way", ["the same", "from the root", "a link"])
async def test_a_second_one_on_the_same_file_is_refused_at_once(operator: Operator, folder: Path, way: str) -> None:
    first = operator.prepare()
    await first.start()
    refer(operator, 0, 1)
    await until(operator.heard_of)
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "link.db").symlink_to("../kring.db")
    url = {"the same": "kring.db", "from the root": f"{folder}/kring.db", "a link": "elsewhere/link.db"}[way]
    second = BotProcess.at(operator.world, operator.server.url, folder, DATABASE_URL=f"sqlite:///{url}")
    for do in ("run", "migrate"):
        before = first.log
        second.command = (*second.command[:-1], do)
        assert await second.exit_code() == 2
        assert first.log.removeprefix(before) == (
            f"Another Kring works with {folder / 'kring.db'}: stop it first, only one may at a time.\n"
        )
    with closing(sqlite3.connect(folder / "kring.db")) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        assert copy.execute("SELECT count(*) FROM referrals").fetchone() == (1,)


def has_heard(operator: Operator, number: int) -> bool:
    """Has the group read the answer to this command?"""
    return str(number) in operator.heard_of()


async def test_after_kill_9_nothing_is_locked(operator: Operator, folder: Path) -> None:
    program = operator.prepare()
    for number in range(2):
        refer(operator, number, number + 1)
        await program.start()
        await until(partial(has_heard, operator, number))
        program.signal(signal.SIGKILL)
        assert await program.ended() == -signal.SIGKILL
    assert recorded(folder) == ["Contact0x", "Contact1x"]
