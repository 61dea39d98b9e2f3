"""/leaderboard, /top and /mystats."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import BRUSSELS
from tests.support.scene import Scene


async def test_the_ranking_counts_referrals_given_and_ties_share_a_rank(scene: Scene) -> None:
    for who, times in ((scene.anna, 2), (scene.bert, 1), (scene.carla, 2)):
        for i in range(times):
            await scene.says(who, f"/refer @dirk Piet{i}: a roof")
    await scene.says(scene.anna, "/refer @dirk Mia: undone")
    await scene.says(scene.anna, "/undo")
    await scene.says(scene.bert, "/thanks @anna €10.000")
    assert (await scene.says(scene.bert, "/leaderboard")) == [
        "🏆 Referrals given, 10 March\n"
        "1  Anna  2  first time!\n"
        "1  Carla  2  first time!\n"
        "3  Bert  1  first time!\n"
        "\n"
        "5 in all, 1 thanked.\n"
        "Someone you know needs a hand? /refer @name contact: need"
    ]


async def test_equals_stand_where_people_look_for_them(scene: Scene) -> None:
    scene.world.rename(scene.anna, first_name="Zoë")
    scene.world.rename(scene.carla, first_name="🌟 Ève")
    for who in (scene.anna, scene.bert, scene.carla):
        await scene.says(who, "/refer @dirk Piet: a roof")
    (said,) = await scene.says(scene.bert, "/leaderboard")
    assert [line.split("  ")[1] for line in said.splitlines()[1:4]] == ["Bert", "🌟 Ève", "Zoë"]


async def test_those_who_left_count_in_the_total_only(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    await scene.says(scene.bert, "/refer @dirk Mia: a roof")
    scene.world.leave(scene.group, scene.bert)
    (said,) = await scene.says(scene.anna, "/top")
    assert "Bert" not in said
    assert "2 in all" in said
    scene.world.join(scene.group, scene.bert)
    assert "Bert" in (await scene.says(scene.anna, "/top"))[0]


@pytest.mark.parametrize(
    ("period", "title", "total"),
    [
        ("", "8–9 February", 1),
        ("week", "8–9 February", 1),
        ("month", "February 2027", 2),
        ("quarter", "quarter 1 of 2027", 3),
        ("YEAR", "2027", 3),
        ("all", "all time", 4),
        ("this month", "February 2027", 2),
        ("vorige maand", "January 2027", 1),
        ("l'année dernière", "2026", 1),
        ("dec t/m jan", "1 December 2026 – 31 January 2027", 2),
    ],
)
async def test_the_period_may_be_named(scene: Scene, period: str, title: str, total: int) -> None:
    for when in ((2026, 12, 30), (2027, 1, 5), (2027, 2, 2), (2027, 2, 9)):
        await scene.at(datetime(*when, 11, 0, tzinfo=BRUSSELS))
        await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    (said,) = await scene.says(scene.anna, f"/leaderboard {period}")
    assert said.startswith(f"🏆 Referrals given, {title}\n1  Anna  {total}")


async def test_an_unknown_period_is_refused_with_an_example(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/leaderboard decade")
    assert said.startswith("“decade” is no period I know. These are: week, month, quarter, year, last month, q3,")
    assert said.endswith("/leaderboard month")
    assert "“2099” is still to come" in (await scene.says(scene.anna, "/leaderboard 2099"))[0]


async def test_a_ranking_of_the_past_counts_what_counts_now(scene: Scene) -> None:
    for text in ("Piet: a roof", "Mia: a logo"):
        await scene.says(scene.anna, f"/refer @dirk {text}")
    await scene.at(scene.clock.now() + timedelta(days=31))
    await scene.says(scene.anna, "/undo #1")
    (said,) = await scene.says(scene.anna, "/leaderboard last month")
    assert "1  Anna  1" in said
    assert "so far" not in said


async def test_an_empty_ranking_encourages(scene: Scene) -> None:
    assert "None yet." in (await scene.says(scene.anna, "/leaderboard"))[0]


@pytest.mark.parametrize("command", ["/leaderboard", "/circle"])
async def test_of_a_time_that_is_over_nobody_is_asked_for_more(scene: Scene, command: str) -> None:
    (said,) = await scene.says(scene.anna, f"{command} last year")
    assert said.splitlines()[1] == "None in that time."


async def test_people_with_the_same_first_name_get_their_initial(scene: Scene) -> None:
    scene.world.join(scene.group, scene.world.person("Anna", "Willems"))
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    assert "Anna P." in (await scene.says(scene.anna, "/leaderboard"))[0]


class TestOwnFigures:
    """/mystats answers in private where possible."""

    FIGURES = (
        "Your figures in Kring Gent\nGiven: 1\nReceived: 2\nNot thanked for yet: 1\n"
        "Thanks said: 1, thanks received: 0\nOne-to-ones: 0, visitors brought: 0"
    )

    OWN = (
        "\nThis week: given 1, received 2\nYour circle: Anna\nThanks for business that came of it: 1"
        "\nThis week: place 2 of 2 who gave.\nThis year: place 2 of 2 who gave.\nStill open with you:\n#3 Jo\n"
        "💡 Nothing has passed between you and Carla yet: a one-to-one shows whom you could introduce."
    )

    async def live(self, scene: Scene) -> None:
        await scene.says(scene.bert, "/refer @anna Piet: a roof")
        await scene.says(scene.anna, "/refer @bert Mia: a logo")
        await scene.says(scene.anna, "/refer @bert Jo: a logo")
        await scene.says(scene.bert, "/thanks @anna 100 #2")

    async def test_in_private_for_who_started_the_bot(self, scene: Scene) -> None:
        await self.live(scene)
        await scene.writes(scene.bert, "/start")
        assert await scene.says(scene.bert, "/mystats") == []
        assert scene.private_texts(scene.bert)[-1] == self.FIGURES + self.OWN

    async def test_else_in_the_group(self, scene: Scene) -> None:
        await self.live(scene)
        assert await scene.says(scene.bert, "/mystats") == [self.FIGURES]

    async def test_the_hint_is_the_one_that_helps_most(self, scene: Scene) -> None:
        (nothing_yet,) = await scene.writes(scene.bert, "/mystats")
        assert nothing_yet.endswith(
            "💡 Your first referral: who told you lately of something that a member could solve?"
        )
        assert "place" not in nothing_yet
        await scene.says(scene.bert, "/refer @dirk Mia: a logo")
        for contact in ("Piet", "Jo", "Lo", "Flo"):
            await scene.says(scene.anna, f"/refer @bert {contact}: a roof")
        (waiting,) = await scene.writes(scene.bert, "/mystats")
        assert "Still open with you:\n#2 Piet\n#3 Jo\n#4 Lo\nand 1 more\n" in waiting
        await scene.at(scene.clock.now() + timedelta(days=8))
        assert "💡 Piet (#2) is the one to call first" in (await scene.writes(scene.bert, "/mystats"))[0]
        await scene.at(scene.clock.now() + timedelta(days=15))
        await scene.writes(scene.carla, "/start")
        await scene.says(scene.carla, "/refer @dirk Mia: a logo")
        await scene.at(scene.clock.now() + timedelta(days=22))
        assert "💡 Whom did you meet" in (await scene.writes(scene.carla, "/mystats"))[0]

    async def test_asked_in_private_each_club_is_told(self, scene: Scene) -> None:
        await self.live(scene)
        other = scene.world.group("Kring Brugge", scene.bert, [])
        scene.world.add_bot(other, scene.bert)
        await scene.says(scene.bert, "/help", other)
        said = await scene.writes(scene.bert, "/mystats")
        assert [text.splitlines()[0] for text in said] == [
            "Your figures in Kring Brugge",
            "Your figures in Kring Gent",
        ]
        assert said[1] == self.FIGURES + self.OWN
