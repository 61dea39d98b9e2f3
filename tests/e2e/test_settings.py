"""/settings: what admins may set, and nobody else."""

import pytest

from tests.support.scene import Scene


async def club(scene: Scene) -> tuple[int, bool]:
    async with scene.kring.workplace.look() as work:
        found = await work.clubs.get(1)
        return found.remind_days, found.monthly_question


async def test_settings_shows_what_can_be_set_and_how(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/settings")
    assert said.splitlines() == [
        "The settings of Kring Gent",
        "Reminders: a referral that nobody touched for 7 days.",
        "/settings reminders off",
        "The question of the month: on.",
        "/settings question off",
    ]


async def test_each_line_that_it_shows_works(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/settings reminders off") == ["Reminders: off."]
    assert await scene.says(scene.anna, "/settings question off") == ["The question of the month: off."]
    assert await club(scene) == (0, False)
    shown = (await scene.says(scene.anna, "/settings"))[0].splitlines()
    assert await scene.writes(scene.anna, shown[2]) == ["Reminders: a referral that nobody touched for 7 days."]
    assert await scene.writes(scene.anna, shown[4].upper()) == ["The question of the month: on."]
    assert await club(scene) == (7, True)


@pytest.mark.parametrize("text", ["reminders", "reminders 91", "reminders -1", "reminders 1 2", "question 7", "x", "²"])
async def test_what_cannot_be_set_is_refused_with_a_line_that_works(scene: Scene, text: str) -> None:
    (said,) = await scene.says(scene.anna, f"/settings {text}")
    assert said.endswith("This works:\n/settings reminders 7")
    assert await club(scene) == (7, True)


async def test_members_are_refused(scene: Scene) -> None:
    assert await scene.says(scene.bert, "/settings reminders off") == ["That is for the group's admins."]
    assert await scene.writes(scene.bert, "/settings") == ["That is for the group's admins."]
    assert "group's admins" in await scene.sends_data(scene.bert, "set:1:reminders:0")
    assert await club(scene) == (7, True)


async def test_an_anonymous_admin_is_known_by_the_press_on_a_button(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/settings reminders 14", anonymous=True)
    assert said.startswith("You write as the group")
    question = scene.last()
    assert "group's admins" in await scene.presses(scene.bert, "Go on", question)
    await scene.presses(scene.anna, "Go on", question)
    assert await club(scene) == (14, True)


async def test_in_private_it_asks_which_club_when_there_are_several(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    assert await scene.writes(scene.anna, "/settings reminders 3") == ["Which club's settings?"]
    await scene.presses(scene.anna, "Kring Gent", scene.last(scene.world.private(scene.anna)))
    assert await club(scene) == (3, True)


@pytest.mark.parametrize("data", ["set:1:reminders:91", "set:1:question:2", "set:1:x:1", "set:1:reminders:x", "set:1"])
async def test_forged_buttons_set_nothing(scene: Scene, data: str) -> None:
    await scene.says(scene.anna, "/settings")
    assert await scene.sends_data(scene.anna, data)
    assert await club(scene) == (7, True)
