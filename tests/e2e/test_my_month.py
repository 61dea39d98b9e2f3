"""My month: /mystats in private is a picture of one's weeks and one's circle, and its words say the same."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.names import utf16_length
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.playground.people import User
from bot.speech import MAX_CAPTION
from bot.texts.catalogues import SPOKEN
from tests.e2e.test_leaderboard_card import MAX_BYTES, SLOT, WEEK, is_photo, recipes
from tests.support.months import month, tie, weeks
from tests.support.png import rows_of, size_of
from tests.support.scene import Message, Scene

pytestmark = pytest.mark.every_database


def private(scene: Scene, who: User) -> Message:
    return scene.last(scene.world.private(who))


async def asked(scene: Scene, who: User, folder: Path) -> tuple[str, dict[str, Any]]:
    """The words and the recipe of the picture that answer /mystats in private."""
    before = len(recipes(folder))
    (said,) = await scene.writes(who, "/mystats")
    assert is_photo(private(scene, who))
    (recipe,) = recipes(folder)[before:]
    return said, recipe


def counts(recipe: dict[str, Any]) -> list[tuple[int, int]]:
    """What was given and received in each week."""
    return [(week["given"][0], week["received"][0]) for week in recipe["weeks"]]


def circle(recipe: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """What was given to each member, and received from them."""
    return {tie["name"]: (tie["given"], tie["received"]) for tie in recipe["ties"]}


class TestTheWeeks:
    """The bars: the last weeks of the club, up to now."""

    async def test_are_counted_from_slot_to_slot(self, scene: Scene, folder: Path) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.says(scene.anna, "/refer @bert Jo: a roof")
        await scene.says(scene.bert, "/refer @anna Mia: a logo")
        await scene.at(SLOT)
        await scene.at(SLOT + WEEK)
        await scene.says(scene.bert, "/refer @anna Lo: a logo")
        said, recipe = await asked(scene, scene.anna, folder)
        assert counts(recipe) == [(2, 1), (0, 0), (0, 1)]
        assert [week["began"] for week in recipe["weeks"]] == ["10 Mar", "16 Mar", "23 Mar"]
        assert "Week by week, for 3 weeks up to now: given 2, 0, 0; received 1, 0, 1" in said.splitlines()
        assert (recipe["about"], recipe["key"]) == ("Kring Gent, the last 3 weeks", ["2 given", "2 received"])

    async def test_are_eight_at_most(self, scene: Scene, folder: Path) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        for week in range(8):
            await scene.at(SLOT + week * WEEK)
            await scene.says(scene.anna, f"/refer @bert Piet{week}: a roof")
        said, recipe = await asked(scene, scene.anna, folder)
        assert counts(recipe) == [(1, 0)] * 8
        assert [week["began"] for week in recipe["weeks"]][::7] == ["16 Mar", "4 May"]
        assert "given 1, 1, 1, 1, 1, 1, 1, 1; received 0, 0, 0, 0, 0, 0, 0, 0" in said

    async def test_show_what_counts_now(self, scene: Scene, folder: Path) -> None:
        for contact in ("Piet", "Jo", "Mia"):
            await scene.says(scene.anna, f"/refer @bert {contact}: a roof")
        await scene.says(scene.anna, "/refer @bert my own roof #inside")
        await scene.at(SLOT)
        await scene.says(scene.anna, "/undo #2")
        await scene.writes(scene.bert, "/start")
        await scene.says(scene.anna, "/refer @bert Lo: a roof")
        await scene.presses(scene.bert, "Not for me", private(scene, scene.bert))
        said, recipe = await asked(scene, scene.anna, folder)
        assert counts(recipe) == [(2, 0), (0, 0)]
        assert circle(recipe) == {"Bert": (2, 0)}
        assert "Given: 2" in said
        assert [each["figure"] for each in recipe["foot"]] == ["2", "0", "0"]

    async def test_in_which_nothing_passed_go_without_saying(self, scene: Scene, folder: Path) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        for week in range(9):
            await scene.at(SLOT + week * WEEK)
        said, recipe = await asked(scene, scene.anna, folder)
        assert counts(recipe) == [(0, 0)] * 8
        assert "Week by week" not in said
        assert circle(recipe) == {"Bert": (1, 0)}


async def test_the_picture_is_titled_with_the_members_name_and_club(scene: Scene, folder: Path) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    _, recipe = await asked(scene, scene.anna, folder)
    assert (recipe["title"], recipe["name"]) == ("Anna", "Anna")
    assert recipe["about"] == "Kring Gent, this week"


async def test_in_private_only(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    (said,) = await scene.says(scene.bert, "/mystats")
    assert not is_photo(scene.last())
    assert "circle" not in said
    await scene.writes(scene.bert, "/start")
    assert await scene.says(scene.bert, "/mystats") == []
    assert is_photo(private(scene, scene.bert))
    assert "Your circle: Anna" in private(scene, scene.bert)["caption"]


async def test_who_blocked_the_bot_is_answered_in_the_group_without_it(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.writes(scene.bert, "/start")
    scene.world.block(scene.bert)
    (said,) = await scene.says(scene.bert, "/mystats")
    assert said.startswith("Your figures in Kring Gent")
    assert "circle" not in said
    assert not is_photo(scene.last())


async def test_who_has_nothing_yet_gets_kind_words_alone(scene: Scene) -> None:
    (said,) = await scene.writes(scene.carla, "/mystats")
    assert not is_photo(private(scene, scene.carla))
    assert "circle" not in said
    assert "💡 Your first referral" in said


async def test_a_club_without_pictures_has_the_same_words(scene: Scene, folder: Path) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    with_picture, _ = await asked(scene, scene.anna, folder)
    await scene.says(scene.anna, "/settings pictures off")
    assert await scene.writes(scene.anna, "/mystats") == [with_picture]
    assert not is_photo(private(scene, scene.anna))


async def test_each_club_has_its_own_picture(scene: Scene, folder: Path) -> None:
    other = scene.world.group("Kring Brugge", scene.bert, [scene.anna, scene.carla])
    scene.world.add_bot(other, scene.bert)
    await scene.says(scene.bert, "/refer @anna Piet: a roof")
    await scene.says(scene.bert, "/refer @carla Piet: a roof", other)
    said = await scene.writes(scene.bert, "/mystats")
    assert [text.splitlines()[0] for text in said] == ["Your figures in Kring Brugge", "Your figures in Kring Gent"]
    brugge, gent = recipes(folder)[-2:]
    assert [list(circle(recipe).values()) for recipe in (brugge, gent)] == [[(1, 0)], [(1, 0)]]
    assert (brugge["about"], gent["about"]) == ("Kring Brugge, this week", "Kring Gent, this week")
    assert list(circle(gent)) == ["Anna"]


async def test_fewer_names_are_told_where_all_would_be_too_many_for_a_photo(scene: Scene) -> None:
    for number in range(14):
        person = scene.world.person(f"{number:02}" + "x" * 38, username=f"member{number}")
        scene.world.join(scene.group, person)
        await scene.says(person, "/start")
        await scene.says(scene.anna, f"/refer @member{number} Piet: a roof")
    for number in range(3):
        await scene.says(scene.bert, f"/refer @anna {'W' * 99}{number}: a roof")
    await scene.at(SLOT + timedelta(days=4))
    (said,) = await scene.writes(scene.anna, "/mystats")
    assert is_photo(private(scene, scene.anna))
    assert utf16_length(said) <= MAX_CAPTION
    line = next(line for line in said.splitlines() if line.startswith("Your circle"))
    assert " more" in line


@pytest.mark.parametrize("code", SPOKEN)
async def test_it_is_in_the_language_of_the_person(scene: Scene, folder: Path, code: str) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(SLOT)
    await scene.writes(scene.anna, f"/language {code}")
    _, recipe = await asked(scene, scene.anna, folder)
    month = {"en": "Mar", "nl": "mrt", "fr": "mars", "de": "März"}[code]
    assert month in recipe["weeks"][0]["began"]


async def test_the_picture_is_small_and_not_blank_and_the_same_each_time() -> None:
    name = "W" * 40
    ties = [tie(name, 7, 7, (name, "given"), ("+12", "received"), ("128", "business")) for _ in range(10)]
    recipe = month(*ties, shown=weeks(*[(128, 127)] * 8), name=name, more="and 12 more members")
    renders = Renderer()
    first, second = [await make_picture(renders, recipe) for _ in range(2)]
    await renders.close()
    assert first == second
    assert len(first) < MAX_BYTES
    width, height = size_of(first)
    assert (width, 1800 < height < 2100) == (1080, True)
    inked = [len(set(line)) > 1 for line in rows_of(first, height)]
    assert sum(inked) > height / 2
