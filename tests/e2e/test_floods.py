"""A flood in one group: everything is recorded at once, and answered in as few messages as stay readable."""

from datetime import timedelta

import pytest

from tests.support.scene import Scene, buttons
from tests.support.watch import Watch, limit, wait


@pytest.fixture
async def watch(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The bot under Telegram's own limits, on a watch that the test moves."""
    watch = Watch()
    monkeypatch.setattr("bot.limits.time", watch)
    await limit(scene)
    return watch


def answered(scene: Scene) -> list[int]:
    """The numbers of the referrals that the group has read about, in the order of the messages."""
    lines = [line for text in scene.texts() for line in text.splitlines()]
    return [int(line.split()[0].removeprefix("#")) for line in lines if line.startswith("#")]


async def test_three_hundred_commands_in_a_minute_are_answered_within_two(scene: Scene, watch: Watch) -> None:
    for number in range(300):
        scene.world.say(scene.anna, scene.group, f"/refer @bert Piet {number}: a roof")
    await scene.kring.settle()
    async with scene.kring.workplace.look() as work:
        assert (await work.figures.of_member(1)).given == 300
    await wait(scene, watch, 120)
    assert answered(scene) == list(range(1, 301))
    assert max(text.count("→") for text in scene.texts()) <= 12


async def test_a_few_commands_are_answered_one_by_one(scene: Scene, watch: Watch) -> None:
    for number in range(15):
        scene.world.say(scene.anna, scene.group, f"/refer @bert Piet {number}: a roof")
    await scene.kring.settle()
    await wait(scene, watch, 2)
    assert answered(scene) == list(range(1, 16))
    assert max(text.count("→") for text in scene.texts()) == 1


async def test_people_elsewhere_wait_for_none_of_it(scene: Scene, watch: Watch) -> None:
    other = scene.world.group("Kring Brugge", scene.carla, [])
    scene.world.add_bot(other, scene.carla)
    for number in range(300):
        scene.world.say(scene.anna, scene.group, f"/refer @bert Piet {number}: a roof")
    await scene.kring.settle()
    assert (await scene.says(scene.carla, "/refer @bert Mia: a logo", other))[-1].startswith("#1 ")


async def test_a_joined_message_has_the_buttons_of_the_last_and_follows_each_change(scene: Scene, watch: Watch) -> None:
    for number in range(40):
        scene.world.say(scene.anna, scene.group, f"/refer @bert Piet {number}: a roof")
    await scene.kring.settle()
    await wait(scene, watch, 70)
    joined = next(m for m in scene.world.messages(scene.group) if m.get("text", "").count("→") > 3)
    numbers = [int(line.split()[0][1:]) for line in joined["text"].splitlines() if line.startswith("#")]
    assert {data.split(":")[2] for data in buttons(joined).values()} == {str(numbers[-1])}
    await wait(scene, watch, 60)
    scene.world.say(scene.anna, scene.group, f"/undo #{numbers[0]}")
    scene.world.say(scene.anna, scene.group, f"/undo #{numbers[1]}")
    await scene.kring.settle()
    await wait(scene, watch, 5)
    now = next(m for m in scene.world.messages(scene.group) if m["message_id"] == joined["message_id"])
    parts = now["text"].split("\n\n")
    assert parts[0] == f"#{numbers[0]} Anna → Bert taken back by Anna"
    assert parts[1] == f"#{numbers[1]} Anna → Bert taken back by Anna"
    assert [int(part.split()[0][1:]) for part in parts] == numbers
    assert {data.split(":")[2] for data in buttons(now).values()} == {str(numbers[-1])}


async def test_the_weekly_post_stands_alone(scene: Scene, watch: Watch) -> None:
    await scene.says(scene.carla, "/refer @bert Mia: a logo")
    slot = scene.clock.now() + timedelta(days=5, hours=23)
    scene.clock.set(slot)
    for number in range(60):
        scene.world.say(scene.anna, scene.group, f"/refer @bert Piet {number}: a roof")
    await scene.kring.settle()
    await wait(scene, watch, 180)
    (post,) = [text for text in scene.texts() if "🏆" in text]
    assert post.startswith("🏆")
    assert "1  Carla  1" in post
    assert "#" not in post
