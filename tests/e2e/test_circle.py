"""/circle: who referred to whom, as a picture, and what its words say."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.names import utf16_length
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.playground.people import User
from bot.services import circles
from bot.speech import MAX_CAPTION
from tests.conftest import BRUSSELS
from tests.support.databases import committed
from tests.support.png import rows_of, size_of
from tests.support.rounds import club
from tests.support.scene import Scene

HOW = "Someone you know needs a hand? /refer @name contact: need"
MAX_BYTES, MAX_BYTES_OF_MANY = 300_000, 800_000


def recipe(folder: Path) -> dict[str, Any]:
    """What makes the last picture."""
    query = "SELECT params FROM outbox WHERE method = 'sendPhoto' ORDER BY id DESC LIMIT 1"
    ((params,),) = committed(folder, query)
    found: dict[str, Any] = json.loads(params)["photo"]
    return found


def arrows(shown: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The arrows by the names of giver and recipient."""
    names = [member["name"] for member in shown["members"]]
    return {(names[giver], names[taker]): strength for giver, taker, strength in shown["arrows"]}


def reached(shown: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """By name, how many were reached in the second and in the third degree, for those who reached any."""
    dots = {member["name"]: (member["second"], member["third"]) for member in shown["members"]}
    return {name: both for name, both in dots.items() if any(both)}


def linked(shown: dict[str, Any]) -> list[str]:
    return [member["name"] for member in shown["members"] if member["linked"]]


def figures(shown: dict[str, Any]) -> list[str]:
    return [each["figure"] for each in shown["foot"]]


async def refers(scene: Scene, who: User, to: str, times: int = 1) -> None:
    for each in range(times):
        await scene.says(who, f"/refer @{to} Piet{each}: a roof")


async def test_the_circle_is_a_picture_of_who_referred_to_whom_and_says_so(scene: Scene, folder: Path) -> None:
    await refers(scene, scene.anna, "bert", 3)
    await refers(scene, scene.bert, "anna", 2)
    await refers(scene, scene.bert, "dirk")
    (said,) = await scene.says(scene.carla, "/circle")
    assert "photo" in scene.last()
    shown = recipe(folder)
    assert (shown["title"], shown["about"]) == ("Kring Gent", "The circle, quarter 1 of 2026")
    assert arrows(shown) == {("Anna", "Bert"): 3, ("Bert", "Anna"): 2, ("Bert", "@dirk"): 1}
    assert [(member["name"], member["given"]) for member in shown["members"]] == [
        *(("Anna", 3), ("Bert", 3), ("Carla", 0), ("@dirk", 0))
    ]
    assert linked(shown) == ["Anna", "Bert", "@dirk"]
    assert figures(shown) == ["6", "6", "0"]
    assert said.splitlines() == [
        "⭕ The circle, quarter 1 of 2026",
        "6 referrals, given by 2 and received by 3.",
        "Strongest: Anna → Bert (3) and Bert → Anna (2).",
        "Outside the club: 6 in the second degree, the people you know, and 0 in the third and further, the people they"
        " know.",
        "1 member still waits for an arrow: who could be the first to draw it?",
        HOW,
    ]
    assert "Carla" not in said


async def test_what_was_undone_or_declined_and_direct_business_is_not_drawn(scene: Scene, folder: Path) -> None:
    await refers(scene, scene.anna, "bert")
    await scene.says(scene.anna, "/refer @bert my own roof #inside")
    await scene.says(scene.carla, "/refer @bert Mia: a roof")
    await scene.says(scene.carla, "/undo")
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.bert, "/refer @anna Jo: a roof")
    await scene.presses(scene.anna, "Not for me", scene.last(scene.world.private(scene.anna)))
    await scene.presses(scene.anna, "Not my trade", scene.last(scene.world.private(scene.anna)))
    await scene.says(scene.anna, "/circle")
    shown = recipe(folder)
    assert arrows(shown) == {("Anna", "Bert"): 1}
    assert reached(shown) == {"Anna": (1, 0)}
    assert figures(shown) == ["1", "1", "0"]


async def chain(scene: Scene) -> None:
    """Anna gave Bert #1; out of it Bert gave Anna #2, and out of that Anna Bert #3. Carla began none."""
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.bert, "/refer @anna Piet: a roof via #1")
    await scene.says(scene.anna, "/refer @bert Jo: a garden via #2")
    await scene.says(scene.carla, "/refer @bert Lo: a garden")


class TestChains:
    """A referral that came out of another reaches someone one degree further."""

    async def test_it_is_in_the_third_ring_beside_who_began_the_chain(self, scene: Scene, folder: Path) -> None:
        await chain(scene)
        (said,) = await scene.says(scene.anna, "/circle")
        assert reached(recipe(folder)) == {"Anna": (1, 2), "Carla": (1, 0)}
        assert figures(recipe(folder)) == ["4", "2", "2"]
        assert "Outside the club: 2 in the second degree" in said

    async def test_what_was_taken_back_ends_it(self, scene: Scene, folder: Path) -> None:
        await chain(scene)
        await scene.says(scene.bert, "/undo #2")
        await scene.says(scene.anna, "/circle")
        assert reached(recipe(folder)) == {"Anna": (2, 0), "Carla": (1, 0)}

    async def test_who_began_it_in_another_quarter_is_linked_by_it(self, scene: Scene, folder: Path) -> None:
        await scene.says(scene.anna, "/refer @bert Mia: a logo")
        await scene.at(datetime(2026, 4, 2, 11, 0, tzinfo=BRUSSELS))
        await scene.says(scene.bert, "/refer @dirk Piet: a roof via #1")
        await scene.says(scene.anna, "/circle")
        shown = recipe(folder)
        assert shown["about"] == "The circle, quarter 2 of 2026"
        assert reached(shown) == {"Anna": (0, 1)}
        assert linked(shown) == ["Anna", "Bert", "@dirk"]


@pytest.mark.parametrize(
    ("period", "called", "total"),
    [
        ("week", "8–9 February", "1"),
        ("month", "February 2027", "2"),
        ("", "quarter 1 of 2027", "3"),
        ("QUARTER", "quarter 1 of 2027", "3"),
        ("jaar", "2027", "3"),
        ("all", "all time", "4"),
    ],
)
async def test_the_period_may_be_named(scene: Scene, folder: Path, period: str, called: str, total: str) -> None:
    for when in ((2026, 12, 30), (2027, 1, 5), (2027, 2, 2), (2027, 2, 9)):
        await scene.at(datetime(*when, 11, 0, tzinfo=BRUSSELS))
        await refers(scene, scene.anna, "dirk")
    await scene.says(scene.anna, f"/circle {period}")
    assert recipe(folder)["about"] == f"The circle, {called}"
    assert figures(recipe(folder))[0] == total


async def test_an_unknown_period_is_refused_with_an_example(scene: Scene) -> None:
    assert (await scene.says(scene.anna, "/circle decade"))[0].endswith("/circle year")


async def test_where_nobody_gave_yet_there_are_kind_words_and_no_picture(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/circle") == [
        f"⭕ The circle, quarter 1 of 2026\nNone yet. Who did you meet that one of us could help?\n{HOW}"
    ]
    assert "photo" not in scene.last()


async def test_who_is_quiet_is_in_the_circle_and_stands_out_in_nothing(scene: Scene, folder: Path) -> None:
    await scene.says(scene.bert, "/quiet on")
    await refers(scene, scene.bert, "anna", 4)
    await refers(scene, scene.anna, "bert", 3)
    await refers(scene, scene.carla, "anna", 2)
    (said,) = await scene.says(scene.anna, "/circle")
    shown = recipe(folder)
    assert arrows(shown) == {("Anna", "Bert"): 1, ("Bert", "Anna"): 1, ("Carla", "Anna"): 2}
    assert reached(shown)["Bert"] == (1, 0)
    assert [member["given"] for member in shown["members"]] == [3, 1, 2]
    assert figures(shown) == ["9", "9", "0"], "what they give counts in the club's totals"
    assert "Strongest: Carla → Anna (2)." in said
    assert "Bert" not in said


async def test_who_left_counts_and_is_not_drawn(scene: Scene, folder: Path) -> None:
    await refers(scene, scene.bert, "anna", 2)
    scene.world.leave(scene.group, scene.bert)
    (said,) = await scene.says(scene.anna, "/circle")
    shown = recipe(folder)
    assert [member["name"] for member in shown["members"]] == ["Anna", "Carla"]
    assert (arrows(shown), linked(shown), figures(shown)[0]) == ({}, ["Anna"], "2")
    assert "Who left the club counts, and is not in the picture." in said
    assert "Bert" not in said


async def test_of_a_large_club_the_ones_with_the_most_links_are_shown_and_a_line_says_so(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circles, "MOST", 3)
    monkeypatch.setattr(circles, "OF_MORE", 2)
    await refers(scene, scene.carla, "bert", 2)
    await scene.says(scene.anna, "/circle")
    assert recipe(folder)["note"] == ""
    emma = scene.world.person("Emma")
    scene.world.join(scene.group, emma)
    said = (await scene.says(emma, "/circle"))[-1]  # the first is her welcome
    shown = recipe(folder)
    assert [member["name"] for member in shown["members"]] == ["Bert", "Carla"]
    assert shown["note"] == "In the picture: 2 of 4 members, those with the most links."
    assert shown["note"] in said
    assert "2 members still wait for an arrow" in said


async def test_where_the_admins_want_no_pictures_it_is_refused_with_what_there_is(scene: Scene) -> None:
    await refers(scene, scene.anna, "bert")
    await scene.says(scene.anna, "/settings pictures off")
    assert await scene.says(scene.bert, "/circle") == [
        "The admins turned pictures off here. /leaderboard tells in words who gave."
    ]
    await scene.says(scene.anna, "/settings pictures on")
    await scene.says(scene.bert, "/circle")
    assert "photo" in scene.last()


async def test_neither_contacts_nor_amounts_are_in_it(scene: Scene, folder: Path) -> None:
    await scene.says(scene.anna, "/refer @bert Pietro Contactius: a roof, 0470 12 34 56")
    await scene.says(scene.bert, "/thanks @anna €1.234")
    (said,) = await scene.says(scene.carla, "/circle")
    everything = json.dumps(recipe(folder)) + said
    assert not [word for word in ("Pietro", "roof", "0470", "1.234", "1,234") if word in everything]


async def test_names_that_are_markup_are_names(scene: Scene, folder: Path) -> None:
    emma = scene.world.person("<b>Emma</b> & ]]>")
    scene.world.join(scene.group, emma)
    await refers(scene, emma, "bert", 2)
    (said,) = await scene.says(emma, "/circle")
    assert "<b>Emma</b> & ]]> → Bert (2)" in said
    assert "photo" in scene.last()
    assert ("<b>Emma</b> & ]]>", "Bert") in arrows(recipe(folder))


async def test_where_its_words_are_too_many_for_a_photo_fewer_pairs_are_named(scene: Scene) -> None:
    people = [scene.world.person(f"{at}" + "🦊" * 39, username=f"fox{at}") for at in range(6)]
    for person in people:
        scene.world.join(scene.group, person)
    for giver in people:
        for at in range(2):
            await refers(scene, giver, f"fox{(people.index(giver) + at + 1) % 6}", 2)
    (said,) = await scene.says(scene.anna, "/circle")
    assert "photo" in scene.last()
    assert utf16_length(said) <= MAX_CAPTION
    assert said.splitlines()[-1] == HOW


@pytest.mark.parametrize(("size", "most"), [(5, MAX_BYTES), (30, MAX_BYTES), (80, MAX_BYTES_OF_MANY)])
async def test_the_picture_is_small_and_not_blank_and_the_same_each_time(size: int, most: int) -> None:
    pairs = {(one, (one * step + step) % size): step for one in range(size) for step in (1, 2, 3)}
    shown = club(
        [f"W{each}" * 9 for each in range(size)],
        {pair: strength for pair, strength in pairs.items() if pair[0] != pair[1]},
        dict.fromkeys(range(0, size, 3), 2),
    )
    renders = Renderer()
    first, second = [await make_picture(renders, shown) for _ in range(2)]
    await renders.close()
    assert first == second
    assert len(first) < most
    width, height = size_of(first)
    assert (width, 1300 < height < 2000) == (1080, True)
    inked = [len(set(line)) > 1 for line in rows_of(first, 900)]
    assert sum(inked) > 600
