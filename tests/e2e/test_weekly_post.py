"""The weekly post: at each club's slot, once, with the figures of the slot."""

from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from tests.conftest import BRUSSELS
from tests.support.scene import Scene

pytestmark = pytest.mark.every_database

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
WEEK = timedelta(days=7)


async def test_at_the_slot_the_week_is_posted_once(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.bert, "/thanks @anna 100")
    assert await scene.at(SLOT - timedelta(seconds=2)) == []
    (said,) = await scene.at(SLOT + timedelta(seconds=1))
    assert said == (
        "🏆 Referrals given, 10–15 March\n1  Anna  1  first time!\n\n1 in all, 1 thanked.\n"
        "Thanked: Anna.\n"
        "Someone you know needs a hand? /refer @name contact: need"
    )
    assert await scene.at(SLOT + timedelta(hours=1)) == []


async def test_ranks_are_compared_with_the_week_before(scene: Scene) -> None:
    for who in (scene.bert, scene.bert, scene.anna, scene.carla):
        await scene.says(who, "/refer @dirk Piet: a roof")
    await scene.at(SLOT)
    emma = scene.world.person("Emma")
    scene.world.join(scene.group, emma)
    for who in (scene.anna, scene.anna, scene.anna, scene.carla, scene.carla, scene.bert, emma):
        await scene.says(who, "/refer @dirk Piet: a roof")
    (said,) = await scene.at(SLOT + WEEK)
    assert said.splitlines()[1:6] == [
        "1  Anna  3  ▲1",
        "2  Carla  2",
        "3  Bert  1  ▼2",
        "3  Emma  1  first time!",
        "",
    ]
    assert "7 in all (4 the week before), 0 thanked." in said


async def test_a_quiet_week_gets_one_line_and_after_three_the_bot_keeps_quiet_until_someone_refers(
    scene: Scene,
) -> None:
    posts = [await scene.at(SLOT + i * WEEK) for i in range(5)]
    assert [len(said) for said in posts] == [1, 1, 1, 0, 0]
    assert posts[0][0].startswith("A quiet week in the club")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    (said,) = await scene.at(SLOT + 5 * WEEK)
    assert "1  Anna  1" in said
    assert len(await scene.at(SLOT + 6 * WEEK)) == 1


async def test_down_at_the_slot_and_back_within_two_days_it_is_posted_with_the_figures_of_the_slot(
    scene: Scene,
) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.clock.set(SLOT - timedelta(hours=1))
    scene.world.say(scene.bert, scene.group, "/refer @anna Mia: before the slot, not read yet")
    scene.clock.set(SLOT + timedelta(hours=47))
    scene.world.say(scene.carla, scene.group, "/refer @anna Jo: after the slot")
    scene.world.say(scene.anna, scene.group, "/undo")
    said = await scene.at(SLOT + timedelta(hours=47, minutes=1))
    assert said[-1].splitlines()[:4] == [
        "🏆 Referrals given, 10–15 March",
        "1  Anna  1  first time!",
        "1  Bert  1  first time!",
        "",
    ]
    (next_week,) = await scene.at(SLOT + WEEK)
    assert "1  Carla  1  first time!" in next_week


async def test_after_two_days_it_is_skipped_and_the_next_slot_holds(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert await scene.at(SLOT + timedelta(hours=49)) == []
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    (said,) = await scene.at(SLOT + WEEK)
    assert "1  Bert  1" in said
    assert "Anna" not in said


async def test_after_three_weeks_down_only_the_last_slot_is_posted(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    (said,) = await scene.at(SLOT + 3 * WEEK + timedelta(hours=1))
    assert said.startswith("A quiet week in the club (30 March\u2009–\u20095 April)")


@pytest.mark.parametrize("monday", [datetime(2026, 3, 30, tzinfo=BRUSSELS), datetime(2026, 10, 26, tzinfo=BRUSSELS)])
async def test_the_slot_keeps_its_local_time_over_both_clock_changes(scene: Scene, monday: datetime) -> None:
    await scene.at(monday - WEEK + timedelta(hours=12))
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    nine = monday.replace(hour=9)
    assert await scene.at(nine - timedelta(seconds=2)) == []
    assert len(await scene.at(nine)) == 1


async def test_a_club_that_the_bot_was_removed_from_is_skipped(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.world.remove_bot(scene.group, scene.anna)
    assert await scene.at(SLOT) == []
    async with scene.kring.workplace.look() as work:
        assert await work.outbox.count_open() == 0


async def test_nothing_is_posted_while_updates_may_still_be_on_their_way(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.clock.set(SLOT + timedelta(minutes=1))
    scene.kring.intake.caught_up = False
    assert await scene.kring.schedule.sweep() == 0
    assert isinstance(scene.clock, MovableClock)
    assert len(await scene.at(SLOT + timedelta(minutes=2))) == 1
