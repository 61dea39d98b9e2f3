"""My circle, in the picture of my month: whom one gave to and received from, and what that led to."""

from pathlib import Path
from typing import Any

from bot.playground.people import User
from tests.e2e.test_my_month import asked, circle
from tests.support.scene import Scene


def further(recipe: dict[str, Any], name: str) -> list[tuple[str, str]]:
    """What is further on from this member."""
    (found,) = [tie for tie in recipe["ties"] if tie["name"] == name]
    return [(item["words"], item["kind"]) for item in found["further"]]


async def joined(scene: Scene, *names: str) -> list[User]:
    """These people come into the club, with their names in small letters as usernames."""
    people = [scene.world.person(name, username=name.lower()) for name in names]
    for person in people:
        scene.world.join(scene.group, person)
        await scene.says(person, "/start")
    return people


async def chain(scene: Scene) -> User:
    """Anna gave Bert #1; out of it Bert gave Dirk #2, and out of that Dirk gave #3 to Emma, who is returned."""
    dirk, emma = await joined(scene, "Dirk", "Emma")
    await scene.says(scene.anna, "/refer @bert Mia Secret: a logo")
    await scene.says(scene.bert, "/refer @dirk Piet Hidden: a roof via #1")
    await scene.says(dirk, "/refer @emma Jo Unknown: a garden via #2")
    return emma


async def test_it_has_the_strongest_ties_first(scene: Scene, folder: Path) -> None:
    await joined(scene, "Dirk", "Emma")
    for whom in ("dirk", "emma", "emma", "bert"):
        await scene.says(scene.anna, f"/refer @{whom} Piet: a roof")
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    await scene.says(scene.bert, "/refer @anna Jo: a logo")
    said, recipe = await asked(scene, scene.anna, folder)
    assert list(circle(recipe).items()) == [("Bert", (1, 2)), ("Emma", (2, 0)), ("Dirk", (1, 0))]
    assert "Your circle: Bert, Emma and Dirk" in said.splitlines()


async def test_it_has_beyond_them_to_whom_it_went_on(scene: Scene, folder: Path) -> None:
    await chain(scene)
    said, recipe = await asked(scene, scene.anna, folder)
    assert circle(recipe) == {"Bert": (1, 0)}
    assert further(recipe, "Bert") == [("Dirk", "given"), ("Emma", "given")]
    assert "Further on, through them: Dirk and Emma" in said.splitlines()


async def test_it_has_beyond_them_from_whom_it_came(scene: Scene, folder: Path) -> None:
    emma = await chain(scene)
    _, recipe = await asked(scene, emma, folder)
    assert circle(recipe) == {"Dirk": (0, 1)}
    assert further(recipe, "Dirk") == [("Bert", "received"), ("Anna", "received")]


async def test_it_names_two_beyond_a_member_and_counts_the_rest(scene: Scene, folder: Path) -> None:
    await joined(scene, "Dirk", "Emma", "Finn", "Gust")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    for name in ("dirk", "emma", "finn", "gust", "dirk"):
        await scene.says(scene.bert, f"/refer @{name} Piet: a roof via #1")
    said, recipe = await asked(scene, scene.anna, folder)
    assert further(recipe, "Bert") == [("Dirk", "given"), ("+3", "given")]
    assert "Further on, through them: Dirk, Emma, Finn and Gust" in said


async def test_it_ends_where_something_was_taken_back(scene: Scene, folder: Path) -> None:
    await chain(scene)
    await scene.says(scene.bert, "/undo #2")
    said, recipe = await asked(scene, scene.anna, folder)
    assert further(recipe, "Bert") == []
    assert "Further on" not in said


async def test_it_counts_the_thanks_for_business_further_on(scene: Scene, folder: Path) -> None:
    emma = await chain(scene)
    await scene.says(scene.bert, "/thanks @anna 1234 #1")
    await scene.says(emma, "/thanks @dirk 5678 #3")
    said, recipe = await asked(scene, scene.anna, folder)
    assert further(recipe, "Bert")[-1] == ("2", "business")
    assert "Thanks for business that came of it: 2" in said.splitlines()
    _, seen_by_emma = await asked(scene, emma, folder)
    assert further(seen_by_emma, "Dirk")[-1] == ("1", "business")
    await scene.says(emma, "/undo #5")
    assert further((await asked(scene, scene.anna, folder))[1], "Bert")[-1] == ("1", "business")


async def test_it_counts_a_thanks_without_a_referral_where_the_thanker_told_whose_business_it_was(
    scene: Scene, folder: Path
) -> None:
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.presses(scene.bert, "Anna's contact")
    await scene.says(scene.carla, "/thanks @anna 100")
    await scene.presses(scene.carla, "Anna")
    _, recipe = await asked(scene, scene.anna, folder)
    assert circle(recipe) == {"Bert": (0, 0)}
    assert further(recipe, "Bert") == [("1", "business")]


async def test_a_referral_that_came_back_is_no_member_further_on(scene: Scene, folder: Path) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.bert, "/refer @anna Piet: a roof via #1")
    await scene.says(scene.anna, "/thanks @bert 100 #2")
    _, recipe = await asked(scene, scene.anna, folder)
    assert circle(recipe) == {"Bert": (1, 1)}
    assert further(recipe, "Bert") == [("1", "business")]


async def test_it_tells_neither_amounts_nor_contacts(scene: Scene, folder: Path) -> None:
    await chain(scene)
    await scene.says(scene.bert, "/thanks @anna 1234 #1")
    _, recipe = await asked(scene, scene.anna, folder)
    assert not [word for word in ("Secret", "Hidden", "Unknown", "logo", "1234") if word in str(recipe)]


async def test_it_shows_ten_and_says_how_many_more(scene: Scene, folder: Path) -> None:
    for number in range(12):
        await scene.says(scene.anna, f"/refer @member{number} Piet: a roof")
    said, recipe = await asked(scene, scene.anna, folder)
    assert (len(recipe["ties"]), recipe["more"]) == (10, "and 2 more members")
    assert "and 2 more" in said
