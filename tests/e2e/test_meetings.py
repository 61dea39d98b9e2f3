"""/met: a one-to-one counts for both, once, and the other may object."""

from datetime import timedelta

import pytest

from bot.domain.models import MemberFigures
from tests.support.scene import Scene, buttons

TEXT = "Anna and Bert met one-to-one."


async def figures(scene: Scene, member_id: int) -> MemberFigures:
    async with scene.kring.workplace.look() as work:
        return await work.figures.of_member(member_id)


async def met(scene: Scene) -> list[int]:
    """How many one-to-ones Anna, Bert and Carla have."""
    return [(await figures(scene, member_id)).met for member_id in (1, 2, 3)]


async def test_a_one_to_one_counts_for_both_whoever_wrote_it_down(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/met @bert over coffee, 0470 12 34 56") == [f"{TEXT}\nover coffee"]
    assert await met(scene) == [1, 1, 0]
    assert "One-to-ones: 1, visitors brought: 0" in (await scene.says(scene.bert, "/mystats"))[0]


async def test_a_reply_names_the_other_too(scene: Scene) -> None:
    asked = scene.world.say(scene.carla, scene.group, "/help")
    assert await scene.says(scene.anna, "/met", reply_to=asked["message_id"]) != []
    assert scene.texts()[-1] == "Anna and Carla met one-to-one."


async def test_the_same_two_on_the_same_day_are_noted_once(scene: Scene) -> None:
    await scene.says(scene.anna, "/met @bert")
    assert "noted already" in (await scene.says(scene.anna, "/met @bert again"))[0]
    assert "noted already" in (await scene.says(scene.bert, "/met @anna"))[0]
    await scene.says(scene.anna, "/met @carla_s")
    await scene.at(scene.clock.now() + timedelta(days=1))
    assert await scene.says(scene.bert, "/met @anna") == ["Bert and Anna met one-to-one."]
    assert await met(scene) == [3, 2, 0]


async def test_the_same_message_delivered_twice_is_noted_once(scene: Scene) -> None:
    await scene.says(scene.anna, "/met @bert")
    message = scene.typed(scene.anna)
    scene.world.inject({"update_id": scene.world.next_update_id, "message": message})
    await scene.kring.settle()
    assert await met(scene) == [1, 1, 0]


async def test_the_other_is_told_in_private_and_can_object_which_the_recorder_is_told(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    await scene.says(scene.anna, "/met @bert over coffee")
    assert list(buttons(scene.last())) == ["Undo"]
    told = scene.last(scene.world.private(scene.bert))
    assert told["text"].startswith("Anna noted a one-to-one with you in Kring Gent. It counts for you both.")
    assert await scene.presses(scene.bert, "That did not happen", told) == "Thank you, it is taken back."
    assert await met(scene) == [0, 0, 0]
    assert scene.texts()[-1] == "Anna and Bert met one-to-one taken back"
    assert scene.private_texts(scene.bert)[-1] == "The one-to-one that Anna noted in Kring Gent was taken back."
    assert scene.private_texts(scene.anna)[-1] == (
        "Bert says that your one-to-one of 10 March in Kring Gent did not happen, so it is taken back."
    )
    assert "taken back already" in await scene.sends_data(scene.bert, "metnot:1:1", told)


async def test_who_cannot_be_told_in_private_objects_in_the_group_and_nobody_else_can(scene: Scene) -> None:
    await scene.says(scene.anna, "/met @bert")
    answer = scene.last()
    assert list(buttons(answer)) == ["Undo", "That did not happen"]
    assert "Only the member named there" in await scene.presses(scene.carla, "That did not happen", answer)
    assert "Only the member named there" in await scene.presses(scene.anna, "That did not happen", answer)
    assert "not yours" in await scene.presses(scene.carla, "Undo", answer)
    assert await met(scene) == [1, 1, 0]
    assert await scene.presses(scene.bert, "Undo", answer) == "Thank you, it is taken back."
    assert await met(scene) == [0, 0, 0]


async def test_undo_is_for_the_author_within_a_day_and_for_admins(scene: Scene) -> None:
    await scene.says(scene.bert, "/met @carla_s")
    assert await scene.presses(scene.bert, "Undo") == "It is taken back."
    assert scene.texts()[-1] == "Bert and @\u2060carla_s met one-to-one taken back by Bert"
    await scene.says(scene.bert, "/met @carla_s")
    await scene.at(scene.clock.now() + timedelta(hours=25))
    assert "An admin can still" in await scene.presses(scene.bert, "Undo")
    assert await scene.presses(scene.anna, "Undo") == "It is taken back."
    assert "taken back already" in await scene.sends_data(scene.anna, "metundo:1:2")


async def test_an_edit_corrects_and_never_adds(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/met @bert over cofee")
    message = scene.typed(scene.anna)
    await scene.edits(scene.anna, message, "/met @bert over coffee")
    assert scene.texts()[-1] == f"{TEXT}\nover coffee"
    assert scene.private_texts(scene.bert)[-1].endswith("over coffee")
    await scene.edits(scene.anna, message, "/met @dirk over coffee")
    assert scene.texts()[-1] == "Anna and @\u2060dirk met one-to-one.\nover coffee"
    assert scene.private_texts(scene.bert)[-1].endswith("was taken back.")
    assert await met(scene) == [1, 0, 0]
    await scene.edits(scene.anna, message, "/refer @bert Piet: a roof")
    assert "something else already" in scene.texts()[-1]
    await scene.edits(scene.anna, message, "/visitor Piet")
    assert "something else already" in scene.texts()[-1]
    assert (await figures(scene, 1)).given == 0


async def test_a_referral_cannot_be_edited_into_a_one_to_one(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.edits(scene.anna, scene.typed(scene.anna), "/met @bert")
    assert "That message is #1 already" in scene.texts()[-1]
    assert await met(scene) == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/met", "Whom did you meet?"),
        ("/met @anna", "That is yourself"),
        ("/met @KringBot", "not a person"),
        ("/met @bert @dirk", "one person at a time"),
        ("/met @bert " + "x" * 501, "too long"),
    ],
)
async def test_what_is_missing_is_said(scene: Scene, text: str, why: str) -> None:
    assert why in (await scene.says(scene.anna, text))[0]
    assert await met(scene) == [0, 0, 0]


async def test_the_daily_limit_holds(scene: Scene) -> None:
    scene.settings = scene.settings.model_copy(update={"daily_limit": 1})
    await scene.restart()
    await scene.says(scene.anna, "/met @bert")
    assert "limit here" in (await scene.says(scene.anna, "/met @dirk"))[0]
    assert await met(scene) == [1, 1, 0]


async def test_forged_buttons_do_nothing(scene: Scene) -> None:
    await scene.says(scene.anna, "/met @bert")
    for data in ("metundo:1:9", "metundo:2:1", "metnot:1", "metnot:x:1", "guestundo:1:1", "metundo"):
        assert await scene.sends_data(scene.carla, data), data
    assert await met(scene) == [1, 1, 0]


async def test_it_is_in_no_ranking(scene: Scene) -> None:
    await scene.says(scene.anna, "/met @bert")
    await scene.says(scene.anna, "/visitor Mia")
    assert "None yet" in (await scene.says(scene.anna, "/leaderboard"))[0]
