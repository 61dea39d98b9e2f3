"""Taking back: by /undo, and by the Undo button."""

from datetime import timedelta

from tests.support.scene import Scene, buttons


async def given(scene: Scene) -> int:
    async with scene.kring.workplace.look() as work:
        return (await work.figures.of_member(1)).given


async def test_undo_takes_back_the_last_entry_and_strikes_its_answer(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    assert (await scene.says(scene.anna, "/undo")) == ["#2 is taken back."]
    assert scene.texts()[-2] == "#2 Anna → Bert taken back by Anna"
    assert await given(scene) == 1
    assert (await scene.says(scene.anna, "/undo")) == ["#1 is taken back."]
    assert "nothing of yours" in (await scene.says(scene.anna, "/undo"))[0]


async def test_undo_takes_back_all_that_one_message_made(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a website")
    assert (await scene.says(scene.anna, "/undo")) == ["#1 and #2 are taken back."]
    assert await given(scene) == 0


async def test_undo_with_a_number_takes_back_that_one(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a website")
    assert (await scene.says(scene.anna, "/undo #1")) == ["#1 is taken back."]
    assert scene.texts()[-2] == "#1 Anna → Bert taken back by Anna\n#2 Anna → @dirk\nPiet: a website"
    assert "taken back already" in (await scene.says(scene.anna, "/undo 1"))[0]
    assert "There is no #9" in (await scene.says(scene.anna, "/undo #9"))[0]


async def test_the_button_serves_the_giver_and_admins_alone(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @dirk Piet: a website")
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    assert "not yours" in await scene.presses(scene.carla, "Undo")
    assert scene.texts()[-1].startswith("#2 Bert → Anna")
    assert await scene.presses(scene.bert, "Undo") == "#2 is taken back."
    first = next(m for m in scene.world.messages(scene.group) if m.get("text", "").startswith("#1 Bert"))
    assert await scene.presses(scene.anna, "Undo", first) == "#1 is taken back."
    assert scene.texts()[-2] == "#1 Bert → @dirk taken back by Anna"
    assert buttons(scene.last()) == {}


async def test_after_a_day_only_an_admin_may(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @carla Piet: a website")
    await scene.at(scene.clock.now() + timedelta(hours=25))
    assert "An admin can still" in await scene.presses(scene.bert, "Undo")
    assert await scene.presses(scene.anna, "Undo") == "#1 is taken back."


async def test_the_recipients_details_are_taken_back_too(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    await scene.says(scene.anna, "/undo")
    assert scene.private_texts(scene.bert)[-1] == "Referral #1 from Anna in Kring Gent was taken back."


async def test_a_thanks_can_be_taken_back_and_its_referral_is_open_again(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.bert, "/thanks @anna 100")
    assert (await scene.says(scene.bert, "/undo")) == ["#2 is taken back."]
    assert scene.texts()[-2] == "#2 Bert thanks Anna taken back by Bert"
    assert scene.private_texts(scene.anna)[-1] == "Thanks #2 in Kring Gent was taken back."
    assert "for #1 (Piet)" in (await scene.says(scene.bert, "/thanks @anna 200"))[0]


async def test_a_forged_button_does_nothing_and_is_answered(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    for data in (
        "undo:1:1",
        "undo:2:1",
        "undo:1:999",
        "undo",
        "undo:1",
        "undo:x:y",
        "details:1:-1",
        "for:1:1:1",
        "?",
        "undo:" + "9" * 40,
    ):
        assert await scene.sends_data(scene.carla, data), data
    assert await given(scene) == 1


async def test_a_button_works_in_its_own_club_only(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    other = scene.world.group("Kring Brugge", scene.carla, [])
    scene.world.add_bot(other, scene.carla)
    await scene.says(scene.carla, "/refer @bert Mia: a logo", other)
    assert "members of that club" in await scene.sends_data(scene.carla, "undo:1:1", scene.last(other))
    assert await given(scene) == 1
