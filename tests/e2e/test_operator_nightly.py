"""The back-up of each night: made once, made up for, kept for a week, and harming nobody when it cannot be made."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import nightly, schedule
from bot.clock import MovableClock
from bot.demo import demo_settings
from bot.nightly import Nightly
from bot.storage import backup
from bot.storage.backup import Backups
from bot.storage.contents import examine
from tests.conftest import BRUSSELS
from tests.support.operator import Operator
from tests.support.process import running, until
from tests.support.scene import Scene

pytestmark = pytest.mark.sqlite

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=BRUSSELS)
A_DAY = timedelta(days=1)
# The program as it is, but it looks every second whether the night's back-up is due.
OFTEN = (
    "import sys; from datetime import timedelta; from bot import schedule; "
    "schedule.CHORES_EVERY = timedelta(seconds=1); from bot.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def backups(folder: Path) -> Backups:
    return Backups(folder / "kring.db", "backups")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def night(backups: Backups, clock: MovableClock) -> Nightly:
    return Nightly(backups, 7, BRUSSELS, clock)


def days(backups: Backups) -> list[int]:
    """The local days of March on which there was made one, the latest first."""
    return [backup.made_at.astimezone(BRUSSELS).day for backup in backups.made()]


async def test_the_first_is_made_at_once_and_the_next_when_it_is_four_at_night(
    night: Nightly, backups: Backups, clock: MovableClock
) -> None:
    for hours in (0, 1, 15):
        clock.set(NOON + timedelta(hours=hours))
        await night.look()
    assert days(backups) == [10]
    clock.set(datetime(2026, 3, 11, 4, 0, tzinfo=BRUSSELS))
    for _ in range(2):
        await night.look()
    assert days(backups) == [11, 10]


async def test_a_night_that_was_missed_is_made_up_for_once_also_by_another_program(
    night: Nightly, backups: Backups, clock: MovableClock
) -> None:
    await night.look()
    clock.forward(3 * A_DAY)
    for _ in range(2):
        await Nightly(backups, 7, BRUSSELS, clock).look()
    assert days(backups) == [13, 10]


async def test_one_that_the_operator_made_since_counts(night: Nightly, backups: Backups, clock: MovableClock) -> None:
    backups.folder.mkdir()
    (backups.folder / "kring-20260310T030000Z.db").touch()  # four o'clock there
    await night.look()
    assert len(backups.made()) == 1


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"])
async def test_the_night_is_that_of_the_place(backups: Backups, clock: MovableClock, zone: str) -> None:
    there = ZoneInfo(zone)
    four = datetime(2026, 3, 20, 4, 0, tzinfo=there)
    for seconds in (-2, 2):
        clock.set(four + timedelta(seconds=seconds))
        await Nightly(backups, 7, there, clock).look()
    assert len(backups.made()) == 2


async def test_those_of_seven_nights_are_kept(night: Nightly, backups: Backups, clock: MovableClock) -> None:
    for _ in range(9):
        await night.look()
        clock.forward(A_DAY)
    assert days(backups) == list(range(18, 11, -1))
    assert examine(backups.made()[0].file, at_rest=True).clubs == 0


async def test_what_keeps_it_from_being_made_is_told_once_and_it_is_tried_again_each_hour(
    night: Nightly, backups: Backups, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    backups.folder.write_text("in the way")
    for _ in range(180):
        await night.look()
        clock.forward(timedelta(minutes=1))
    (told,) = caplog.messages
    assert told.startswith("The night's back-up could not be made, and is tried again each hour.")
    assert str(backups.folder) in told
    backups.folder.unlink()
    await night.look()
    assert len(backups.made()) == 1
    assert caplog.messages[1:] == [f"The night's back-up is made: {backups.made()[0].file}"]


async def test_a_full_disk_is_told_to_the_log_and_the_bot_works_on(
    scene: Scene, backups: Backups, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(schedule, "CHORES_EVERY", timedelta(seconds=1))
    monkeypatch.setattr(nightly, "PATIENCE", timedelta())
    monkeypatch.setattr(backup, "SPARE_BYTES", 1 << 60)  # no disk has it
    scene.settings = scene.settings.model_copy(update={"backups_kept": 7})
    await scene.restart()
    async with running(scene.kring):
        await until(lambda: "the disk has no room for" in caplog.text)
        scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
        await until(lambda: "Piet" in scene.texts()[-1])
        await asyncio.sleep(1.5)
    assert caplog.text.count("the disk has no room for") == 1
    assert backups.made() == []


async def test_kring_makes_it_by_itself_and_the_demo_makes_none(operator: Operator, backups: Backups) -> None:
    program = operator.prepare()
    program.command = (sys.executable, "-c", OFTEN, "run")
    await program.start()
    await until(lambda: "The night's back-up is made" in program.log)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert str(backups.made()[0].file) in program.log
    assert demo_settings(operator.world, operator.server.url, operator.folder).backups_kept == 0


async def test_a_stop_does_not_wait_for_a_long_one(night: Nightly, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def endless(_database: Path, _to: Path, progress: Callable[[int, int], None]) -> None:
        while True:
            begun.set()
            progress(1, 2)

    monkeypatch.setattr(nightly, "back_up", endless)
    looking = asyncio.create_task(night.look())
    await until(begun.is_set)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    async with asyncio.timeout(5):
        await asyncio.get_running_loop().shutdown_default_executor()
    assert not looking.cancelled()  # which the scheduler would log as a failure
