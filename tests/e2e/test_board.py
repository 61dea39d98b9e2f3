"""/board: figures for the club's board, to an admin in private."""

import re
from datetime import datetime, timedelta

from bot.domain.names import utf16_length
from tests.conftest import BRUSSELS
from tests.support.scene import Scene, buttons

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)


async def board(scene: Scene) -> str:
    (said,) = await scene.writes(scene.anna, "/board")
    return said


async def test_a_fresh_club_has_figures_too(scene: Scene) -> None:
    assert (await board(scene)).splitlines() == [
        "Kring Gent, figures for the board",
        "",
        "Week by week",
        "beginning on: referrals, thanks, one-to-ones, visitors",
        "10 March    0    0    0    0",
        "",
        "New for more than 14 days: 0",
        "",
        "Received nothing in six weeks: 0",
        "",
        "Pairs without a referral yet: 3 of 3",
        "Anna and Bert",
        "Anna and Carla",
        "Bert and Carla",
        "",
        "Pairs who gave to each other only, in half a year: 0",
    ]


async def test_activity_is_shown_by_week(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.says(scene.bert, "/met @anna")
    await scene.says(scene.bert, "/visitor Mia")
    await scene.says(scene.bert, "/visitor Jo")
    await scene.presses(scene.bert, "Undo")
    await scene.at(SLOT)
    await scene.says(scene.anna, "/refer @bert Lo: a roof")
    said = await board(scene)
    assert "10 March    1    1    1    1\n16 March    1    0    0    0\n" in said
    for week in range(1, 12):
        await scene.at(SLOT + timedelta(weeks=week))
    lines = (await board(scene)).splitlines()
    weeks = lines[lines.index("Week by week") + 2 : lines.index("New for more than 14 days: 1") - 1]
    assert len(weeks) == 8
    assert weeks[-1].startswith("1 June")


async def test_what_waits_and_who_received_nothing_is_named(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof, 0470 12 34 56")
    await scene.says(scene.anna, "/refer @bert Jo: a roof")
    await scene.says(scene.bert, "/thanks @anna 100 #2")
    await scene.at(scene.clock.now() + timedelta(days=13))
    assert "New for more than 14 days: 0" in await board(scene)
    await scene.at(scene.clock.now() + timedelta(days=30))
    scene.world.join(scene.group, scene.world.person("Emma"))
    await scene.says(scene.carla, "/refer @anna Mia: a logo")
    said = await board(scene)
    assert "New for more than 14 days: 1\n#1 Anna → Bert, 43 days\n" in said
    assert "Received nothing in six weeks: 2\nBert and Carla\n" in said
    assert "470" not in said


async def test_who_has_to_do_with_whom(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.says(scene.anna, "/refer @bert Jo: a roof")
    await scene.says(scene.bert, "/refer @anna Mia: a logo")
    said = await board(scene)
    assert "in half a year: 1\nAnna and Bert: 2 + 1" in said
    assert "Pairs without a referral yet: 2 of 3\nAnna and Carla\nBert and Carla\n" in said
    scene.world.rename(scene.carla, username="carla")
    await scene.says(scene.carla, "/help")
    await scene.says(scene.bert, "/refer @carla Mia: a logo")
    said = await board(scene)
    assert "in half a year: 0" in said
    assert "Pairs without a referral yet: 1 of 3\nAnna and Carla\n" in said
    scene.world.leave(scene.group, scene.carla)
    assert "Pairs without a referral yet: 0 of 1" in await board(scene)


async def test_in_the_group_it_comes_in_private_and_for_admins_only(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/board")
    assert said.startswith("Anna, I cannot write to you in private yet.")
    assert buttons(scene.last()) == {"Open the private chat": "https://t.me/KringBot?start=hello"}
    await scene.writes(scene.anna, "/start")
    assert await scene.says(scene.anna, "/board") == ["The figures for the board go to Anna in private."]
    assert scene.private_texts(scene.anna)[-1].startswith("Kring Gent, figures for the board")
    await scene.writes(scene.bert, "/start")
    assert await scene.says(scene.bert, "/board") == ["That is for the group's admins."]
    assert await scene.writes(scene.bert, "/board") == ["That is for the group's admins."]
    assert "for the group's admins" in await scene.sends_data(scene.bert, "board:1")


async def test_an_anonymous_admin_is_known_by_the_press_on_a_button(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    (said,) = await scene.says(scene.anna, "/board", anonymous=True)
    assert said.startswith("You write as the group")
    question = scene.last()
    assert "for the group's admins" in await scene.presses(scene.bert, "Figures for the board", question)
    await scene.presses(scene.anna, "Figures for the board", question)
    assert scene.private_texts(scene.anna)[-1].startswith("Kring Gent, figures for the board")


async def test_in_private_it_asks_which_club_when_there_are_several(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    assert await scene.writes(scene.anna, "/board") == ["Which club's figures shall it be?"]
    await scene.presses(scene.anna, "Kring Brugge", scene.last(scene.world.private(scene.anna)))
    assert scene.private_texts(scene.anna)[-1].startswith("Kring Brugge, figures for the board")
    assert "I don't know your club" in (await scene.writes(scene.world.person("Zoë"), "/board"))[0]


async def test_a_large_club_fits_in_one_message(scene: Scene) -> None:
    for n in range(80):
        name = "🦆" * 30 + f" {n}"
        member = scene.world.person(name, "Vandenbossche-Van de Velde", f"member_number_{n}")
        scene.world.join(scene.group, member)
        if n % 2:
            scene.world.say(member, scene.group, f"/refer @member_number_{n - 1} Piet: a roof")
        else:
            scene.world.say(member, scene.group, f"/refer @member_number_{n + 1} Piet: a roof")
    await scene.kring.settle()
    await scene.at(scene.clock.now() + timedelta(weeks=7))
    said = await board(scene)
    assert 1000 < utf16_length(said) <= 4096
    assert "Received nothing in six weeks: 83" in said
    assert "New for more than 14 days: 80" in said
    assert "in half a year: 40" in said
    assert len(re.findall(r"and \d+ more\b", said)) == 4
