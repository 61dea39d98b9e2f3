"""Referrals that nobody touches: each of the two hears of it once, in private, by day."""

from datetime import datetime, timedelta

from tests.conftest import A_TUESDAY, BRUSSELS
from tests.support.scene import Scene, buttons

DAY = timedelta(days=1)
NOTHING = "no news from Bert"


async def begin(scene: Scene, *reachable: str) -> None:
    for who in (scene.anna, scene.bert):
        if who["first_name"] in (reachable or ("Anna", "Bert")):
            await scene.writes(who, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")


def waiting(scene: Scene) -> int:
    """How often Bert was reminded."""
    return sum("is still waiting for you" in said for said in scene.private_texts(scene.bert))


def told(scene: Scene) -> int:
    """How often Anna was told that there is no news."""
    return sum(NOTHING in said for said in scene.private_texts(scene.anna))


async def test_after_a_week_the_recipient_is_reminded_once_with_the_buttons(scene: Scene) -> None:
    await begin(scene)
    await scene.at(A_TUESDAY + 7 * DAY - timedelta(minutes=5))
    assert waiting(scene) == 0
    await scene.at(A_TUESDAY + 7 * DAY + timedelta(minutes=1))
    reminder = scene.last(scene.world.private(scene.bert))
    assert reminder["text"] == "#1 from Anna in Kring Gent is still waiting for you:\nPiet: a website"
    assert list(buttons(reminder)) == ["I called", "Not for me"]
    await scene.restart()
    await scene.at(A_TUESDAY + 13 * DAY)
    assert (waiting(scene), told(scene)) == (1, 0)
    await scene.presses(scene.bert, "I called", reminder)
    assert scene.private_texts(scene.anna)[-1] == "#1 Piet, Kring Gent: Bert called."
    now = next(
        m
        for m in scene.world.messages(scene.world.private(scene.bert))
        if m.get("message_id") == reminder["message_id"]
    )
    assert now["text"] == "#1 from Anna in Kring Gent:\nPiet: a website\nNow: called"
    await scene.at(A_TUESDAY + 40 * DAY)
    assert (waiting(scene), told(scene)) == (0, 0)


async def test_an_app_with_a_strange_language_keeps_nobody_from_being_reminded(scene: Scene) -> None:
    scene.world.speaks(scene.anna, "nl-XX")
    await begin(scene)
    await scene.says(scene.bert, "/refer @anna Jan: a roof")
    await scene.at(A_TUESDAY + 7 * DAY + timedelta(minutes=1))
    assert waiting(scene) == 1
    assert scene.private_texts(scene.anna)[-1].endswith("Jan: a roof")


async def test_after_two_weeks_the_giver_is_told_once_that_it_still_waits(scene: Scene) -> None:
    await begin(scene)
    await scene.at(A_TUESDAY + 8 * DAY)
    group = await scene.at(A_TUESDAY + 14 * DAY + timedelta(minutes=1))
    assert scene.private_texts(scene.anna)[-1] == (
        "#1 Piet, Kring Gent: no news from Bert for 14 days. A word from you may help."
    )
    for days in (15, 30, 20, 59, 100):
        await scene.at(A_TUESDAY + days * DAY)
    await scene.restart()
    assert (waiting(scene), told(scene)) == (1, 1)
    assert not any("waiting" in said for said in group)


async def test_nights_are_quiet(scene: Scene) -> None:
    scene.clock.set(datetime(2026, 3, 10, 22, 30, tzinfo=BRUSSELS))
    await begin(scene)
    for at in (
        datetime(2026, 3, 17, 22, 31, tzinfo=BRUSSELS),
        datetime(2026, 3, 18, 3, 0, tzinfo=BRUSSELS),
        datetime(2026, 3, 18, 7, 59, tzinfo=BRUSSELS),
    ):
        await scene.at(at)
        assert waiting(scene) == 0
    await scene.at(datetime(2026, 3, 18, 8, 0, 1, tzinfo=BRUSSELS))
    assert waiting(scene) == 1


async def test_who_cannot_be_written_to_is_not_and_the_group_hears_nothing(scene: Scene) -> None:
    await begin(scene, "Anna")
    assert await scene.at(A_TUESDAY + 10 * DAY) == []
    await scene.writes(scene.bert, "/start")
    await scene.at(A_TUESDAY + 11 * DAY)
    assert waiting(scene) == 0
    await scene.at(A_TUESDAY + 15 * DAY)
    assert told(scene) == 1


async def test_who_left_is_not_reminded(scene: Scene) -> None:
    await begin(scene)
    scene.world.leave(scene.group, scene.bert)
    await scene.at(A_TUESDAY + 8 * DAY)
    assert waiting(scene) == 0


async def test_what_was_touched_or_taken_back_or_declined_reminds_nobody(scene: Scene) -> None:
    await begin(scene)
    for text in ("/refer @bert Mia: a logo", "/refer @bert Jo: a roof"):
        await scene.says(scene.anna, text)
    await scene.sends_data(scene.bert, "step:1:1:contacted")
    await scene.sends_data(scene.bert, "step:1:2:declined")
    await scene.says(scene.anna, "/undo #3")
    await scene.at(A_TUESDAY + 15 * DAY)
    assert (waiting(scene), told(scene)) == (0, 0)


async def test_the_club_sets_after_how_many_days_or_not_at_all(scene: Scene) -> None:
    await begin(scene)
    await scene.says(scene.anna, "/settings reminders off")
    await scene.at(A_TUESDAY + 20 * DAY)
    assert (waiting(scene), told(scene)) == (0, 0)
    await scene.says(scene.anna, "/settings reminders 21")
    await scene.at(A_TUESDAY + 21 * DAY + timedelta(hours=1, minutes=1))  # in between the clocks changed
    assert (waiting(scene), told(scene)) == (1, 0)


async def test_after_a_long_silence_of_kring_what_is_long_past_is_let_be(scene: Scene) -> None:
    await begin(scene)
    await scene.at(A_TUESDAY + 100 * DAY)
    assert (waiting(scene), told(scene)) == (0, 0)
