"""/thanks, as people type it in the group."""

import pytest

from tests.support.scene import Scene, buttons


async def test_a_thanks_echoes_the_amount_and_links_the_only_open_referral(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a website")
    assert await scene.says(scene.bert, "/thanks @anna €1500 lovely people") == [
        "#2 Bert thanks Anna for #1 (Piet Peeters): €1,500.00 of business. 🤝\nlovely people"
    ]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("1500", "€1,500.00"),
        ("€1500", "€1,500.00"),
        ("1.500,50", "€1,500.50"),
        ("1,500.50", "€1,500.50"),
        ("1 500 EUR", "€1,500.00"),
        ("€ 12,5k", "€12,500.00"),
        ("USD 99.95", "US$99.95"),
    ],
)
async def test_amounts_are_read_as_people_type_them(scene: Scene, typed: str, understood: str) -> None:
    (said,) = await scene.says(scene.bert, f"/thanks @anna {typed}")
    assert said == f"#1 Bert thanks Anna: {understood} of business. 🤝\nWho was the customer?"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/thanks", "Whom do you thank?"),
        ("/thanks 1500", "Whom do you thank?"),
        ("/thanks @bert 1500", "That is yourself"),
        ("/thanks @KringBot 1500", "not a person"),
        ("/thanks @anna 0", "no amount I can write down"),
        ("/thanks @anna -50", "no amount I can write down"),
        ("/thanks @anna 1000000001", "no amount I can write down"),
        ("/thanks @anna 1.5.00.3", "I can't read"),
        ("/thanks @anna 12abc", "I can't read"),
        ("/thanks @anna 100 #99", "There is no #99"),
        ("/thanks @anna @carla 100", "one person at a time"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_with_the_reason(scene: Scene, text: str, reason: str) -> None:
    (said,) = await scene.says(scene.bert, text)
    assert reason in said
    assert (await scene.says(scene.bert, "/thanks @anna"))[0].startswith("#1 ")


async def test_a_member_may_not_fill_the_ledger_with_thanks_nor_the_club_with_names(scene: Scene) -> None:
    for number in range(50):
        scene.world.say(scene.bert, scene.group, f"/thanks @someone{number}")
    await scene.kring.settle()
    (said,) = await scene.says(scene.bert, "/thanks @nobody")
    assert said == "That would be more than 50 thanks in a day. The next can follow on Wednesday 11 March, 00:00."
    async with scene.kring.workplace.look() as work:
        assert len(await work.members.all_of(1)) == 53
    assert (await scene.says(scene.bert, "/refer @anna Piet: a roof"))[0].startswith("#51 Bert → Anna")


class TestAmountsInDoubt:
    """What could mean something else is recorded, and it is said how it was read."""

    @pytest.mark.parametrize(
        ("typed", "read"),
        [("1.500", "€1,500.00"), ("about €1500", "€1,500.00"), ("12 chairs", "€12.00"), ("2026", "€2,026.00")],
    )
    async def test_the_answer_says_how_the_amount_was_read(self, scene: Scene, typed: str, read: str) -> None:
        (said,) = await scene.says(scene.bert, f"/thanks @anna {typed}")
        assert f"\nI read that as {read}; press Undo if it is not.\n" in said
        assert "Undo" in buttons(scene.last())

    async def test_it_is_for_the_group_alone_and_gone_once_a_button_is_pressed(self, scene: Scene) -> None:
        await scene.writes(scene.anna, "/start")
        await scene.says(scene.bert, "/thanks @anna 1.500")
        assert "I read that as" not in scene.private_texts(scene.anna)[-1]
        await scene.presses(scene.bert, "Anna")
        assert scene.texts()[-1] == "#1 Bert thanks Anna: €1,500.00 of business. 🤝\nThe customer was Anna."

    async def test_an_edit_makes_it_clear_or_doubtful(self, scene: Scene) -> None:
        await scene.says(scene.bert, "/thanks @anna 1500")
        assert "I read that as" not in scene.texts()[-1]
        await scene.edits(scene.bert, scene.typed(scene.bert), "/thanks @anna 2.500")
        assert "I read that as €2,500.00" in scene.texts()[-1]
        await scene.edits(scene.bert, scene.typed(scene.bert), "/thanks @anna 3500")
        assert "I read that as" not in scene.texts()[-1]

    async def test_an_amount_in_the_wrong_place_is_not_lost_in_silence(self, scene: Scene) -> None:
        (said,) = await scene.says(scene.bert, "/thanks @anna Piet's website, €1500")
        assert said.startswith("#1 Bert thanks Anna. 🤝\nPiet's website, €1500\nI noted no amount: it goes right after")

    @pytest.mark.parametrize("typed", ["a thousand euros", "two grand", "twee ton", "mille euros", "tausend Euro"])
    async def test_an_amount_in_words_is_refused(self, scene: Scene, typed: str) -> None:
        (said,) = await scene.says(scene.bert, f"/thanks @anna {typed}")
        assert said.startswith(f"I can't read “{typed}” as an amount.")


async def test_a_number_links_that_referral(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    await scene.says(scene.anna, "/refer @bert Mia: a logo")
    (said,) = await scene.says(scene.bert, "/thanks @anna €1.500 #2 she is happy")
    assert said.startswith("#3 Bert thanks Anna for #2 (Mia): €1,500.00")
    (said,) = await scene.says(scene.bert, "/thanks @anna #1 €20")
    assert said.startswith("#4 Bert thanks Anna for #1 (Piet): €20.00")


async def test_another_persons_referral_cannot_be_linked(scene: Scene) -> None:
    await scene.says(scene.carla, "/refer @bert Piet: a website")
    (said,) = await scene.says(scene.bert, "/thanks @anna 100 #1")
    assert said == "There is no #1 that this can be about."


class TestSeveralOpenReferrals:
    """When it can be for more than one, the bot asks."""

    async def ask(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a website")
        await scene.says(scene.anna, "/refer @bert Mia: a logo")
        (said,) = await scene.says(scene.bert, "/thanks @anna 100")
        assert said.endswith("Which referral was it for?")

    async def test_a_button_tells_which(self, scene: Scene) -> None:
        await self.ask(scene)
        assert list(buttons(scene.last())) == ["#1 Piet", "#2 Mia", "None of these", "Undo"]
        await scene.presses(scene.bert, "#2 Mia")
        assert scene.texts()[-1] == "#3 Bert thanks Anna for #2 (Mia): €100.00 of business. 🤝"
        assert list(buttons(scene.last())) == ["Undo"]

    async def test_or_that_it_was_for_none(self, scene: Scene) -> None:
        await self.ask(scene)
        await scene.presses(scene.bert, "None of these")
        assert scene.texts()[-1] == "#3 Bert thanks Anna: €100.00 of business. 🤝\nWho was the customer?"

    async def test_only_the_thanker_may_tell(self, scene: Scene) -> None:
        await self.ask(scene)
        assert "Only the person who said thanks" in await scene.presses(scene.anna, "#2 Mia")
        assert scene.texts()[-1].endswith("Which referral was it for?")


async def test_the_person_thanked_is_told_in_private(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.bert, "/thanks @anna 100")
    assert scene.private_texts(scene.anna)[-1] == (
        "You are thanked in Kring Gent:\n#1 Bert thanks Anna: €100.00 of business. 🤝"
    )


async def test_editing_corrects_the_thanks_and_what_was_told(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.edits(scene.bert, scene.typed(scene.bert), "/thanks @anna 1000")
    assert scene.texts()[-1].startswith("#1 Bert thanks Anna: €1,000.00 of business. 🤝")
    assert scene.private_texts(scene.anna)[-1].endswith("€1,000.00 of business. 🤝")
    assert len(scene.private_texts(scene.anna)) == 2


async def test_a_thanks_in_reply_needs_no_mention(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    typed = scene.typed(scene.anna)
    (said,) = await scene.says(scene.bert, "/thanks €100", reply_to=typed["message_id"])
    assert said == "#2 Bert thanks Anna for #1 (Piet): €100.00 of business. 🤝"
