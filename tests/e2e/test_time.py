"""Slots and clocks: one post for each slot that was, none for one that was not."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import BRUSSELS
from tests.support.scene import Scene

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
WEEK = timedelta(days=7)


async def move_slot(scene: Scene, post: str, zone: str | None = None) -> str:
    """An admin moves the club's post; returns what the bot says of the next one."""
    if zone:
        await scene.says(scene.anna, f"/settings timezone {zone}")
    return (await scene.says(scene.anna, f"/settings post {post}"))[0].splitlines()[1]


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
    await move_slot(scene, f"sun {at}", zone)
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


async def test_a_post_that_is_due_comes_before_the_slot_moves(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.clock.set(SLOT + timedelta(minutes=1))
    said = await move_slot(scene, "mon 10:00")
    assert said == "First comes the one of Monday 16 March, 09:00, then the one of Monday 23 March, 10:00."
    assert told(scene) == 1
    await scene.at(SLOT + timedelta(hours=2))
    assert told(scene) == 1
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    await scene.at(SLOT + WEEK)
    assert told(scene) == 1
    (said,) = await scene.at(SLOT + WEEK + timedelta(hours=1))
    assert "1  Bert  1" in said


async def test_a_slot_that_moves_back_and_forth_posts_each_referral_once(scene: Scene) -> None:
    moves = ("wed 08:00", "mon 08:30", "fri 18:00", "tue", "7:15", "sun 20:00", "mon 09:00")
    for number, move in enumerate(moves * 3):
        scene.clock.set(SLOT + number * timedelta(hours=31))
        await move_slot(scene, move)
        await scene.says(scene.anna, f"/refer @bert Piet {number}: a roof")
        await scene.kring.settle()
    for days in range(26, 45):
        await scene.at(SLOT + timedelta(days=days))
    slots = await posts(scene)
    lengths = [later - earlier for earlier, later in pairwise(slots)]
    assert all(timedelta(days=1) < length <= timedelta(days=10) for length in lengths)
    async with scene.kring.workplace.look() as work:
        counted = [post.given for post in await work.clubs.recent_posts(1, 100)]
    assert sum(counted) == 3 * len(moves)
    assert told(scene) == len(slots)


async def test_who_moves_the_post_to_a_moment_that_is_over_today_reads_when_it_comes(scene: Scene) -> None:
    await scene.at(SLOT)
    await scene.at(SLOT + timedelta(minutes=30))
    assert await move_slot(scene, "10:00") == "The next one comes on Monday 23 March, 10:00."
    scene.clock.set(SLOT + WEEK - timedelta(hours=12))
    assert await move_slot(scene, "friday 08:30") == (
        "First comes the one of Monday 23 March, 10:00, then the one of Friday 27 March, 08:30."
    )
    assert await scene.at(SLOT + WEEK + timedelta(hours=1)) != []
    assert await move_slot(scene, "friday") == "The next one comes on Friday 27 March, 08:30."
