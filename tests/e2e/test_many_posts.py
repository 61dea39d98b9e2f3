"""Many clubs have the same slot: each is posted once, as fast as a server that counts allows, and nobody waits."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.playground.allowance import Allowance
from bot.playground.chats import Chat
from tests.conftest import BRUSSELS
from tests.support.scene import Scene
from tests.support.watch import Watch, limit, wait

# Replicas share the limits by the clock of their server, and here the test moves the time.
pytestmark = pytest.mark.sqlite

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
STEP = 0.05


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("bot.limits.time", watch)
    return watch


async def clubs(scene: Scene, count: int) -> list[Chat]:
    """So many more clubs of Anna's; nothing was referred in them."""
    groups = [scene.world.group(f"Club {number}", scene.anna) for number in range(count)]
    for group in groups:
        scene.world.add_bot(group, scene.anna)
    await scene.kring.settle()
    return groups


async def begin(scene: Scene, per_second: float = 30) -> Allowance:
    """The bot keeps this limit, the server enforces Telegram's, and the slot has come."""
    await limit(scene, per_second)
    allowance = scene.world.allowance = Allowance(scene.clock)
    scene.clock.set(SLOT)
    await scene.kring.settle()
    return allowance


def posts(scene: Scene, groups: list[Chat]) -> list[int]:
    """How many weekly posts each group has."""
    return [sum(text.startswith("A quiet week") for text in scene.texts(group)) for group in groups]


@pytest.mark.parametrize("count", [150, pytest.param(600, marks=pytest.mark.storm)])
async def test_each_club_has_one_post_as_soon_as_is_allowed_and_nothing_is_refused(
    scene: Scene, watch: Watch, count: int
) -> None:
    groups = await clubs(scene, count)
    allowance = await begin(scene)
    assert sum(posts(scene, groups)) < 30
    await wait(scene, watch, count / (0.95 * 30), STEP)
    assert posts(scene, groups) == [1] * count
    assert allowance.refused == 0
    scene.clock.forward(timedelta(days=1))
    await scene.kring.settle()
    assert posts(scene, groups) == [1] * count


async def test_an_answer_goes_past_the_posts_that_wait(scene: Scene, watch: Watch) -> None:
    groups = await clubs(scene, 150)
    allowance = await begin(scene)
    for group in (groups[0], groups[-1]):  # one that has its post, and the last that gets it
        await wait(scene, watch, 1, STEP)
        scene.world.say(scene.anna, group, "/refer @bert Piet: a roof")
        await wait(scene, watch, 0.5, STEP)
        assert scene.texts(group)[-1].startswith("#1 ")
    assert posts(scene, groups)[-1] == 0
    await wait(scene, watch, 5, STEP)
    assert posts(scene, groups) == [1] * 150
    assert allowance.refused == 0


async def test_an_answer_goes_past_the_reminders_that_wait(scene: Scene, watch: Watch) -> None:
    people = [scene.world.person(f"Member {number}", username=f"member{number}") for number in range(30)]
    for who in people:
        scene.world.join(scene.group, who)
        scene.world.say(who, scene.world.private(who), "/start")
        scene.world.say(scene.anna, scene.group, f"/refer @{who['username']} Piet: a roof")
    await scene.kring.settle()
    await limit(scene, per_second=2)
    reminded = [len(scene.private_texts(who)) for who in people]
    scene.clock.forward(timedelta(days=7, minutes=1))
    await wait(scene, watch, 3)
    await scene.writes(people[-1], "/mystats")
    await wait(scene, watch, 2)
    assert "is still waiting" not in scene.private_texts(people[-1])[-1]
    assert len(scene.private_texts(people[-1])) == reminded[-1] + 1
    await wait(scene, watch, 30)
    assert [len(scene.private_texts(who)) - before for who, before in zip(people, reminded, strict=True)] == [
        *[1] * 29,
        2,
    ]


async def test_a_bot_that_is_told_of_higher_limits_than_there_are_is_refused_and_posts_all_the_same(
    scene: Scene, watch: Watch
) -> None:
    groups = await clubs(scene, 90)
    allowance = await begin(scene, per_second=60)
    await wait(scene, watch, 10, STEP)
    assert allowance.refused > 0
    assert posts(scene, groups) == [1] * 90


async def test_what_was_due_while_the_bot_was_away_is_made_up_for_within_the_limits(scene: Scene, watch: Watch) -> None:
    groups = await clubs(scene, 90)
    await scene.kring.close()
    scene.clock.set(SLOT + timedelta(hours=30))
    allowance = scene.world.allowance = Allowance(scene.clock)
    await limit(scene)
    await wait(scene, watch, 4, STEP)
    assert posts(scene, groups) == [1] * 90
    assert allowance.refused == 0


async def test_who_stops_it_meanwhile_waits_for_a_few_clubs_only_and_the_others_follow(scene: Scene) -> None:
    groups = await clubs(scene, 40)
    scene.clock.set(SLOT)
    scene.kring.schedule.start()
    sweeping = asyncio.create_task(scene.kring.schedule.sweep())
    await asyncio.sleep(0)
    await scene.kring.schedule.stop()
    assert 0 < await sweeping <= 10
    await scene.restart()
    assert posts(scene, groups) == [1] * 40
