"""/quiet: in no ranking, and in the club's totals all the same."""

from datetime import datetime

from tests.conftest import BRUSSELS
from tests.support.scene import Scene, buttons

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
GONE = "You are in no ranking of Kring Gent any more"
BACK = "You are in the rankings of Kring Gent again."


async def test_who_keeps_quiet_is_in_no_ranking_and_in_the_totals(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    await scene.says(scene.bert, "/refer @dirk Mia: a roof")
    await scene.says(scene.carla, "/thanks @bert")
    assert (await scene.says(scene.bert, "/quiet on"))[0].startswith(GONE)
    (said,) = await scene.says(scene.anna, "/leaderboard")
    assert "Bert" not in said
    assert "2 in all" in said
    (post,) = await scene.at(SLOT)
    assert "Bert" not in post
    assert "2 in all, 1 thanked." in post
    assert await scene.says(scene.bert, "/quiet off") == [BACK]
    assert "Bert" in (await scene.says(scene.anna, "/leaderboard year"))[0]


async def test_without_a_word_it_changes_over(scene: Scene) -> None:
    assert (await scene.says(scene.bert, "/quiet"))[0].startswith(GONE)
    assert await scene.says(scene.bert, "/quiet") == [BACK]
    assert "I don't know “maybe”" in (await scene.says(scene.bert, "/quiet maybe"))[0]


async def test_it_is_answered_in_private_where_possible(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    assert await scene.says(scene.bert, "/quiet ON") == []
    assert scene.private_texts(scene.bert)[-1].startswith(GONE)
    scene.world.block(scene.bert)
    await scene.kring.settle()
    assert await scene.says(scene.bert, "/quiet off") == [BACK]


async def test_ones_own_figures_say_so(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @dirk Mia: a roof")
    assert "place 1 of 1" in (await scene.writes(scene.bert, "/mystats"))[0]
    assert (await scene.writes(scene.bert, "/quiet"))[0].startswith(GONE)
    (said,) = await scene.writes(scene.bert, "/mystats")
    assert "You are in no ranking; /quiet off brings you back." in said
    assert "place" not in said


async def test_it_is_for_one_club(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.bert, [])
    scene.world.add_bot(other, scene.bert)
    await scene.says(scene.bert, "/refer @dirk Mia: a roof", other)
    await scene.says(scene.bert, "/refer @dirk Mia: a roof")
    await scene.writes(scene.bert, "/quiet")
    question = scene.last(scene.world.private(scene.bert))
    assert list(buttons(question)) == ["Kring Brugge", "Kring Gent"]
    await scene.presses(scene.bert, "Kring Gent", question)
    assert scene.private_texts(scene.bert)[-1].startswith(GONE)
    assert "Bert" in (await scene.says(scene.bert, "/leaderboard", other))[0]
    assert "Bert" not in (await scene.says(scene.bert, "/leaderboard"))[0]
    assert "members of that club" in await scene.sends_data(scene.anna, "quiet:2:1")


async def test_in_no_club_there_is_nothing_to_be_out_of(scene: Scene) -> None:
    assert "I don't know your club yet" in (await scene.writes(scene.world.person("Zoë"), "/quiet"))[0]
