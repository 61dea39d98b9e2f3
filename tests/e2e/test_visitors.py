"""/visitor: a guest whom a member brought."""

from datetime import timedelta

import pytest

from tests.e2e.test_exporting import files
from tests.e2e.test_meetings import figures
from tests.support.files import rows
from tests.support.scene import Scene, buttons


async def test_a_visitor_counts_for_the_member_who_brought_them(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/visitor Mia Claes, 0470 12 34 56") == ["Anna brought a visitor: Mia Claes."]
    assert list(buttons(scene.last())) == ["Undo"]
    assert "visitors brought: 1" in (await scene.says(scene.anna, "/mystats"))[0]
    assert (await figures(scene, 2)).visitors == 0


async def test_an_edit_corrects_the_name_and_never_adds(scene: Scene) -> None:
    await scene.says(scene.anna, "/visitor Mia Cleas")
    message = scene.typed(scene.anna)
    await scene.edits(scene.anna, message, "/visitor Mia Claes")
    assert scene.texts()[-1] == "Anna brought a visitor: Mia Claes."
    await scene.edits(scene.anna, message, "/met @bert")
    assert "something else already" in scene.texts()[-1]
    scene.world.inject({"update_id": scene.world.next_update_id, "message": message})
    await scene.kring.settle()
    assert (await figures(scene, 1)).visitors == 1


async def test_an_edit_mends_what_was_refused(scene: Scene) -> None:
    assert "Give the visitor's name" in (await scene.says(scene.anna, "/visitor"))[0]
    await scene.edits(scene.anna, scene.typed(scene.anna), "/visitor Mia")
    assert (await figures(scene, 1)).visitors == 1


async def test_undo_is_for_the_author_within_a_day_and_for_admins(scene: Scene) -> None:
    await scene.says(scene.bert, "/visitor Mia")
    assert "not yours" in await scene.presses(scene.carla, "Undo")
    assert await scene.presses(scene.bert, "Undo") == "It is taken back."
    assert scene.texts()[-1] == "Bert brought a visitor: Mia taken back by Bert"
    await scene.says(scene.bert, "/visitor Mia")
    await scene.at(scene.clock.now() + timedelta(hours=25))
    assert "An admin can still" in await scene.presses(scene.bert, "Undo")
    assert await scene.presses(scene.anna, "Undo") == "It is taken back."
    assert (await figures(scene, 2)).visitors == 0


@pytest.mark.parametrize("text", ["/visitor ...", "/visitor 0470 12 34 56", "/visitor " + "x" * 101])
async def test_what_is_no_name_is_refused(scene: Scene, text: str) -> None:
    await scene.says(scene.anna, text)
    assert (await figures(scene, 1)).visitors == 0


async def test_the_daily_limit_holds(scene: Scene) -> None:
    scene.settings = scene.settings.model_copy(update={"daily_limit": 1})
    await scene.restart()
    await scene.says(scene.anna, "/visitor Mia")
    assert "limit here" in (await scene.says(scene.anna, "/visitor Jo"))[0]
    assert (await figures(scene, 1)).visitors == 1


async def test_both_are_in_the_export_of_members(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/met @bert")
    await scene.says(scene.bert, "/visitor Mia")
    await scene.says(scene.bert, "/visitor Jo")
    await scene.presses(scene.bert, "Undo")
    await scene.says(scene.anna, "/export")
    members = {row["name"]: row for row in rows((await files(scene, scene.anna))["members.csv"])}
    assert [(members[name]["one_to_ones"], members[name]["visitors"]) for name in ("Anna", "Bert", "Carla")] == [
        ("1", "0"),
        ("1", "1"),
        ("0", "0"),
    ]
