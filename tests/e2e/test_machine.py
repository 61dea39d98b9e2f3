"""The machine fails: the operator is told once what to do, nobody is told of what is not kept, and it goes on after."""

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.databases import committed, is_whole
from tests.support.operator import Operator
from tests.support.process import BotProcess, until

pytestmark = pytest.mark.sqlite

COMMANDS = 40
AGAIN = "The database works again"
GROUND_RULES = {"DAILY_LIMIT": "0"}


def mounted(*how: str, at: Path) -> None:
    """Mount something, or skip the test where that is not allowed."""
    at.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *how, at], capture_output=True, check=False, text=True)  # noqa: S603, S607  the test's own words
    if done.returncode:
        pytest.skip(f"nothing may be mounted here: {done.stderr.strip()}")


def unmounted(at: Path) -> None:
    """Unmount it."""
    subprocess.run(["umount", at], check=True)  # noqa: S603, S607  the test's own words


class Disk(Protocol):
    """A disk that can be full."""

    folder: Path
    complaint: str

    def fill(self, program: BotProcess) -> None: ...

    def free(self, program: BotProcess) -> None: ...


class SmallDisk:
    """A file system of two megabytes, and a file that takes all that is left of it."""

    complaint = "The disk is full: make room where "

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, program: BotProcess) -> None:
        """Leave no room."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                return

    def free(self, program: BotProcess) -> None:
        """Make room."""
        (self.folder / "ballast").unlink()


class SmallFiles:
    """No disk of its own, and no rights needed: the kernel lets the program write no file beyond 64 KiB."""

    complaint = "see whether it is full, or broken"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._soft, self._hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, program: BotProcess) -> None:
        """Leave no room."""
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (65_536, self._hard))

    def free(self, program: BotProcess) -> None:
        """Make room."""
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (self._soft, self._hard))


@pytest.fixture
def small_disk(folder: Path, tmp_path: Path) -> Iterator[SmallDisk]:
    at = tmp_path / "disk"
    mounted("-t", "tmpfs", "-o", "size=2m", "none", at=at)
    try:
        (at / "kring.db").write_bytes((folder / "kring.db").read_bytes())
        yield SmallDisk(at)
    finally:
        unmounted(at)


@pytest.fixture(params=["full disk", "files that may not grow"])
def disk(request: pytest.FixtureRequest, folder: Path) -> Disk:
    if request.param == "full disk":
        found: SmallDisk = request.getfixturevalue("small_disk")
        return found
    return SmallFiles(folder)


@pytest.fixture
async def served(operator: Operator) -> AsyncIterator[Operator]:
    """The operator, for tests whose database is elsewhere: the program has ended before that place goes."""
    yield operator
    await operator.program.close()


def at_work(operator: Operator, folder: Path, **settings: str) -> BotProcess:
    """The program with its database in this folder."""
    return operator.prepare(**GROUND_RULES, DATABASE_URL=f"sqlite:///{folder / 'kring.db'}", **settings)


def refer(operator: Operator, first: int, last: int) -> None:
    """Anna passes on Contact<number>x, for each number."""
    for number in range(first, last):
        operator.says(f"/refer @bert Contact{number}x: a roof")


def recorded(folder: Path) -> list[str]:
    """The contacts in the ledger, in its order."""
    return [name for (name,) in committed(folder, "SELECT contact FROM referrals ORDER BY id")]


def only_what_is_recorded_was_said(operator: Operator, folder: Path) -> bool:
    """Is each contact that the group was told of in the ledger?"""
    return {f"Contact{number}x" for number in operator.heard_of()} <= set(recorded(folder))


async def nothing_is_missing(operator: Operator, folder: Path, count: int) -> None:
    """Wait for the last answer, then see that each command was recorded once and answered once, in its order."""
    await until(lambda: len(operator.heard_of()) >= count, f"{len(operator.heard_of())} of {count} answers")
    assert operator.heard_of() == [str(number) for number in range(count)]
    assert recorded(folder) == [f"Contact{number}x" for number in range(count)]
    assert is_whole(folder)
    await until(lambda: operator.world.pending == 0)


async def test_while_the_disk_is_full_nobody_is_told_what_is_not_kept_and_then_nothing_is_missing(
    disk: Disk, served: Operator
) -> None:
    program = at_work(served, disk.folder)
    await program.start()
    refer(served, 0, 5)
    await until(lambda: len(served.heard_of()) == 5)
    disk.fill(program)
    said = 5
    while disk.complaint not in program.log:
        refer(served, said, said + 5)
        said += 5
        assert said < 500, "the disk is full by now"
        await asyncio.sleep(0.1)
    refer(served, said, said + COMMANDS)
    said += COMMANDS
    before = len(program.log.splitlines())
    await asyncio.sleep(4)
    assert only_what_is_recorded_was_said(served, disk.folder)
    assert len(served.heard_of()) < said
    assert program.log.count(disk.complaint) == 1
    assert len(program.log.splitlines()) - before <= 1
    assert AGAIN not in program.log
    disk.free(program)
    await nothing_is_missing(served, disk.folder, said)
    await until(lambda: AGAIN in program.log)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert program.log.count(AGAIN) == 1
    assert "Traceback" not in program.log


async def test_started_on_a_full_disk_it_says_so_and_that_another_start_may_help(
    small_disk: SmallDisk, served: Operator
) -> None:
    program = at_work(served, small_disk.folder)
    small_disk.fill(program)
    assert await program.exit_code() == 1
    (line,) = program.log.splitlines()
    assert "room" in line or "full" in line
    small_disk.free(program)
    await program.start()
    refer(served, 0, 1)
    await nothing_is_missing(served, small_disk.folder, 1)


@pytest.mark.parametrize("seconds", [7, pytest.param(20, marks=pytest.mark.storm)])
async def test_a_database_that_another_program_holds_is_waited_for(
    operator: Operator, folder: Path, seconds: int
) -> None:
    program = at_work(operator, folder)
    await program.start()
    refer(operator, 0, 3)
    await until(lambda: len(operator.heard_of()) == 3)
    with closing(sqlite3.connect(folder / "kring.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        refer(operator, 3, COMMANDS)
        await until(lambda: "Another program holds" in program.log)
        await asyncio.sleep(seconds - (time.monotonic() - began))
        assert len(operator.heard_of()) <= 3
        other.execute("ROLLBACK")
    await nothing_is_missing(operator, folder, COMMANDS)
    await until(lambda: AGAIN in program.log)
    assert program.log.count("Another program holds") == 1
    assert program.log.count(AGAIN) == 1


@pytest.fixture
def frail_disk(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk that can be made to fail; afterwards it is as mended."""
    image, at = tmp_path / "image", tmp_path / "frail"
    image.write_bytes(bytes(16 << 20))
    if subprocess.run(["mkfs.ext4", "-q", image], check=False).returncode:  # noqa: S603, S607  as above
        pytest.skip("there is no mkfs.ext4")
    mounted("-o", "loop", str(image), at=at)
    try:
        (at / "kring.db").write_bytes((folder / "kring.db").read_bytes())
        os.sync()
        yield at
    finally:
        unmounted(at)


async def test_when_the_disk_turns_read_only_under_it_that_is_told_and_after_a_repair_nothing_is_missing(
    frail_disk: Path, served: Operator
) -> None:
    program = at_work(served, frail_disk)
    await program.start()
    refer(served, 0, 3)
    await until(lambda: len(served.heard_of()) == 3)
    mounted("-o", "remount,abort", at=frail_disk)  # what the kernel does with a disk that fails
    refer(served, 3, COMMANDS)
    await until(lambda: "tries again until it works" in program.log)
    await asyncio.sleep(3)
    assert len(served.heard_of()) <= 3
    assert program.log.count("tries again until it works") == 1
    assert str(frail_disk / "kring.db") in program.log
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    unmounted(frail_disk)
    mounted("-o", "loop", str(frail_disk.parent / "image"), at=frail_disk)
    await program.start()
    await nothing_is_missing(served, frail_disk, COMMANDS)
    await program.close()
