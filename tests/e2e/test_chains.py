"""One referral comes out of another: links, what they show, and that they never go round in a circle."""

import random
from collections import Counter

import pytest

from tests.e2e.test_exporting import files
from tests.support.files import rows
from tests.support.scene import Scene, buttons

pytestmark = pytest.mark.every_database


async def three(scene: Scene) -> None:
    """Anna gave Bert #1, out of it Bert gave Carla #2, and out of that Carla gives @dirk #3."""
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    mention = {"type": "text_mention", "offset": 7, "length": 5, "user": dict(scene.carla)}
    await scene.says(scene.bert, "/refer Carla Piet: a roof via #1", entities=[mention])
    await scene.says(scene.carla, "/refer @dirk Jo: a garden via 2")


async def test_a_referral_says_what_it_came_out_of(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    assert await scene.says(scene.bert, "/refer @anna Piet: a roof via #1") == [
        "#2 Bert → Anna\nPiet: a roof\nIt came out of Anna's #1."
    ]


async def test_what_it_can_not_have_come_out_of_is_refused(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    for number in (1, 2, 3):
        await scene.says(scene.anna, f"/refer @bert Piet{number}: a roof", other)
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    await scene.says(scene.anna, "/undo #1")
    for text, reason in (
        ("Piet: a roof via #1", "#1 was taken back already."),
        ("Piet: a roof via #3", "There is no #3 that this can be about."),
        ("Piet: a roof via #0", "There is no #0 that this can be about."),
    ):
        (said,) = await scene.says(scene.bert, f"/refer @anna {text}")
        assert said.splitlines()[0] == reason
    assert (await scene.says(scene.bert, "/refer @anna Piet: a roof"))[0].startswith("#2 ")


async def test_a_correction_may_link_and_unlink_but_never_in_a_circle(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    first = scene.typed(scene.anna)
    await scene.says(scene.bert, "/refer @anna Piet: a roof via #1")
    second = scene.typed(scene.bert)
    await scene.edits(scene.anna, first, "/refer @bert Mia: a logo via #2")
    assert "a chain can't go round in a circle" in scene.texts()[-1]
    await scene.edits(scene.anna, first, "/refer @bert Mia: a logo via #1")
    assert "a chain can't go round in a circle" in scene.texts()[-1]
    await scene.edits(scene.bert, second, "/refer @anna Piet: a roof")
    assert "#2 Bert → Anna\nPiet: a roof" in scene.texts()
    await scene.edits(scene.anna, first, "/refer @bert Mia: a logo via #2")
    assert "#1 Anna → Bert\nMia: a logo\nIt came out of Bert's #2." in scene.texts()


class TestTheButton:
    """Who received a referral and passes the same contact on is offered the link."""

    async def passed_on(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Mia Claes: a logo, 0470 12 34 56")
        await scene.says(scene.bert, "/refer @dirk Mia: a roof")
        assert next(iter(buttons(scene.last()))) == "It came out of #1"

    async def test_the_giver_links_with_one_tap(self, scene: Scene) -> None:
        await self.passed_on(scene)
        assert await scene.presses(scene.bert, "It came out of #1") == "Noted: it came out of #1."
        assert scene.texts()[-1] == "#2 Bert → @dirk\nMia: a roof\nIt came out of Anna's #1."
        assert not any("came out" in label for label in buttons(scene.last()))

    async def test_nobody_else_may(self, scene: Scene) -> None:
        await self.passed_on(scene)
        assert await scene.presses(scene.anna, "It came out of #1") == "Of #2, only its giver can tell that."
        assert next(iter(buttons(scene.last()))) == "It came out of #1"

    async def test_a_link_that_was_tapped_stays_when_the_text_is_corrected(self, scene: Scene) -> None:
        await self.passed_on(scene)
        await scene.presses(scene.bert, "It came out of #1")
        await scene.edits(scene.bert, scene.typed(scene.bert), "/refer @dirk Mia: a red roof")
        assert scene.texts()[-1] == "#2 Bert → @dirk\nMia: a red roof\nIt came out of Anna's #1."

    async def test_a_number_in_common_is_enough_and_another_contact_is_not(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Mia Claes: a logo, 0470 12 34 56")
        await scene.says(scene.bert, "/refer @dirk the bakery: a roof, +32 470 123 456")
        assert "It came out of #1" in buttons(scene.last())
        await scene.says(scene.bert, "/refer @dirk Jo: a roof")
        assert not any("came out" in label for label in buttons(scene.last()))
        await scene.says(scene.carla, "/refer @dirk Mia Claes: a roof")
        assert not any("came out" in label for label in buttons(scene.last()))

    async def test_forged_presses_link_nothing(self, scene: Scene) -> None:
        await self.passed_on(scene)
        club = buttons(scene.last())["Undo"].split(":")[1]
        for data in (f"via:{club}:2:2", f"via:{club}:2:9", f"via:{club}:2:0", f"via:{club}:9:1"):
            await scene.sends_data(scene.bert, data)
        assert "It came out of #1" in buttons(scene.last())


class TestALaterLinkIsWon:
    """The thanks names who began it all, and tells them, without the amount."""

    TOLD = "What you began with #1 in Kring Gent became business: @dirk thanks Carla for #3 (Jo). Thank you! 🤝"

    async def won(self, scene: Scene) -> None:
        await scene.writes(scene.anna, "/start")
        await three(scene)
        dirk = scene.world.person("Dirk", username="dirk")
        scene.world.join(scene.group, dirk)
        mention = {"type": "text_mention", "offset": 8, "length": 5, "user": dict(scene.carla)}
        self.dirk = dirk
        await scene.says(dirk, "/thanks Carla €1234.56 #3", entities=[mention])

    async def test_the_first_is_shown_and_told_without_the_amount(self, scene: Scene) -> None:
        await self.won(scene)
        assert scene.texts()[-1] == (
            "#4 Dirk thanks Carla for #3 (Jo): €1,234.56 of business. 🤝\nIt began with Anna's #1."
        )
        assert scene.private_texts(scene.anna)[-1] == self.TOLD.replace("@dirk", "Dirk")

    async def test_taken_back_it_is_taken_back_from_the_first_too(self, scene: Scene) -> None:
        await self.won(scene)
        await scene.says(self.dirk, "/undo")
        assert scene.private_texts(scene.anna)[-1] == "Thanks #4 in Kring Gent was taken back."

    async def test_when_a_link_between_is_undone_it_began_there_no_more(self, scene: Scene) -> None:
        await self.won(scene)
        await scene.says(scene.bert, "/undo #2")
        assert "#4 Dirk thanks Carla for #3 (Jo): €1,234.56 of business. 🤝" in scene.texts()
        assert "#3 Carla → Dirk\nJo: a garden" in "\n".join(scene.texts()).replace("@dirk", "Dirk")
        assert not any("came out of Bert" in text for text in scene.texts())
        assert scene.private_texts(scene.anna)[-1] == "Thanks #4 in Kring Gent was taken back."

    async def test_a_link_that_is_made_later_tells_the_first_then(self, scene: Scene) -> None:
        await scene.writes(scene.anna, "/start")
        await scene.says(scene.anna, "/refer @bert Mia: a logo")
        await scene.says(scene.bert, "/refer @dirk Mia: a roof")
        offer = scene.last()
        dirk = scene.world.person("Dirk", username="dirk")
        scene.world.join(scene.group, dirk)
        await scene.says(dirk, "/thanks @bert 100")
        assert scene.texts()[-1].endswith("for #2 (Mia): €100.00 of business. 🤝")
        await scene.presses(scene.bert, "It came out of #1", offer)
        assert scene.texts()[-1].endswith("\nIt began with Anna's #1.")
        assert "Dirk thanks Bert for #2 (Mia)" in scene.private_texts(scene.anna)[-1]

    async def test_who_says_thanks_is_not_told_of_it(self, scene: Scene) -> None:
        await scene.writes(scene.anna, "/start")
        await scene.says(scene.anna, "/refer @bert Mia: a logo")
        await scene.says(scene.bert, "/refer @anna Piet: a roof via #1")
        await scene.says(scene.anna, "/thanks @bert 100 #2")
        assert scene.texts()[-1].endswith("It began with Anna's #1.")
        assert not any("became business" in text for text in scene.private_texts(scene.anna))


async def test_the_whole_chain_is_drawn_whatever_part_is_named(scene: Scene) -> None:
    await three(scene)
    await scene.says(scene.bert, "/refer @anna Lo: a fence, 0470 12 34 56 via #1")
    mention = {"type": "text_mention", "offset": 8, "length": 5, "user": dict(scene.bert)}
    await scene.says(scene.carla, "/thanks Bert €1234.56 #2", entities=[mention])
    await scene.says(scene.carla, "/undo #3")
    drawn = (
        "The chain of #1\n#1 Anna → Bert: Mia\n├ #2 Bert → Carla: Piet, won\n"
        "│ └ #3 Carla → @\u2060dirk: Jo taken back\n└ #4 Bert → Anna: Lo"
    )
    for number in (1, 2, 3, 4, 5):
        assert await scene.says(scene.anna, f"/chain #{number}") == [drawn]


async def test_a_chain_of_one_tells_how_it_goes_on(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    (said,) = await scene.says(scene.anna, "/chain 1")
    assert said.splitlines()[1:] == [
        "#1 Anna → Bert: Mia",
        "Nothing came out of it yet. When something does:",
        "/refer @name contact: need via #1",
    ]
    assert await scene.says(scene.anna, "/chain") == ["Which one? Give its number:\n/chain #12"]
    assert await scene.says(scene.anna, "/chain #7") == ["There is no #7 that this can be about."]


async def test_a_long_chain_is_drawn_as_far_as_a_message_goes(scene: Scene) -> None:
    await scene.says(scene.anna, f"/refer @bert {'M' * 99}: a logo")
    for number in range(2, 50):
        giver, to = (scene.bert, "anna") if number % 2 == 0 else (scene.anna, "bert")
        scene.world.say(giver, scene.group, f"/refer @{to} {'M' * 99}: a logo via #{number - 1}")
    await scene.kring.settle()
    (said,) = await scene.says(scene.anna, "/chain #30")
    assert said.startswith("The chain of #1\n#1 Anna → Bert: MMM")
    assert "more." in said.splitlines()[-1] or "#49" in said.splitlines()[-1]


@pytest.mark.parametrize("seed", range(3))
async def test_chains_add_no_credit_and_every_thanks_is_counted_once(scene: Scene, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a test's choices
    people = [scene.anna, scene.bert]
    given: Counter[str] = Counter()
    await scene.writes(scene.anna, "/start")
    for number in range(1, 16):
        giver, other = chance.sample(people, 2)
        via = f" via #{chance.randint(1, number - 1)}" if number > 1 and chance.random() < 0.7 else ""
        await scene.says(giver, f"/refer @{other['username']} Mia: thing {number}{via}")
        given[giver["first_name"]] += 1
    for _ in range(6):
        thanker, other = chance.sample(people, 2)
        await scene.says(thanker, f"/thanks @{other['username']} 100")
    await scene.says(scene.anna, "/export")
    records = await files(scene, scene.anna)
    members = {row["name"]: int(row["given"]) for row in rows(records["members.csv"]) if int(row["given"])}
    assert members == dict(given)
    assert sum(members.values()) == len(rows(records["referrals.csv"])) == 15
    (board,) = await scene.says(scene.anna, "/top all")
    assert "15 in all, 6 thanked." in board
    links = {row["number"]: row["via_number"] for row in rows(records["referrals.csv"])}
    assert all(not before or int(before) < int(number) for number, before in links.items())
