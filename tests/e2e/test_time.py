"""Slots and clocks: one post for each slot that was, none for one that was not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.domain.slots import Slot, next_slot
from tests.conftest import BRUSSELS
from tests.support.scene import Scene

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
WEEK = timedelta(days=7)


async def move_slot(scene: Scene, zone: str, weekday: int, at: str) -> datetime:
    """The club has another slot from now on; returns its next moment. (There is no command for it yet.)"""
    slot = Slot(weekday, datetime.strptime(at, "%H:%M").time(), ZoneInfo(zone))  # noqa: DTZ007  a local time
    following = next_slot(slot, scene.clock.now())
    values = {"zone": zone, "day": weekday, "at": at, "next": following.astimezone(UTC).replace(tzinfo=None)}
    statement = "UPDATE clubs SET timezone = :zone, post_day = :day, post_time = :at, next_slot_at = :next WHERE id = 1"
    async with scene.kring.workplace.work() as work:
        await work._connection.execute(text(statement), values)
    return following


async def posts(scene: Scene) -> list[datetime]:
    """The slots that were dealt with, the earliest first."""
    async with scene.kring.workplace.look() as work:
        return [post.slot_at for post in reversed(await work.clubs.recent_posts(1, 100))]


def told(scene: Scene) -> int:
    """How many weekly posts the group has seen."""
    return sum("Referrals given, " in said or "quiet week" in said for said in scene.texts())


@pytest.mark.parametrize(
    ("zone", "at", "around"),
    [
        ("Europe/Brussels", "02:30", datetime(2026, 3, 29, tzinfo=UTC)),
        ("Europe/Brussels", "02:30", datetime(2026, 10, 25, tzinfo=UTC)),
        ("Australia/Lord_Howe", "02:15", datetime(2026, 10, 4, tzinfo=UTC)),
        ("Australia/Lord_Howe", "01:45", datetime(2027, 4, 4, tzinfo=UTC)),
        ("Asia/Kolkata", "02:30", datetime(2026, 3, 29, tzinfo=UTC)),
    ],
)
async def test_a_slot_in_the_gap_or_the_doubled_hour_is_one_post_a_week(
    scene: Scene, zone: str, at: str, around: datetime
) -> None:
    await scene.at(around - timedelta(days=9))
    await move_slot(scene, zone, 6, at)
    first, seen = len(await posts(scene)), told(scene)
    for days in range(21):
        scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
        await scene.at(around - timedelta(days=9 - days))
    slots = (await posts(scene))[first:]
    assert len(slots) == 3
    assert told(scene) - seen == 3
    assert {slot.astimezone(ZoneInfo(zone)).weekday() for slot in slots} == {6}


@pytest.mark.parametrize(("down", "seen"), [(timedelta(hours=1), 1), (timedelta(hours=47), 1), (3 * WEEK, 1)])
async def test_after_being_down_there_is_one_post(scene: Scene, down: timedelta, seen: int) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.kring.close()
    scene.clock.set(SLOT + down)
    await scene.restart()
    assert told(scene) == seen
    await scene.restart()
    assert told(scene) == seen
    assert len(await posts(scene)) == 1 + down // WEEK


async def test_a_clock_that_jumps_back_five_minutes_makes_no_second_post(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(SLOT + timedelta(minutes=1))
    await scene.at(SLOT - timedelta(minutes=4))
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    await scene.at(SLOT + timedelta(minutes=2))
    assert told(scene) == 1
    assert await scene.at(SLOT + WEEK) != []
    assert told(scene) == 2
    assert "1  Bert  1" in scene.texts()[-1]


async def test_a_clock_that_jumps_forward_a_day_posts_for_the_slots_that_were_and_no_others(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(SLOT - timedelta(hours=30))
    await scene.at(SLOT - timedelta(hours=6))
    assert told(scene) == 0
    await scene.at(SLOT + timedelta(hours=18))
    assert told(scene) == 1
    await scene.at(SLOT - timedelta(hours=6))
    await scene.at(SLOT + timedelta(hours=1))
    assert told(scene) == 1
    assert await posts(scene) == [SLOT]


async def test_an_answer_that_waits_is_not_kept_back_by_a_clock_that_jumps_back(scene: Scene) -> None:
    await scene.at(SLOT - timedelta(days=3))
    await scene.at(SLOT - timedelta(days=4))
    assert await scene.says(scene.anna, "/refer @bert Piet: a roof") == ["#1 Anna → Bert\nPiet: a roof"]


async def test_a_slot_that_is_moved_while_it_is_due_is_posted_once(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.clock.set(SLOT + timedelta(minutes=1))
    later = await move_slot(scene, "Europe/Brussels", 0, "10:00")
    await scene.kring.settle()
    assert told(scene) == 0
    await scene.at(later)
    assert told(scene) == 1
    assert "1  Anna  1" in scene.texts()[-1]
    await scene.at(later + timedelta(hours=1))
    assert told(scene) == 1
