"""Once a month the club is asked its own question; answers are counted without names."""

from datetime import datetime, timedelta

from sqlalchemy import select, text

from bot.storage.schema import question_voters, questions
from tests.conftest import BRUSSELS
from tests.support.scene import Scene, buttons

APRIL = datetime(2026, 4, 1, 10, 0, tzinfo=BRUSSELS)
QUESTION = "Have the other members given you many referrals?\nOne tap; the answers are counted without names."


def asked(said: list[str]) -> list[str]:
    """The questions among what the bot said."""
    return [each for each in said if each.startswith(QUESTION)]


async def ask(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(APRIL - timedelta(seconds=2))
    assert await scene.at(APRIL) == [QUESTION]


async def test_on_the_first_at_ten_the_group_is_asked_once(scene: Scene) -> None:
    await ask(scene)
    assert list(buttons(scene.last())) == ["Yes", "Some", "Not yet"]
    await scene.restart()
    assert asked(await scene.at(APRIL + timedelta(hours=5))) == []
    assert asked(await scene.at(datetime(2026, 5, 1, 10, 0, tzinfo=BRUSSELS))) == [QUESTION]


async def test_one_tap_answers_and_the_message_tells_how_many_never_who(scene: Scene) -> None:
    await ask(scene)
    question = scene.last()
    assert await scene.presses(scene.anna, "Yes", question) == "Thank you, it is counted."
    assert scene.texts()[-1] == f"{QUESTION}\n1 member answered."
    assert await scene.presses(scene.anna, "Not yet", question) == "You answered already."
    await scene.presses(scene.bert, "Not yet", question)
    assert scene.texts()[-1] == f"{QUESTION}\n2 members answered."
    assert list(buttons(scene.last())) == ["Yes", "Some", "Not yet"]


async def test_beside_the_counts_only_who_answered_is_kept(scene: Scene) -> None:
    await ask(scene)
    await scene.presses(scene.anna, "Yes")
    await scene.presses(scene.bert, "Some")
    async with scene.kring.workplace.look() as work:
        rows = (await work.questions._connection.execute(select(questions))).mappings().all()
        voters = (await work.questions._connection.execute(select(question_voters))).mappings().all()
    assert [(row["month"], row["yes"], row["some"], row["not_yet"]) for row in rows] == [("2026-04", 1, 1, 0)]
    assert [set(row) for row in voters] == [{"question_id", "member_id"}] * 2


async def test_who_left_and_who_comes_from_elsewhere_is_refused(scene: Scene) -> None:
    await ask(scene)
    question = scene.last()
    data = buttons(question)["Yes"]
    scene.world.leave(scene.group, scene.carla)
    await scene.kring.settle()
    other = scene.world.group("Kring Brugge", scene.carla, [])
    scene.world.add_bot(other, scene.carla)
    await scene.says(scene.carla, "/help", other)
    assert await scene.sends_data(scene.carla, data, scene.last(other)) == "That is for members of that club."
    await scene.writes(scene.carla, "/start")
    private = scene.last(scene.world.private(scene.carla))
    assert await scene.sends_data(scene.carla, data, private) == "That is for members of that club."
    for forged in (data[:-1] + "9", data.rsplit(":", 2)[0] + ":77:0"):
        assert await scene.sends_data(scene.bert, forged, question) == "I don't know that button any more."
    assert scene.texts()[-1] == QUESTION


async def test_a_month_that_is_over_is_answered_no_more(scene: Scene) -> None:
    await ask(scene)
    question = scene.last()
    await scene.at(datetime(2026, 5, 1, 0, 1, tzinfo=BRUSSELS))
    assert "That month is over" in await scene.presses(scene.bert, "Yes", question)


async def test_after_three_days_it_is_not_made_up_for(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert asked(await scene.at(APRIL + timedelta(days=3))) == []
    assert asked(await scene.at(datetime(2026, 5, 3, 22, 0, tzinfo=BRUSSELS))) == [QUESTION]


async def test_a_club_without_a_referral_or_that_turned_it_off_or_without_the_bot_is_not_asked(scene: Scene) -> None:
    assert asked(await scene.at(APRIL)) == []
    assert asked(await scene.says(scene.anna, "/refer @bert Piet: a roof")) == [QUESTION]
    async with scene.kring.workplace.work() as work:
        await work.questions._connection.execute(text("UPDATE clubs SET monthly_question = false"))
    assert asked(await scene.at(datetime(2026, 5, 1, 10, 0, tzinfo=BRUSSELS))) == []
    async with scene.kring.workplace.work() as work:
        await work.questions._connection.execute(text("UPDATE clubs SET monthly_question = true"))
    scene.world.remove_bot(scene.group, scene.anna)
    assert asked(await scene.at(datetime(2026, 6, 1, 10, 0, tzinfo=BRUSSELS))) == []


async def test_a_new_club_is_first_asked_in_the_month_after_it_began(scene: Scene) -> None:
    await scene.at(datetime(2026, 4, 1, 9, 0, tzinfo=BRUSSELS))
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", other)
    await scene.at(APRIL)
    assert asked(scene.texts(other)) == []
    await scene.at(datetime(2026, 5, 1, 10, 0, tzinfo=BRUSSELS))
    assert asked(scene.texts(other)) == [QUESTION]


async def test_the_trend_is_in_the_groups_value_and_a_running_month_shows_only_how_many(scene: Scene) -> None:
    await ask(scene)
    question = scene.last()
    for who, label in ((scene.anna, "Yes"), (scene.bert, "Yes"), (scene.carla, "Not yet")):
        await scene.presses(who, label, question)
    (said,) = await scene.says(scene.anna, "/value")
    assert "April 2026: 3 members answered so far" in said
    await scene.at(datetime(2026, 5, 1, 10, 0, tzinfo=BRUSSELS))
    await scene.presses(scene.anna, "Some")
    await scene.at(datetime(2026, 6, 1, 10, 0, tzinfo=BRUSSELS))
    (said,) = await scene.says(scene.anna, "/value")
    assert said.splitlines()[-5:-1] == [
        "Have the other members given you many referrals?",
        "April 2026: 2 yes, 0 some, 1 not yet",
        "May 2026: 1 member answered, too few for a figure",
        "June 2026: 0 members answered so far",
    ]
