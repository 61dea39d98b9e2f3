"""Direct business: seen, asked about in one sentence, kept apart from the referrals, and explained once."""

from datetime import timedelta

import pytest

from tests.support.scene import Scene, buttons

QUESTION = "Is this your own purchase from Bert, or are you introducing someone?"
APART = "Direct business: noted, and kept apart from the referrals."


def offered(scene: Scene) -> list[str]:
    """The giver's buttons under the last answer: what is asked, and Undo; the recipient's are not meant."""
    ours = ("My own", "An introduction", "Keep", "Take", "Undo")
    return [label for label in buttons(scene.last()) if label.startswith(ours)]


async def given(scene: Scene, member_id: int = 1) -> int:
    async with scene.kring.workplace.look() as work:
        return (await work.figures.of_member(member_id)).given


async def test_what_is_likely_the_givers_own_purchase_is_asked_and_does_not_rank_meanwhile(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert me: a new website")
    assert said == f"#1 Anna → Bert\nme: a new website\n{QUESTION}"
    assert offered(scene) == ["My own", "An introduction", "Undo"]
    assert await given(scene) == 0
    assert "None yet" in (await scene.says(scene.anna, "/leaderboard"))[0]


@pytest.mark.parametrize(
    "text",
    [
        *("me: a website", "myself, a website", "ik: een website", "moi : un site", "ich - eine Webseite"),
        *("Anna: a website", "Anna Peeters: a website, 0470 12 34 56", "@anna: a website"),
        *("I need a website", "my shop: a website for my company", "ik heb een website nodig"),
        *("j'ai besoin d'un site", "ich brauche eine Webseite", "website voor mijn zaak"),
        *("Carla De Smet: a website", "de smet carla, a website", "Carla: a website"),
    ],
)
async def test_the_question_is_asked_in_the_ways_people_order_for_themselves(scene: Scene, text: str) -> None:
    (said,) = await scene.says(scene.anna, f"/refer @bert {text}")
    assert said.endswith(QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        *("Piet Peeters: needs a website", "Mia: she needs a lawyer for her company", "Jo: his company needs a roof"),
        *("Annabel: a website", "Carla Maes: a website", "Carla: a website, 0470 12 34 56", "Bert: a website"),
        *("Bert Janssens: a roof", "Lo: hij zoekt een dakwerker", "Flo: elle cherche un avocat, pour son entreprise"),
    ],
)
async def test_an_introduction_is_not_asked_about(scene: Scene, text: str) -> None:
    (said,) = await scene.says(scene.anna, f"/refer @bert {text}")
    assert "your own purchase" not in said
    assert await given(scene) == 1


async def test_a_member_who_is_mentioned_as_the_contact_is_asked_about(scene: Scene) -> None:
    dirk = scene.world.person("Dirk", "Maes", "dirk")
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    (said,) = await scene.says(scene.anna, "/refer @bert @dirk: a website")
    assert said == f"#1 Anna → Bert\n@dirk: a website\n{QUESTION}"
    (said,) = await scene.says(scene.anna, "/refer @bert Dirk Maes @dirk: a roof")
    assert said.endswith(QUESTION)


async def test_a_member_without_a_username_can_be_the_contact_too(scene: Scene) -> None:
    text = "/refer @bert Carla: a website, 0470 12 34 56"
    entity = {"type": "text_mention", "offset": text.index("Carla"), "length": 5, "user": dict(scene.carla)}
    assert QUESTION in (await scene.says(scene.anna, text, entities=[entity]))[0]
    entity |= {"offset": 13}
    (said,) = await scene.says(scene.anna, "/refer @bert Carla: a roof", entities=[entity])
    assert said.startswith("#2 Anna → Bert\nCarla: a roof")
    assert QUESTION in said


async def test_an_introduction_counts_from_the_press_on(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Carla: a new website")
    assert await scene.presses(scene.anna, "An introduction") == "Noted as a referral."
    assert scene.last()["text"] == "#1 Anna → Bert\nCarla: a new website"
    assert offered(scene) == ["Undo"]
    assert await given(scene) == 1
    async with scene.kring.workplace.look() as work:
        (event,) = [e for e in await work.events.of_referral(1) if e.side == "kind"]
        assert (event.value, event.by_id) == ("outside", 1)


async def test_ones_own_purchase_stays_apart_and_the_answer_says_so(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert me: a new website")
    assert await scene.presses(scene.anna, "My own") == "Noted as your own purchase."
    assert scene.last()["text"] == f"#1 Anna → Bert\nme: a new website\n{APART}"
    assert offered(scene) == ["Undo"]
    assert scene.private_texts(scene.bert)[-1].startswith("Anna would like to do business with you in Kring Gent: #1")
    assert await given(scene) == 0
    async with scene.kring.workplace.look() as work:
        (event,) = [e for e in await work.events.of_referral(1) if e.side == "kind"]
        assert event.value == "inside"


async def test_said_outright_it_is_not_asked_wherever_it_stands(scene: Scene) -> None:
    for text in (
        "/refer @bert Piet: a roof #inside",
        "/refer #INSIDE @bert Mia: a logo",
        "/refer @bert #inside Jo: a car",
    ):
        (said,) = await scene.says(scene.anna, text)
        assert said.endswith(APART)
        assert "inside" not in said
        assert offered(scene) == ["Undo"]
    assert await given(scene) == 0


async def test_only_the_giver_or_an_admin_answers_and_only_once(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @anna me: a contract")
    await scene.says(scene.bert, "/refer @anna my company: a lease")
    asked = next(m for m in scene.world.messages(scene.group) if m.get("text", "").startswith("#1 Bert"))
    assert "not yours" in await scene.presses(scene.carla, "An introduction", asked)
    assert await given(scene, 2) == 0
    assert await scene.presses(scene.anna, "An introduction", asked) == "Noted as a referral."  # Anna is an admin
    assert await given(scene, 2) == 1
    assert await scene.sends_data(scene.bert, "kind:1:1:inside", asked) == "That is answered already."
    assert await given(scene, 2) == 1
    for data in ("kind:1:2:x", "kind:1:2", "kind:1:99:inside", "kind:2:2:inside", "kind::", "keep:1:99", "keep:1"):
        assert await scene.sends_data(scene.bert, data, asked) not in ("", "Noted as your own purchase."), data


async def test_several_recipients_are_asked_about_in_one_question(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert @dirk me: a roof and a website")
    assert said.count("your own purchase from Bert and @dirk") == 1
    assert offered(scene) == ["My own", "An introduction", "Undo #1", "Undo #2"]
    await scene.presses(scene.anna, "An introduction")
    assert await given(scene) == 2


async def test_once_taken_back_nothing_is_asked(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert me: a roof")
    asked = scene.last()
    await scene.says(scene.anna, "/undo")
    assert scene.texts()[-2] == "#1 Anna → Bert taken back by Anna"
    assert "taken back already" in await scene.sends_data(scene.anna, "kind:1:1:inside", asked)


async def test_the_difference_is_explained_in_private_in_four_lines_and_never_again(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert me: a roof")
    heard = len(scene.private_texts(scene.anna))
    await scene.presses(scene.anna, "My own")
    await scene.says(scene.anna, "/refer @bert my company: a lease #inside")
    (told,) = scene.private_texts(scene.anna)[heard:]
    assert len(told.splitlines()) == 4
    assert told.startswith("#1 in Kring Gent is direct business")
    assert "/refer @name contact: need" in told


async def test_who_cannot_be_written_to_is_told_the_next_time(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert me: a roof #inside")
    assert scene.private_texts(scene.anna) == []
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert my shop: a logo #inside")
    assert scene.private_texts(scene.anna)[-1].startswith("#2 in Kring Gent is direct business")


async def test_an_introduction_is_not_explained(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    heard = len(scene.private_texts(scene.anna))
    await scene.says(scene.anna, "/refer @bert Carla: a roof")
    await scene.presses(scene.anna, "An introduction")
    assert len(scene.private_texts(scene.anna)) == heard


async def test_it_is_thanked_like_the_rest(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert me: a website #inside")
    (said,) = await scene.says(scene.bert, "/thanks @anna 500")
    assert said == "#2 Bert thanks Anna for #1 (me): €500.00 of business. 🤝"


async def test_the_weekly_post_leaves_it_out_and_an_answer_after_it_counts_in_the_next(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @anna Piet: a contract")
    await scene.says(scene.anna, "/refer @bert Carla: a website")
    asked = scene.last()
    (post,) = await scene.at(scene.clock.now() + timedelta(days=6))
    assert "1 in all" in post
    assert "Anna" not in post.split("1 in all")[0].replace("→ Anna", "")
    await scene.presses(scene.anna, "An introduction", asked)
    (post,) = await scene.at(scene.clock.now() + timedelta(days=7))
    assert "Anna  1" in post


class TestAnEditedMessage:
    """It is judged by what it says now, unless the giver said by a button which it is."""

    async def test_is_asked_about_once_it_reads_as_ones_own_order(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert me: a roof")
        assert scene.last()["text"] == f"#1 Anna → Bert\nme: a roof\n{QUESTION}"
        assert await given(scene) == 0
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a roof")
        assert scene.last()["text"] == "#1 Anna → Bert\nPiet: a roof"
        assert await given(scene) == 1

    async def test_the_mark_may_be_added_and_taken_out(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a roof #inside")
        assert scene.last()["text"].endswith(APART)
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet: a roof")
        assert scene.last()["text"] == "#1 Anna → Bert\nPiet: a roof"
        assert await given(scene) == 1

    async def test_an_answer_by_button_stands(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert me: a roof")
        await scene.presses(scene.anna, "An introduction")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert me: a new roof")
        assert scene.last()["text"] == "#1 Anna → Bert\nme: a new roof"
        assert await given(scene) == 1


async def test_what_is_filled_in_in_private_is_asked_about_in_the_group_too(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer @bert me: a website")
    private = scene.world.private(scene.anna)
    while "Record it" not in buttons(scene.last(private)):
        await scene.presses(scene.anna, "Skip", scene.last(private))
    await scene.presses(scene.anna, "Record it", scene.last(private))
    assert scene.last()["text"] == f"#1 Anna → Bert\nme: a website\n{QUESTION}"
    await scene.presses(scene.anna, "My own")
    assert scene.last()["text"].endswith(APART)
    assert scene.private_texts(scene.anna)[-1].startswith("#1 in Kring Gent is direct business")


async def test_what_is_filled_in_with_the_mark_is_explained_at_once(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer @bert Piet: a website #inside")
    private = scene.world.private(scene.anna)
    while "Record it" not in buttons(scene.last(private)):
        await scene.presses(scene.anna, "Skip", scene.last(private))
    await scene.presses(scene.anna, "Record it", scene.last(private))
    assert scene.last()["text"].endswith(APART)
    assert any(text.startswith("#1 in Kring Gent is direct business") for text in scene.private_texts(scene.anna))
