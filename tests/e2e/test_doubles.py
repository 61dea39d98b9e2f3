"""A referral that looks like one given before: it is recorded, and the giver is asked whether to keep both."""

from datetime import timedelta

import pytest

from tests.support.scene import Scene, buttons


def offered(scene: Scene) -> list[str]:
    """The giver's buttons under the last answer: what is asked, and Undo; the recipient's are not meant."""
    ours = ("My own", "An introduction", "Keep", "Take", "Undo")
    return [label for label in buttons(scene.last()) if label.startswith(ours)]


async def given(scene: Scene) -> int:
    async with scene.kring.workplace.look() as work:
        return (await work.figures.of_member(1)).given


async def test_a_double_is_recorded_at_once_and_asked_about(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a website")
    (said,) = await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a site")
    assert said == "#2 Anna → Bert\nPiet Peeters: needs a site\n#2 looks like #1. Keep both?"
    assert offered(scene) == ["Keep both", "Take #2 back"]
    assert await given(scene) == 2


async def test_keep_both_ends_the_question(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.anna, "/refer @bert Piet: a logo")
    assert await scene.presses(scene.anna, "Keep both") == "Both are kept."
    assert scene.last()["text"] == "#2 Anna → Bert\nPiet: a logo"
    assert offered(scene) == ["Undo"]
    assert await given(scene) == 2


async def test_the_double_is_taken_back_by_one_tap(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    assert await scene.presses(scene.anna, "Take #2 back") == "#2 is taken back."
    assert scene.last()["text"] == "#2 Anna → Bert taken back by Anna"
    assert buttons(scene.last()) == {}
    assert "#2" in scene.private_texts(scene.bert)[-1]
    assert "taken back" in scene.private_texts(scene.bert)[-1]
    assert await given(scene) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Piet Peeters: a roof", "PEETERS  piet: a website"),
        ("Zoë Müller: a roof", "Zoe Muller: a website"),
        ("Jean-Pierre De Smet: a roof", "jean pierre desmet: a website"),
        ("Piet: a roof, 0470 12 34 56", "P. Peeters: a website, +32 470/12.34.56"),
    ],
)
async def test_the_contact_is_compared_loosely_by_name_or_number(scene: Scene, first: str, second: str) -> None:
    await scene.says(scene.anna, f"/refer @bert {first}")
    assert "#2 looks like #1." in (await scene.says(scene.anna, f"/refer @bert {second}"))[0]


async def test_another_giver_recipient_or_contact_makes_no_double(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56")
    for who, text in (
        (scene.carla, "/refer @bert Piet Peeters: a roof"),
        (scene.anna, "/refer @dirk Piet Peeters: a roof"),
        (scene.anna, "/refer @bert Piet Maes: a roof, 0470 12 34 57"),
        (scene.anna, "/refer @bert Piet: a roof"),
    ):
        assert "looks like" not in (await scene.says(who, text))[0]


async def test_after_thirty_days_it_is_no_double(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    await scene.at(scene.clock.now() + timedelta(days=29))
    assert "#3 looks like #1." in (await scene.says(scene.anna, "/refer @bert Piet: a wall"))[0]
    await scene.at(scene.clock.now() + timedelta(days=2))
    assert "looks like" not in (await scene.says(scene.anna, "/refer @dirk Piet: a wall"))[0]


async def test_what_was_taken_back_has_no_double(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/undo")
    assert await scene.says(scene.anna, "/refer @bert Piet: a roof") == ["#2 Anna → Bert\nPiet: a roof"]


async def test_taking_back_the_first_answers_the_question_too(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a rof")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/undo #1")
    assert scene.texts()[-2] == "#2 Anna → Bert\nPiet: a roof"


async def test_only_the_giver_or_an_admin_answers(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @carla Piet: a roof")
    await scene.says(scene.bert, "/refer @carla Piet: a roof")
    assert "not yours" in await scene.presses(scene.carla, "Keep both")
    assert "not yours" in await scene.presses(scene.carla, "Take #2 back")
    assert await scene.presses(scene.anna, "Keep both") == "Both are kept."


async def test_each_of_several_doubles_has_its_own_buttons(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a roof")
    (said,) = await scene.says(scene.anna, "/refer @bert @dirk @emma Piet: a wall")
    assert said.splitlines()[-2:] == ["#3 looks like #1. Keep both?", "#4 looks like #2. Keep both?"]
    assert offered(scene) == ["Keep #3", "Take #3 back", "Keep #4", "Take #4 back", "Undo #5"]
    await scene.presses(scene.anna, "Keep #3")
    assert offered(scene) == ["Keep both", "Take #4 back", "Undo #3", "Undo #5"]


async def test_a_correction_is_looked_at_anew_when_it_is_about_somebody_else(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @bert Pit: a roof")
    assert "looks like" not in scene.last()["text"]
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a roof")
    assert "#2 looks like #1." in scene.last()["text"]
    await scene.presses(scene.anna, "Keep both")
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: another roof")
    assert scene.last()["text"] == "#2 Anna → Bert\nPiet: another roof"


async def test_the_question_survives_a_restart(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.restart()
    assert await scene.presses(scene.anna, "Keep both") == "Both are kept."
