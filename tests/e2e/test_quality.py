"""How warm an introduction is: told by the giver, after the fact, and shown to the recipient."""

from tests.e2e.test_exporting import files
from tests.support.files import rows
from tests.support.scene import Message, Scene, buttons


def of_anna(scene: Scene) -> Message:
    return scene.last(scene.world.private(scene.anna))


async def test_the_giver_tells_by_buttons_in_private_and_the_recipient_sees_it(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    in_group = scene.texts()
    assert await scene.presses(scene.anna, "How warm?") == "I asked you in our private chat."
    asked = of_anna(scene)
    assert asked["text"].splitlines()[0] == "#1 Piet: how warm is the introduction?"
    assert list(buttons(asked)) == ["1", "2", "3", "4", "5", "Agreed", "Not yet", "Back"]
    assert await scene.presses(scene.anna, "4", asked) == "Noted."
    assert scene.private_texts(scene.bert)[-1].splitlines()[-1] == "Warmth 4 of 5: Anna called and arranged a meeting"
    assert await scene.presses(scene.anna, "Agreed", of_anna(scene)) == "Noted."
    assert scene.private_texts(scene.bert)[-1].splitlines()[-1] == "Agreed to be called."
    assert list(buttons(of_anna(scene)))[3:6] == ["✓ 4", "5", "✓ Agreed"]
    assert await scene.presses(scene.anna, "✓ 4", of_anna(scene)) == "I have it down so already."
    assert of_anna(scene)["message_id"] == asked["message_id"]
    await scene.presses(scene.anna, "Back", of_anna(scene))
    assert of_anna(scene)["text"].splitlines()[-2:] == [
        "10 March, 10:00  Anna: warmth 4",
        "10 March, 10:00  Anna: agreed to be called",
    ]
    assert scene.texts() == in_group
    await scene.says(scene.anna, "/export")
    (row,) = rows((await files(scene, scene.anna))["referrals.csv"])
    assert (row["warmth"], row["agreed"], row["status_at"]) == ("4", "yes", "")
    assert "warmth 4 by Anna; " in row["history"]


async def test_nobody_but_the_giver_tells_it(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @carla Piet: a budget")
    for who in (scene.carla, scene.anna):
        for data in ("quality:1:1", "warm:1:1:5", "may:1:1:1"):
            assert "its giver can tell" in await scene.sends_data(who, data)
    assert "press Start" in await scene.presses(scene.bert, "How warm?")
    async with scene.kring.workplace.look() as work:
        referral = await work.referrals.by_number(1, 1)
        assert referral is not None
        assert (referral.warmth, referral.agreed) == (None, None)


async def test_it_is_of_the_introduction_so_all_recipients_of_one_message_have_it(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert @dirk Piet: a website")
    await scene.presses(scene.anna, "How warm?")
    await scene.presses(scene.anna, "5", of_anna(scene))
    async with scene.kring.workplace.look() as work:
        both = [await work.referrals.by_number(1, number) for number in (1, 2)]
        assert [each.warmth for each in both if each] == [5, 5]


async def test_it_ranks_nobody(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    answer = scene.last()
    before = await scene.says(scene.bert, "/leaderboard")
    await scene.presses(scene.anna, "How warm?", answer)
    await scene.presses(scene.anna, "5", of_anna(scene))
    assert await scene.says(scene.bert, "/leaderboard") == before
