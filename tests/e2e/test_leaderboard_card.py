"""The ranking as a picture: with the weekly post and as the answer to /leaderboard, and what its words say."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.names import utf16_length
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.speech import MAX_CAPTION
from bot.texts.catalogues import SPOKEN
from tests.conftest import BRUSSELS
from tests.support.cards import card, row
from tests.support.databases import committed
from tests.support.png import rows_of, size_of
from tests.support.renderer import CRASHES, replaced
from tests.support.scene import Message, Scene

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
WEEK = timedelta(days=7)
MAX_BYTES = 300_000


def recipes(folder: Path) -> list[dict[str, Any]]:
    """Of all that the bot ever said with a picture, what makes the picture."""
    query = "SELECT params FROM outbox WHERE method = 'sendPhoto' ORDER BY id"
    return [json.loads(params)["photo"] for (params,) in committed(folder, query)]


def is_photo(message: Message) -> bool:
    return "photo" in message


def ranking(recipe: dict[str, Any]) -> Iterator[str]:
    """The rows of the picture as the words of the post would have them."""
    for each in recipe["rows"]:
        change = each["change"]
        arrow = f"  {'▲' if change > 0 else '▼'}{abs(change)}" if change else ""
        note = f"  {each['note']}" if each["note"] else ""
        yield f"{each['rank']}  {each['name']}  {each['count']}{arrow}{note}"


async def a_lively_club(scene: Scene) -> None:
    """Two weeks, of which the second begins."""
    for who in (scene.bert, scene.bert, scene.anna, scene.carla):
        await scene.says(who, "/refer @dirk Piet: a roof")
    await scene.at(SLOT)
    emma = scene.world.person("Emma <b>&")
    scene.world.join(scene.group, emma)
    for who in (scene.anna, scene.anna, scene.anna, scene.carla, scene.carla, scene.bert, emma):
        await scene.says(who, "/refer @dirk Piet: a roof")


async def test_the_weekly_post_is_a_picture_that_shows_what_its_words_say(scene: Scene, folder: Path) -> None:
    await a_lively_club(scene)
    (post,) = await scene.at(SLOT + WEEK)
    assert is_photo(scene.last())
    recipe = recipes(folder)[-1]
    assert (recipe["title"], recipe["about"]) == ("Kring Gent", post.splitlines()[0].removeprefix("🏆 "))
    assert list(ranking(recipe)) == post.splitlines()[1:5]
    assert [(each["given"], each["new"]) for each in recipe["rows"]] == [(3, False), (2, False), (1, False), (1, True)]
    assert [(each["figure"], each["words"]) for each in recipe["foot"]] == [
        ("7", ["referrals given", "4 the week before"]),
        ("0", ["times thanked"]),
    ]


async def test_it_is_kept_with_the_figures_of_the_slot(scene: Scene, folder: Path) -> None:
    await a_lively_club(scene)
    before = len(recipes(folder))
    scene.clock.set(SLOT + WEEK + timedelta(hours=20))
    scene.world.say(scene.anna, scene.group, "/undo")
    scene.world.say(scene.bert, scene.group, "/refer @anna Jo: after the slot")
    await scene.kring.settle()
    (recipe,) = recipes(folder)[before:]
    assert [each["given"] for each in recipe["rows"]] == [3, 2, 1, 1]


async def test_streaks_are_in_the_picture(scene: Scene, folder: Path) -> None:
    for week in range(3):
        await scene.says(scene.anna, "/refer @dirk Piet: a roof")
        (post,) = await scene.at(SLOT + week * WEEK)
    assert list(ranking(recipes(folder)[-1])) == [post.splitlines()[1]] == ["1  Anna  1  3 weeks in a row"]


async def test_leaderboard_is_answered_with_the_picture_of_the_period(scene: Scene, folder: Path) -> None:
    await a_lively_club(scene)
    (said,) = await scene.says(scene.bert, "/leaderboard all")
    assert is_photo(scene.last())
    recipe = recipes(folder)[-1]
    assert recipe["about"] == "Referrals given, all time"
    assert list(ranking(recipe)) == said.splitlines()[1:5]
    assert recipe["foot"][0] == {"figure": "11", "words": ["referrals given"]}


async def test_who_ties_shares_a_rank_in_the_picture_too(scene: Scene, folder: Path) -> None:
    for who in (scene.carla, scene.anna, scene.bert, scene.bert):
        await scene.says(who, "/refer @dirk Piet: a roof")
    await scene.says(scene.bert, "/leaderboard")
    shown = [(each["rank"], each["name"]) for each in recipes(folder)[-1]["rows"]]
    assert shown == [(1, "Bert"), (2, "Anna"), (2, "Carla")]


async def test_an_empty_ranking_has_a_kind_picture_and_a_quiet_week_none(scene: Scene) -> None:
    await scene.says(scene.anna, "/leaderboard")
    assert is_photo(scene.last())
    (post,) = await scene.at(SLOT)
    assert post.startswith("A quiet week")
    assert not is_photo(scene.last())


async def test_an_admin_turns_pictures_off_and_on_again(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert await scene.says(scene.anna, "/settings pictures off") == [
        "Pictures: never (before: with rankings and figures)"
    ]
    (said,) = await scene.says(scene.bert, "/leaderboard")
    assert said.startswith("🏆 Referrals given, 10 March\n1  Anna  1")
    assert not is_photo(scene.last())
    (post,) = await scene.at(SLOT)
    assert post.startswith("🏆 Referrals given, 10–15 March\n1  Anna  1")
    assert not is_photo(scene.last())
    await scene.says(scene.anna, "/settings pictures on")
    await scene.says(scene.bert, "/leaderboard all")
    assert is_photo(scene.last())


async def test_without_a_picture_the_post_comes_all_the_same_and_once(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(CRASHES, tmp_path, monkeypatch)
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    (post,) = await scene.at(SLOT)
    assert post.startswith("🏆 Referrals given, 10–15 March\n1  Anna  1")
    assert not is_photo(scene.last())
    await scene.restart()
    assert scene.texts().count(post) == 1


class TestTheShareOfTheYear:
    """How much of the return came through people the members know."""

    async def thank(self, scene: Scene, *ways: tuple[Any, Any, str]) -> None:
        for number, (giver, recipient, amount) in enumerate(ways):
            await scene.says(giver, f"/refer @{recipient['username'] or 'carla'} Mia{number}: a roof")
            await scene.says(recipient, f"/thanks @{giver['username']} {amount}")

    async def test_is_told_by_count_from_three_thanks_on(self, scene: Scene, folder: Path) -> None:
        for number in (1, 3):
            await scene.says(scene.anna, f"/refer @bert Mia{number}: a roof")
            await scene.says(scene.bert, f"/thanks @anna 100 #{number}")
        assert "so far" not in (await scene.says(scene.anna, "/leaderboard"))[0]
        assert len(recipes(folder)[-1]["foot"]) == 2
        await scene.says(scene.anna, "/refer @bert my own roof #inside")
        await scene.says(scene.bert, "/thanks @anna 300 #5")
        (said,) = await scene.says(scene.anna, "/leaderboard month")
        assert "In 2026 so far, 67% of 3 thanks came through people you know." in said.splitlines()
        assert recipes(folder)[-1]["foot"][2] == {
            "figure": "67%",
            "words": ["of 3 thanks in 2026 so far came through people you know"],
        }

    async def test_is_told_by_amount_where_value_tells_it_to_the_group(self, scene: Scene, folder: Path) -> None:
        dirk = scene.world.person("Dirk", username="dirk")
        emma = scene.world.person("Emma", username="emma")
        people = [scene.anna, scene.bert, dirk, emma]
        for each in (dirk, emma):
            scene.world.join(scene.group, each)
        number = 0
        for giver in people:
            for thanker in people:
                if giver is not thanker:
                    number += 2
                    contact = "Mia: a roof" if giver is not scene.anna else "my own roof #inside"
                    await scene.says(giver, f"/refer @{thanker['username']} {contact}")
                    await scene.says(thanker, f"/thanks @{giver['username']} 100 #{number - 1}")
        (value,) = await scene.says(scene.anna, "/value")
        assert "By amount: 75%" in value
        (said,) = await scene.says(scene.anna, "/leaderboard")
        assert "In 2026 so far, 75% of the business came through people you know." in said.splitlines()
        (words,) = recipes(folder)[-1]["foot"][2]["words"]
        assert words == "of the business in 2026 so far came through people you know"

    async def test_is_that_of_the_slot_in_the_weekly_post(self, scene: Scene) -> None:
        for number in (1, 3, 5):
            await scene.says(scene.anna, f"/refer @bert Mia{number}: a roof")
            await scene.says(scene.bert, f"/thanks @anna 100 #{number}")
        scene.clock.set(SLOT + timedelta(hours=20))
        scene.world.say(scene.anna, scene.group, "/undo #6")
        said = await scene.at(SLOT + timedelta(hours=20, minutes=1))
        assert "100% of 3 thanks" in next(text for text in said if text.startswith("🏆"))
        assert "so far" not in (await scene.says(scene.anna, "/leaderboard all"))[0]


async def a_club_of_long_names(scene: Scene, givers: int, letters: str) -> list[Any]:
    """So many newcomers gave, each once."""
    people = [scene.world.person(f"{number}{letters}", username=f"giver{number}") for number in range(givers)]
    for person in people:
        scene.world.join(scene.group, person)
        await scene.says(person, "/refer @dirk Piet: a roof")
    return people


async def test_where_its_words_are_too_many_for_a_photo_fewer_of_the_thanked_are_named(scene: Scene) -> None:
    people = await a_club_of_long_names(scene, 14, "x" * 38)
    for person in people:
        await scene.says(scene.anna, f"/thanks @{person['username']} 100")
    (post,) = await scene.at(SLOT)
    assert is_photo(scene.last())
    assert utf16_length(post) <= MAX_CAPTION
    lines = post.splitlines()
    assert [line.partition("  ")[0] for line in lines[1:11]] == ["1"] * 10
    assert "Thanked:" not in post or " more." in post
    assert "First time, too:" in post
    assert lines[-1].startswith("Someone you know needs a hand?")


async def test_where_even_the_ranks_are_too_many_the_words_go_alone_and_whole(scene: Scene) -> None:
    people = await a_club_of_long_names(scene, 12, "🦊" * 39)
    for person in people:
        await scene.says(scene.anna, f"/thanks @{person['username']} 100")
    (post,) = await scene.at(SLOT)
    assert not is_photo(scene.last())
    assert utf16_length(post) > MAX_CAPTION
    assert "Thanked: 0🦊" in post


async def test_the_picture_is_small_and_not_blank_and_the_same_each_time() -> None:
    rows = [row(at, "W" * 40, 5000 - at, (-1) ** at * at, "104 weeks in a row", new=at == 3) for at in range(1, 11)]
    renders = Renderer()
    first, second = [await make_picture(renders, card(*rows)) for _ in range(2)]
    await renders.close()
    assert first == second
    assert len(first) < MAX_BYTES
    width, height = size_of(first)
    assert (width, 1300 < height < 1400) == (1080, True)
    inked = [len(set(line)) > 1 for line in rows_of(first, height)]
    assert sum(inked) > height / 2


@pytest.mark.parametrize("code", SPOKEN)
async def test_it_is_in_the_clubs_language(scene: Scene, folder: Path, code: str) -> None:
    await scene.says(scene.anna, f"/settings language {code}")
    await a_lively_club(scene)
    (post,) = await scene.at(SLOT + WEEK)
    recipe = recipes(folder)[-1]
    assert post.splitlines()[0] == f"🏆 {recipe['about']}"
    assert list(ranking(recipe)) == post.splitlines()[1:5]
