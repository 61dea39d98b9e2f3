"""Whose business it was: the giver's, the contact's, or of someone further on."""

from tests.e2e.test_exporting import files
from tests.support.files import rows
from tests.support.scene import Scene, buttons

ASKED = ["Anna", "Anna's contact", "Someone further on", "Undo"]


async def degrees(scene: Scene) -> list[str]:
    """The degrees of the club's thanks, as the export tells them."""
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/export")
    return [row["degree"] for row in rows((await files(scene, scene.anna))["thanks.csv"])]


async def test_a_linked_referral_tells_the_degree_and_nobody_is_asked(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.bert, "/refer @anna Piet: a roof via #1")
    await scene.says(scene.bert, "/thanks @anna 100 #1")
    assert list(buttons(scene.last())) == ["Undo"]
    await scene.says(scene.anna, "/thanks @bert 100 #2")
    assert list(buttons(scene.last())) == ["Undo"]
    assert await degrees(scene) == ["2", "3"]


async def test_direct_business_is_the_first_degree(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    async with scene.kring.workplace.work() as work:
        await work.referrals.correct(1, kind="inside")
    await scene.says(scene.bert, "/thanks @anna 100 #1")
    assert await degrees(scene) == ["1"]


async def test_without_a_referral_the_thanker_tells_by_a_button(scene: Scene) -> None:
    (said,) = await scene.says(scene.bert, "/thanks @anna 100")
    assert said.endswith("Who was the customer?")
    assert list(buttons(scene.last())) == ASKED
    await scene.presses(scene.bert, "Anna's contact")
    assert scene.texts()[-1] == "#1 Bert thanks Anna: €100.00 of business. 🤝\nThe customer was Anna's contact."
    assert list(buttons(scene.last())) == ["Undo"]
    await scene.says(scene.carla, "/thanks @anna")
    await scene.presses(scene.carla, "Anna")
    assert scene.texts()[-1].endswith("The customer was Anna.")
    await scene.says(scene.carla, "/thanks @anna")
    await scene.presses(scene.carla, "Someone further on")
    assert scene.texts()[-1].endswith("The customer was someone further on.")
    assert await degrees(scene) == ["2", "1", "3"]


async def test_for_none_of_the_referrals_it_is_asked_too(scene: Scene) -> None:
    for contact in ("Piet", "Mia"):
        await scene.says(scene.anna, f"/refer @bert {contact}: a website")
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.presses(scene.bert, "None of these")
    assert list(buttons(scene.last())) == ASKED
    await scene.presses(scene.bert, "Someone further on")
    assert list(buttons(scene.last())) == ["Undo"]


async def test_only_the_thanker_may_tell(scene: Scene) -> None:
    await scene.says(scene.bert, "/thanks @anna 100")
    for other in (scene.anna, scene.carla):
        assert "Only the person who said thanks" in await scene.presses(other, "Anna")
    assert list(buttons(scene.last())) == ASKED


async def test_what_was_told_stays_over_a_corrected_amount_and_goes_with_another_giver(scene: Scene) -> None:
    await scene.says(scene.bert, "/thanks @anna 100")
    typed = scene.typed(scene.bert)
    await scene.presses(scene.bert, "Anna's contact")
    await scene.edits(scene.bert, typed, "/thanks @anna 200")
    assert scene.texts()[-1].endswith("€200.00 of business. 🤝\nThe customer was Anna's contact.")
    mention = {"type": "text_mention", "offset": 8, "length": 5, "user": dict(scene.carla)}
    scene.world.edit(scene.bert, scene.group, typed["message_id"], "/thanks Carla 200", entities=[mention])
    await scene.kring.settle()
    assert scene.texts()[-1].endswith("Who was the customer?")


async def test_the_person_thanked_is_not_asked(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.bert, "/thanks @anna 100")
    assert scene.private_texts(scene.anna)[-1].endswith("€100.00 of business. 🤝")


async def test_an_old_or_forged_answer_changes_nothing(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.bert, "/thanks @anna 100")
    club = buttons(scene.last())["Undo"].split(":")[1]
    for data in (f"deg:{club}:2:3", f"deg:{club}:2:9", f"deg:{club}:99:1", f"deg:{club}:1:1"):
        await scene.sends_data(scene.bert, data)
    assert await degrees(scene) == ["2"]
