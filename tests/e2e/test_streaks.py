"""The weekly post: weeks in a row, first-timers, and who was thanked."""

from datetime import datetime, timedelta

from bot.texts.leaderboard import PHONE_WIDTH
from tests.conftest import BRUSSELS
from tests.support.scene import Scene

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
WEEK = timedelta(days=7)


async def weeks(scene: Scene, count: int, *givers: str) -> str:
    """So many weeks in which each of the givers (Anna, Bert) gave; returns the last post."""
    people = {"Anna": scene.anna, "Bert": scene.bert}
    post = ""
    for _ in range(count):
        for giver in givers:
            await scene.says(people[giver], "/refer @dirk Piet: a roof")
        async with scene.kring.workplace.look() as work:
            slot = (await work.clubs.get(1)).next_slot_at
        (post,) = await scene.at(slot)
    return post


async def test_weeks_in_a_row_are_told_from_the_third_on(scene: Scene) -> None:
    assert "in a row" not in await weeks(scene, 2, "Anna")
    assert "1  Anna  1  3 weeks in a row" in await weeks(scene, 1, "Anna", "Bert")
    post = await weeks(scene, 2, "Anna", "Bert")
    assert post.splitlines()[1:3] == ["1  Anna  1  5 weeks in a row", "1  Bert  1  3 weeks in a row"]


async def test_a_week_without_one_ends_it(scene: Scene) -> None:
    await weeks(scene, 3, "Anna")
    await weeks(scene, 1, "Bert")
    assert "in a row" not in await weeks(scene, 2, "Anna")


async def test_a_streak_is_that_of_the_slots_whatever_is_taken_back_later(scene: Scene) -> None:
    await weeks(scene, 1, "Anna")
    first = scene.typed(scene.anna)
    assert first["text"].startswith("/refer")
    await weeks(scene, 1, "Anna")
    await scene.says(scene.anna, "/undo #1")
    assert "3 weeks in a row" in await weeks(scene, 1, "Anna")


async def test_what_is_undone_before_its_slot_makes_no_streak(scene: Scene) -> None:
    await weeks(scene, 2, "Anna")
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    await scene.says(scene.anna, "/undo")
    await weeks(scene, 1, "Bert")
    assert "in a row" not in await weeks(scene, 1, "Anna")


async def test_a_streak_has_no_end(scene: Scene) -> None:
    await scene.says(scene.anna, "/settings question off")
    assert "1  Anna  1  21 weeks in a row" in await weeks(scene, 21, "Anna")
    await weeks(scene, 1, "Bert")
    assert "in a row" not in await weeks(scene, 1, "Anna")


async def test_a_row_stays_readable_on_a_phone(scene: Scene) -> None:
    scene.world.rename(scene.anna, first_name="Annabella-Josephina")
    await weeks(scene, 2, "Anna")
    lines = (await weeks(scene, 1, "Anna")).splitlines()
    assert lines[1] == "1  Annabella-Josephina  1"
    assert lines[2].strip() == "3 weeks in a row"
    assert all(len(line) <= PHONE_WIDTH for line in lines[1:3])


async def test_who_was_thanked_is_named_without_amounts(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.carla, "/refer @bert Mia: a roof")
    await scene.says(scene.bert, "/thanks @anna 1500 #1")
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.says(scene.anna, "/thanks @bert 5")
    await scene.says(scene.anna, "/undo")
    (post,) = await scene.at(SLOT)
    assert "2 thanked.\nThanked: Anna.\n" in post
    assert "1,500" not in post
    await scene.says(scene.anna, "/thanks @bert 5")
    (quiet,) = await scene.at(SLOT + WEEK)
    assert quiet.startswith("A quiet week")
    assert "Thanked: Bert." in quiet


async def test_a_first_referral_is_celebrated_also_below_the_first_ten(scene: Scene) -> None:
    await weeks(scene, 1, "Anna")
    givers = [scene.world.person(f"Giver{n}") for n in range(10)]
    emma = scene.world.person("Emma")
    for who in (*givers, emma):
        scene.world.join(scene.group, who)
        for _ in range(1 if who is emma else 2):
            await scene.says(who, "/refer @dirk Piet: a roof")
    (post,) = await scene.at(SLOT + WEEK)
    assert post.count("first time!") == 10
    assert "First time, too: Emma!" in post
