"""What becomes of a referral: who moves it, who hears of it, and what is kept."""

import pytest

from tests.e2e.test_exporting import files
from tests.support.files import rows
from tests.support.scene import Message, Scene, buttons

REFER = "/refer @bert Piet: a website, 0470 12 34 56"


def desk(scene: Scene) -> Message:
    """Bert's last message from the bot."""
    return scene.last(scene.world.private(scene.bert))


@pytest.fixture
async def reachable(scene: Scene) -> Scene:
    """Anna and Bert have opened their private chats."""
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    return scene


async def status(scene: Scene, number: int = 1) -> str:
    async with scene.kring.workplace.look() as work:
        referral = await work.referrals.by_number(1, number)
        assert referral is not None
        return referral.status


async def test_the_recipient_moves_it_by_one_tap_and_the_giver_hears_of_each_step_in_private(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    in_group = scene.texts()
    told = desk(scene)
    assert list(buttons(told)) == ["I called", "Not for me"]
    assert await scene.presses(scene.bert, "I called", told) == "#1 is “called” now."
    assert desk(scene)["text"].splitlines()[-1] == "Now: called"
    assert list(buttons(desk(scene))) == ["In progress", "Won", "Lost", "Not for me"]
    await scene.presses(scene.bert, "In progress", desk(scene))
    await scene.presses(scene.bert, "Won", desk(scene))
    assert scene.private_texts(scene.anna)[-3:] == [
        "#1 Piet, Kring Gent: Bert called.",
        "#1 Piet, Kring Gent: Bert is working on it.",
        "#1 Piet, Kring Gent: Bert won it, business came of it. 🤝",
    ]
    assert await status(scene) == "won"
    assert scene.texts() == in_group
    await scene.presses(scene.bert, "Open again", desk(scene))
    await scene.presses(scene.bert, "Lost", desk(scene))
    assert scene.private_texts(scene.anna)[-2:] == [
        "#1 Piet, Kring Gent: Bert takes it up again.",
        "#1 Piet, Kring Gent: Bert says nothing came of it.",
    ]


async def test_what_is_not_for_them_does_not_count_and_the_giver_is_told_why_in_private(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    in_group = scene.texts()
    said = await scene.presses(scene.bert, "Not for me", desk(scene))
    assert said == "#1 is “declined” now."
    assert scene.private_texts(scene.anna)[-1] == "#1 Piet, Kring Gent: Bert says it is not for them."
    async with scene.kring.workplace.look() as work:
        assert (await work.figures.of_member(1)).given == 0
    assert list(buttons(desk(scene))) == ["Not my trade", "No time", "Too far", "Take it up"]
    heard = len(scene.private_texts(scene.anna))
    await scene.presses(scene.bert, "Not my trade", desk(scene))
    assert scene.private_texts(scene.anna)[-1] == "#1 Piet, Kring Gent: Bert says it is not for them: not their trade."
    assert len(scene.private_texts(scene.anna)) == heard
    await scene.presses(scene.bert, "Take it up", desk(scene))
    assert scene.private_texts(scene.anna)[-1] == "#1 Piet, Kring Gent: Bert takes it up again."
    async with scene.kring.workplace.look() as work:
        assert (await work.figures.of_member(1)).given == 1
    assert scene.texts() == in_group


async def test_the_group_s_answer_has_the_buttons_for_who_cannot_be_written_to(scene: Scene) -> None:
    await scene.says(scene.anna, REFER)
    assert list(buttons(scene.last())) == ["Details", "I called", "Not for me", "How warm?", "Undo"]
    text = scene.last()["text"]
    assert await scene.presses(scene.bert, "I called") == "#1 is “called” now."
    assert list(buttons(scene.last()))[:5] == ["Details", "In progress", "Won", "Lost", "Not for me"]
    assert scene.last()["text"] == text
    await scene.presses(scene.bert, "Won")
    assert list(buttons(scene.last())) == ["Details", "How warm?", "Undo"]
    assert all(len(row) <= 3 for row in scene.last()["reply_markup"]["inline_keyboard"])


async def test_there_it_can_be_declined_with_the_reason_too(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    dirk = scene.world.person("Dirk", username="dirk")
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.presses(scene.bert, "Not for me")
    assert list(buttons(scene.last())) == ["Not my trade", "No time", "Too far", "Take it up", "How warm?", "Undo"]
    await scene.presses(scene.bert, "No time")
    assert (
        scene.private_texts(scene.anna)[-1] == "#1 Piet, Kring Gent: Bert says it is not for them: no time for it now."
    )
    assert scene.texts()[-1] == said


async def test_of_several_in_one_message_each_moves_their_own(scene: Scene) -> None:
    dirk = scene.world.person("Dirk", username="dirk")
    scene.world.join(scene.group, dirk)
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a roof")
    assert await scene.presses(dirk, "I called") == "#2 is “called” now."
    assert (await status(scene, 1), await status(scene, 2)) == ("new", "contacted")


async def test_nobody_else_moves_it_but_an_admin_may(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.bert, "/refer @anna Mia: a contract, 0470 12 34 56")
    for to in ("contacted", "declined", "won"):
        assert "two people" in await scene.sends_data(scene.carla, f"step:1:1:{to}")
    assert "two people" in await scene.sends_data(scene.carla, "why:1:1:time")
    assert "recipient decides" in await scene.sends_data(scene.bert, "step:1:1:declined")
    assert await status(scene) == "new"
    assert await scene.sends_data(scene.bert, "step:1:1:contacted") == "#1 is “called” now."
    assert scene.private_texts(scene.anna)[-1] == "#1 Mia, Kring Gent: Bert set it to “called”."
    await scene.says(scene.bert, "/refer @carla Jo: a budget")
    heard = len(scene.private_texts(scene.bert))
    assert await scene.sends_data(scene.anna, "step:1:2:declined") == "#2 is “declined” now."
    assert scene.private_texts(scene.bert)[heard:] == ["#2 Jo, Kring Gent: Anna set it to “declined”."]


async def test_a_press_that_repeats_says_so_and_an_old_button_sets_nothing_back(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.sends_data(scene.bert, "step:1:1:contacted", desk(scene))
    heard = scene.private_texts(scene.anna)
    assert await scene.sends_data(scene.bert, "step:1:1:contacted", desk(scene)) == "#1 is “called” already."
    assert scene.private_texts(scene.anna) == heard
    await scene.presses(scene.bert, "Won", desk(scene))
    assert "has moved on" in await scene.sends_data(scene.bert, "step:1:1:contacted", desk(scene))
    assert "has moved on" in await scene.sends_data(scene.bert, "why:1:1:time", desk(scene))
    assert await status(scene) == "won"


async def test_what_was_taken_back_or_thanked_for_is_not_moved(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.says(scene.bert, "/thanks @anna 100")
    assert await status(scene) == "won"
    assert "thanked for" in await scene.sends_data(scene.bert, "step:1:1:in_progress")
    await scene.says(scene.bert, "/undo #2")
    assert await status(scene) == "new"
    await scene.says(scene.anna, "/undo #1")
    assert "taken back already" in await scene.sends_data(scene.bert, "step:1:1:contacted")
    assert "taken back already" in await scene.sends_data(scene.anna, "quality:1:1")
    assert buttons(desk(scene)) == {}


@pytest.mark.parametrize("data", ["step:1:9:won", "step:1:1:gone", "step:1:1", "why:1:1:x", "open:1:9", "warm:1:1:6"])
async def test_forged_buttons_are_refused(reachable: Scene, data: str) -> None:
    await reachable.says(reachable.anna, REFER)
    assert len(await reachable.sends_data(reachable.anna, data)) > 10
    assert await status(reachable) == "new"


async def test_a_referral_that_an_edit_gives_to_another_begins_anew(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.presses(scene.bert, "Not for me", desk(scene))
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @dirk Piet: a website")
    assert await status(scene) == "new"
    async with scene.kring.workplace.look() as work:
        assert (await work.figures.of_member(1)).given == 1


async def test_referrals_lists_what_is_open_and_a_number_shows_its_history(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.says(scene.bert, "/refer @dirk Jo: a budget")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.bert, "/thanks @anna #3")
    assert await scene.says(scene.bert, "/referrals") == []
    assert desk(scene)["text"] == (
        "Your open referrals in Kring Gent\n\nFor you:\n#1 Piet (Anna): new\n\nFrom you:\n#2 Jo (@\u2060dirk): new"
    )
    shown = desk(scene)["message_id"]
    await scene.presses(scene.bert, "#1", desk(scene))
    assert desk(scene)["message_id"] == shown
    assert desk(scene)["text"] == (
        "#1 Anna → Bert\nPiet: a website\n+32 470 12 34 56\nNow: new\n\n10 March, 10:00  Anna passed it on"
    )
    assert list(buttons(desk(scene))) == ["I called", "Not for me", "Back"]
    await scene.presses(scene.bert, "Not for me", desk(scene))
    await scene.presses(scene.bert, "Too far", desk(scene))
    assert desk(scene)["message_id"] == shown
    assert desk(scene)["text"].splitlines()[-2:] == [
        "10 March, 10:00  Bert: declined",
        "10 March, 10:00  Bert: too far away",
    ]
    await scene.presses(scene.bert, "Back", desk(scene))
    assert desk(scene)["text"].splitlines()[2:] == ["From you:", "#2 Jo (@\u2060dirk): new"]


async def test_referrals_of_a_number_is_for_its_two_people_and_admins(reachable: Scene) -> None:
    scene = reachable
    await scene.writes(scene.carla, "/start")
    await scene.says(scene.bert, "/refer @dirk Mia: a logo, 0470 12 34 56")
    assert (await scene.writes(scene.bert, "/referrals #1"))[0].splitlines()[2] == "+32 470 12 34 56"
    assert list(buttons(desk(scene))) == ["Called", "How warm?", "Back"]
    assert "two people" in (await scene.writes(scene.carla, "/referrals #1"))[0]
    assert "two people" in (await scene.says(scene.carla, "/referrals #1"))[0]
    (said,) = await scene.writes(scene.anna, "/referrals #1")
    assert "Bert → @\u2060dirk" in said
    assert "470" not in said
    assert list(buttons(scene.last(scene.world.private(scene.anna)))) == ["Called", "Not for me", "Back"]


async def test_who_cannot_be_written_to_is_shown_the_way_in_the_group(scene: Scene) -> None:
    await scene.says(scene.anna, REFER)
    (said,) = await scene.says(scene.bert, "/referrals")
    assert said.startswith("Bert, I cannot write to you in private yet.")
    assert list(buttons(scene.last())) == ["Open the private chat"]


async def test_in_private_each_club_has_its_own_list(reachable: Scene) -> None:
    scene = reachable
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.bert, "/help", other)
    await scene.says(scene.anna, REFER)
    said = await scene.writes(scene.bert, "/referrals")
    assert said[0] == "Nothing of yours is open in Kring Brugge."
    assert "#1 Piet (Anna): new" in said[1]
    assert len(await scene.writes(scene.bert, "/referrals #1")) == 1


async def test_the_history_is_in_the_export(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.presses(scene.bert, "I called", desk(scene))
    await scene.says(scene.anna, "/export")
    (row,) = rows((await files(scene, scene.anna))["referrals.csv"])
    assert row["status"] == "contacted"
    assert row["history"] == f"{row['status_at']} contacted by Bert"


async def test_a_restart_between_the_steps_changes_nothing(reachable: Scene) -> None:
    scene = reachable
    await scene.says(scene.anna, REFER)
    await scene.presses(scene.bert, "I called", desk(scene))
    heard = scene.private_texts(scene.anna)
    await scene.restart()
    assert scene.private_texts(scene.anna) == heard
    await scene.presses(scene.bert, "Lost", desk(scene))
    assert await status(scene) == "lost"
