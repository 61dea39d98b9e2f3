"""/value: how much of the return came through people the members know, and nobody's amount given away."""

from datetime import datetime

import pytest

from bot.playground.people import User
from tests.conftest import BRUSSELS
from tests.support.scene import Scene

pytestmark = pytest.mark.every_database


async def thanks(scene: Scene, who: User, whom: User, amount: str, customer: str) -> None:
    """`who` thanks `whom`; the button that begins so tells who the customer was."""
    name = whom["first_name"]
    mention = {"type": "text_mention", "offset": 8, "length": len(name), "user": dict(whom)}
    await scene.says(who, f"/thanks {name} {amount}", entities=[mention])
    label = {1: name, 2: f"{name}'s contact", 3: "Someone further on"}[int(customer)]
    await scene.presses(who, label)


def join(scene: Scene, *names: str) -> list[User]:
    """More people in the group."""
    people = [scene.world.person(name) for name in names]
    for person in people:
        scene.world.join(scene.group, person)
    return people


async def test_a_member_reads_their_own_return_in_private(scene: Scene) -> None:
    for contact in ("Piet", "Mia", "Jo"):
        await scene.says(scene.anna, f"/refer @bert {contact}: a website")
    await scene.says(scene.bert, "/thanks @anna 300 #1")
    await thanks(scene, scene.bert, scene.carla, "100", "1")
    (said,) = await scene.writes(scene.bert, "/value")
    assert said == (
        "What Kring Gent brings you\nThe others gave you 3 referrals, 1 of them became business.\n"
        "Of what you earned, 75% came through the second degree and further.\nIn a good network it is 90%."
    )


async def test_without_amounts_the_thanks_are_counted(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.bert, "/thanks @anna #1")
    (said,) = await scene.writes(scene.bert, "/value")
    assert "Of your thanks, 100% were for the second degree and further." in said
    (said,) = await scene.writes(scene.anna, "/value")
    assert "The others gave you 0 referrals, 0 of them became business." in said
    assert "%" not in said


async def test_other_currencies_and_what_nobody_told_are_left_out_and_it_says_so(scene: Scene) -> None:
    await thanks(scene, scene.bert, scene.anna, "100", "2")
    await thanks(scene, scene.bert, scene.anna, "USD 900", "1")
    await scene.says(scene.bert, "/thanks @anna 500")
    (said,) = await scene.writes(scene.bert, "/value")
    assert "Of what you earned, 100% came" in said
    assert said.endswith(
        "1 thanks is left out: nobody said who the customer was.\n1 amount in another currency is left out."
    )


async def test_the_group_reads_the_clubs_share_and_too_few_people_give_no_figure(scene: Scene) -> None:
    assert "No business to count yet." in (await scene.says(scene.anna, "/value"))[0]
    await thanks(scene, scene.bert, scene.anna, "1234.56", "2")
    await thanks(scene, scene.carla, scene.bert, "2345.67", "1")
    await thanks(scene, scene.anna, scene.carla, "3456.78", "3")
    (said,) = await scene.says(scene.anna, "/value")
    # Three people, but each of them knows two of the three amounts.
    assert said == (
        "📈 Through people you know, 2026 so far\nOf 3 thanks: 67%\nBy amount: too few for a figure\n"
        "A good network reaches 90%.\nYour own figures: /value in private."
    )


async def test_with_enough_people_the_share_by_amount_is_shown_and_the_year_before_beside_it(scene: Scene) -> None:
    dirk, emma, flo = join(scene, "Dirk", "Emma", "Flo")
    pairs = ((scene.anna, dirk), (scene.bert, emma), (scene.carla, flo))
    for place, (who, whom) in enumerate(pairs):
        await thanks(scene, who, whom, "100", "1" if place else "2")
    (said,) = await scene.says(scene.anna, "/value")
    assert "Of 3 thanks: 33%\nBy amount: 33%\n" in said
    await scene.at(datetime(2027, 3, 10, 12, 0, tzinfo=BRUSSELS))
    assert "No business to count yet." in (await scene.says(scene.anna, "/value"))[0]
    for who, whom in pairs:
        await thanks(scene, who, whom, "100", "3")
    (said,) = await scene.says(scene.anna, "/value")
    assert "2027 so far\nOf 3 thanks: 100% (a year before 33%)\nBy amount: 100% (a year before 33%)\n" in said


async def test_how_many_received_nothing_in_six_weeks_is_a_number_only(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(datetime(2026, 4, 23, 12, 0, tzinfo=BRUSSELS))
    join(scene, "Newcomer")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    (said,) = await scene.says(scene.anna, "/value")
    assert "2 members received no referral in the last six weeks." in said
    assert "Carla" not in said
    scene.world.leave(scene.group, scene.carla)
    (said,) = await scene.says(scene.anna, "/value")
    assert "1 member received no referral in the last six weeks." in said


async def test_each_club_is_counted_for_itself(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", other)
    await scene.says(scene.bert, "/thanks @anna 100", other)
    said = await scene.writes(scene.bert, "/value")
    assert [text.splitlines()[1][:29] for text in said] == [
        "The others gave you 1 referra",
        "The others gave you 0 referra",
    ]
    assert "No business to count yet." in (await scene.says(scene.bert, "/value"))[0]


async def test_every_amount_is_read_by_the_two_concerned_and_where_the_thanker_wrote_it(scene: Scene) -> None:
    (dirk,) = join(scene, "Dirk")
    everyone = (scene.anna, scene.bert, scene.carla, dirk)
    for who in everyone:
        await scene.writes(who, "/start")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    mention = {"type": "text_mention", "offset": 7, "length": 5, "user": dict(scene.carla)}
    await scene.says(scene.bert, "/refer Carla Piet: a roof via #1", entities=[mention])
    told = {  # the amount, the number of its thanks, who was thanked
        "1,234.56": (3, scene.bert),
        "7,654.32": (4, scene.anna),
        "4,321.09": (5, scene.carla),
    }
    mention = {"type": "text_mention", "offset": 8, "length": 4, "user": dict(scene.bert)}
    await scene.says(scene.carla, "/thanks Bert €1234.56 #2", entities=[mention])
    await scene.says(scene.bert, "/thanks @anna €7654.32 #1")
    mention = {"type": "text_mention", "offset": 8, "length": 5, "user": dict(scene.carla)}
    await scene.says(dirk, "/thanks Carla €4321.09", entities=[mention])
    await scene.presses(dirk, "Someone further on")
    for who in everyone:
        for command in ("/value", "/mystats"):
            await scene.writes(who, command)
            await scene.says(who, command)
    for command in ("/value", "/chain #2", "/top all", "/help"):
        await scene.says(scene.anna, command)
    for instant in (datetime(2026, 3, 16, 9, tzinfo=BRUSSELS), datetime(2026, 4, 1, 10, tzinfo=BRUSSELS)):
        await scene.at(instant)
    await scene.says(scene.anna, "/value")
    for amount, (number, thanked) in told.items():
        # In the group once, in the answer to who wrote it there; in private to the person thanked.
        in_group = [text for text in scene.texts() if amount in text]
        assert [text.partition(" ")[0] for text in in_group] == [f"#{number}"], amount
        for who in everyone:
            found = [text for text in scene.private_texts(who) if amount in text]
            assert len(found) == (1 if who.id == thanked.id else 0), (amount, who["first_name"])
    # No total, part or difference of them is anywhere else: all figures that remain are small or have a %.
    sums = ("8,888.88", "5,555.65", "11,975.41", "13,209.97")
    everything = [*scene.texts(), *(text for who in everyone for text in scene.private_texts(who))]
    assert not any(total in text or total.replace(",", "") in text for total in sums for text in everything)
    assert sum("€" in text for text in everything) == 6
