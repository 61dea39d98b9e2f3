"""An import is taken back as a whole: by its button, or by /import undo, which asks first."""

from datetime import timedelta

from tests.support.past import DUTCH, SLIPS, import_message, ledger, press, said
from tests.support.scene import Scene, buttons


async def test_an_import_is_undone_as_a_whole_and_all_is_as_before(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Mia: a garden")
    before = await ledger(scene)
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    assert await ledger(scene) != before
    await press(scene, scene.anna, "Undo this import")
    assert said(scene, scene.anna).splitlines() == [
        "slips.csv, imported 10 March, 10:00: 1 referral, 1 thanks, 1 one-to-one and 1 member.",
        "It is undone: all of that is out of Kring Gent again.",
    ]
    assert await ledger(scene) == before
    assert await scene.writes(scene.anna, "/import undo") == ["There is no import to undo."]
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    assert "Import 4 entries" in buttons(import_message(scene, scene.anna))


async def test_what_was_built_on_an_import_stays_when_it_is_undone(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    await scene.says(scene.bert, "/thanks @anna 200 #1")
    await scene.writes(scene.anna, "/import undo")
    await press(scene, scene.anna, "Undo this import")
    after = await ledger(scene)
    assert after["referrals"] == []
    assert [(row["number"], row["referral_number"]) for row in after["thanks"]] == [(3, None)]
    assert "#4" in (await scene.says(scene.anna, "/refer @bert Mia: a garden"))[0]


async def test_a_typed_undo_says_which_file_it_is_about_and_asks(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    await scene.sends(scene.anna, "later.csv", DUTCH.encode())
    for label in ("Go on", "Import 1 entry"):
        await press(scene, scene.anna, label)
    both = await ledger(scene)
    for _ in range(2):
        (question,) = await scene.writes(scene.anna, "/import undo")
        assert question.splitlines() == [
            "later.csv, imported 10 March, 10:00: 1 referral.",
            "Shall all of that leave Kring Gent again?",
        ]
    await press(scene, scene.anna, "Leave it as it is")
    assert said(scene, scene.anna) == "All stays as it is."
    assert await ledger(scene) == both
    await scene.writes(scene.anna, "/import undo")
    again = import_message(scene, scene.anna)
    await scene.presses(scene.anna, "Undo this import", again)
    assert "There is no import to undo" in await scene.presses(scene.anna, "Undo this import", again)
    assert [row["contact"] for row in (await ledger(scene))["referrals"]] == ["Piet Peeters"]
    assert "slips.csv" in (await scene.writes(scene.anna, "/import undo"))[0]


async def test_after_a_week_an_import_stays(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.sends(scene.anna, "slips.csv", SLIPS.encode())
    await press(scene, scene.anna, "Import 4 entries")
    await scene.at(scene.clock.now() + timedelta(days=8))
    assert await scene.writes(scene.anna, "/import undo") == [
        "That import is more than a week old; single entries can still be undone."
    ]
