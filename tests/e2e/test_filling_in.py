"""The guided way: /refer and /thanks filled in step by step, in private."""

import pytest

from bot.playground.people import User
from tests.support.scene import Scene, buttons

FORGED = ("form:who:99", "form:who:1", "form:who:x", "form:club:1", "form:look:record", "form:who")
PROMPT = "Who can help? Choose, or type a name."


async def press(scene: Scene, who: User, label: str) -> str:
    """Press a button of the form, under the bot's last message in private; returns what the form says then."""
    await scene.presses(who, label, scene.last(scene.world.private(who)))
    return scene.private_texts(who)[-1]


def offered(scene: Scene, who: User) -> list[str]:
    """The labels of the form's buttons."""
    return list(buttons(scene.last(scene.world.private(who))))


async def test_a_bare_refer_in_the_group_leads_to_the_form_of_that_club(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer")
    assert said.startswith("Who is it for? Mention a member, or reply to their message:\n/refer @bert Piet Peeters")
    link = buttons(scene.last())["Fill it in privately"]
    assert await scene.writes(scene.anna, f"/start {link.partition('?start=')[2]}") == [PROMPT]
    assert offered(scene, scene.anna) == ["Bert", "Carla", "Back", "Cancel"]


async def test_a_referral_is_filled_in_looked_at_and_recorded_as_if_typed_in_the_group(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    assert await scene.writes(scene.anna, "/refer") == [PROMPT]
    assert await press(scene, scene.anna, "Bert") == "Who has the need? Type a name, or share the contact."
    (asked,) = await scene.writes(scene.anna, "Piet Peeters")
    assert asked == "What does Piet Peeters need? One sentence will do."
    (asked,) = await scene.writes(scene.anna, "a new website")
    assert asked.startswith("How can Bert reach Piet Peeters?")
    (asked,) = await scene.writes(scene.anna, "0470 12 34 56")
    assert asked.startswith("How warm is the introduction to Piet Peeters?\n1  I passed on how to reach them\n2  ")
    assert await press(scene, scene.anna, "4") == (
        "Anna → Bert, in Kring Gent:\nPiet Peeters: a new website\n"
        "Warmth 4 of 5: I called and arranged a meeting\n+32 470 12 34 56\n"
        "The group will not see the number or address.\nShall I record it?"
    )
    assert scene.texts()[-1].startswith("Hello!"), "nothing is in the group yet"
    assert await press(scene, scene.anna, "Record it") == "Recorded in Kring Gent: #1. The group knows."
    assert scene.texts()[-1] == "#1 Anna → Bert\nPiet Peeters: a new website\nBert has the details in private."
    told = scene.private_texts(scene.bert)[-1]
    assert "Piet Peeters: a new website" in told
    assert "+32 470 12 34 56" in told
    assert "Warmth 4 of 5: Anna called and arranged a meeting" in told
    await scene.presses(scene.anna, "Undo", scene.last())
    assert "taken back by Anna" in scene.texts()[-1]


async def test_thanks_are_filled_in_the_same_way_and_name_the_referral(scene: Scene) -> None:
    for contact in ("Piet", "Mia"):
        await scene.says(scene.anna, f"/refer @bert {contact}: a roof")
    await scene.writes(scene.bert, "/thanks")
    assert (await press(scene, scene.bert, "Anna")).startswith("How much business was it?")
    assert await scene.writes(scene.bert, "lots") == ["I can't read that as an amount. Write it like 1500 or €99.95."]
    assert await scene.writes(scene.bert, "1.500") == ["Which referral was it for?"]
    assert (await press(scene, scene.bert, "#2 Mia")).startswith("A word to Anna")
    (look,) = await scene.writes(scene.bert, "a fine job")
    assert look == "Thanks to Anna, in Kring Gent:\nfor #2\n€1,500.00 of business\na fine job\nShall I record it?"
    await press(scene, scene.bert, "Record it")
    assert scene.texts()[-1] == "#3 Bert thanks Anna for #2 (Mia): €1,500.00 of business. 🤝\na fine job"


async def test_all_that_may_be_left_open_is_skipped(scene: Scene) -> None:
    await scene.writes(scene.carla, "/thanks")
    await press(scene, scene.carla, "Anna")
    await press(scene, scene.carla, "Skip")  # there is no referral to choose: the question does not come
    assert await press(scene, scene.carla, "Skip") == "Thanks to Anna, in Kring Gent:\nShall I record it?"
    await press(scene, scene.carla, "Record it")
    assert scene.texts()[-1] == "#1 Carla thanks Anna. 🤝\nWho was the customer?"


async def test_back_leads_to_the_question_before_and_cancel_records_nothing(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer")
    await press(scene, scene.anna, "Bert")
    await scene.writes(scene.anna, "Piet")
    assert await press(scene, scene.anna, "Back") == "Who has the need? Type a name, or share the contact."
    assert await press(scene, scene.anna, "Back") == PROMPT
    assert await press(scene, scene.anna, "Carla") == "Who has the need? Type a name, or share the contact."
    assert await press(scene, scene.anna, "Cancel") == "Nothing was recorded."
    assert await scene.writes(scene.anna, "Piet") == []
    assert not any(text.startswith("#") for text in scene.texts())


async def test_a_restart_at_any_step_loses_nothing(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer")
    for step in ("Bert", "Piet", "a roof", "piet@roof.example", "Skip", "Record it"):
        await scene.restart()
        if step in ("Bert", "Skip", "Record it"):
            await press(scene, scene.anna, step)
        else:
            await scene.writes(scene.anna, step)
    assert scene.texts()[-1].startswith("#1 Anna → Bert\nPiet: a roof")


async def test_a_second_press_on_record_records_nothing_more(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer")
    await press(scene, scene.anna, "Bert")
    await scene.writes(scene.anna, "Piet")
    for _ in range(3):
        await press(scene, scene.anna, "Skip")
    message = scene.last(scene.world.private(scene.anna))
    await scene.presses(scene.anna, "Record it", message)
    assert await scene.sends_data(scene.anna, "form:look:record", message) == "That question is past."
    assert (await scene.says(scene.anna, "/leaderboard"))[0].count("Anna  1") == 1


async def test_someone_in_two_clubs_chooses_the_club_first_and_sees_its_members_only(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.world.person("Dora", username="dora")])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.world.people[max(scene.world.people)], "/start", other)
    await scene.says(scene.anna, "/start", other)
    assert await scene.writes(scene.anna, "/refer") == ["In which club?"]
    assert await press(scene, scene.anna, "Kring Brugge") == PROMPT
    assert offered(scene, scene.anna) == ["Dora", "Back", "Cancel"]
    await press(scene, scene.anna, "Dora")
    await scene.writes(scene.anna, "Piet")
    for _ in range(3):
        await press(scene, scene.anna, "Skip")
    await press(scene, scene.anna, "Record it")
    assert scene.texts(other)[-1] == "#1 Anna → Dora\nPiet"
    assert not any(text.startswith("#") for text in scene.texts())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bert", "Who has the need?"),
        ("Bert Janssens", "Who has the need?"),
        ("@bert", "Who has the need?"),
        ("@never_seen", "Who has the need?"),
        ("Zoë", "I am not sure whom you mean."),
        ("@anna", "That is yourself"),
        ("Anna", "I am not sure whom you mean."),
    ],
)
async def test_the_recipient_may_be_typed(scene: Scene, typed: str, said: str) -> None:
    await scene.writes(scene.anna, "/refer")
    (answer,) = await scene.writes(scene.anna, typed)
    assert answer.startswith(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/refer @bert Piet: a roof, 0470 12 34 56", "Anna → Bert, in Kring Gent:\nPiet: a roof\n+32 470 12 34 56"),
        ("/thanks @bert €1.500 nice", "Thanks to Bert, in Kring Gent:\n€1,500.00 of business\nnice"),
        ("/refer @bert", "Who has the need?"),
        ("/refer Piet: a roof", PROMPT),
    ],
)
async def test_what_was_typed_in_private_with_the_command_is_in_the_form(scene: Scene, typed: str, said: str) -> None:
    (answer,) = await scene.writes(scene.anna, typed)
    assert answer.startswith(said)


async def test_members_stand_where_people_look_for_them_and_are_found_as_they_are_shown(scene: Scene) -> None:
    for first, last in (("Zoë", "Maes"), ("Émile", "Maes"), ("🌟 Aad", "Maes"), ("J.Paul", "Vos"), ("J.Paul", "Wit")):
        scene.world.join(scene.group, scene.world.person(first, last))
    await scene.writes(scene.anna, "/refer")
    names = [label.replace("\u2060", "") for label in offered(scene, scene.anna)]
    assert names[:-2] == ["🌟 Aad", "Bert", "Carla", "Émile", "J.Paul V.", "J.Paul W.", "Zoë"]
    assert (await scene.writes(scene.anna, "j.paul v."))[0].startswith("Who has the need?")


async def test_a_number_typed_with_the_name_answers_that_question_too(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer")
    await press(scene, scene.anna, "Bert")
    (asked,) = await scene.writes(scene.anna, "Piet 0470 12 34 56")
    assert asked == "What does Piet need? One sentence will do."
    (asked,) = await scene.writes(scene.anna, "a roof")
    assert asked.startswith("How warm is the introduction to Piet?")
    assert "+32 470 12 34 56" in await press(scene, scene.anna, "3")


async def test_a_number_typed_with_the_need_does_so_too(scene: Scene) -> None:
    await scene.writes(scene.anna, "/refer")
    await press(scene, scene.anna, "Bert")
    await scene.writes(scene.anna, "Piet")
    (asked,) = await scene.writes(scene.anna, "a roof, 0470 12 34 56")
    assert asked.startswith("How warm is the introduction to Piet?")
    assert (await press(scene, scene.anna, "Skip")).count("+32 470 12 34 56") == 1
    assert (await press(scene, scene.anna, "Back")).startswith("How warm")
    assert (await press(scene, scene.anna, "Back")).startswith("How can Bert reach Piet?")


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_press_moves_no_form(scene: Scene, data: str) -> None:
    await scene.writes(scene.anna, "/refer")
    message = scene.last(scene.world.private(scene.anna))
    assert await scene.sends_data(scene.anna, data, message)
    assert scene.private_texts(scene.anna)[-1] == PROMPT
    async with scene.kring.workplace.look() as work:
        assert await work.inbox.failures() == []


async def test_who_left_the_club_can_record_nothing_in_it(scene: Scene) -> None:
    await scene.writes(scene.bert, "/refer")
    await press(scene, scene.bert, "Anna")
    scene.world.leave(scene.group, scene.bert)
    await scene.kring.settle()
    assert await scene.writes(scene.bert, "Piet") == []
    assert scene.private_texts(scene.bert)[-1] == "Nothing was recorded."


@pytest.mark.parametrize(
    "typed", ["Kerkstraat 5, 9000 Gent", "linkedin.com/in/mia", "tomorrow", "0470 12 34 56, Kerkstraat 5"]
)
async def test_what_is_no_number_or_address_is_not_taken_as_one_and_so_not_shown_to_the_group(
    scene: Scene, typed: str
) -> None:
    await scene.writes(scene.anna, "/refer")
    await scene.presses(scene.anna, "Bert", scene.last(scene.world.private(scene.anna)))
    await scene.writes(scene.anna, "Mia Claes")
    await scene.writes(scene.anna, "a logo")
    (said,) = await scene.writes(scene.anna, typed)
    assert said.startswith("Only a phone number or an e-mail address, please")
    assert "Kerkstraat" not in (await scene.writes(scene.anna, "0470 12 34 56"))[0]


@pytest.mark.parametrize(
    ("currency", "typed", "shown"),
    [("KWD", "500", "KWD500.000"), ("KWD", "1.5", "KWD1.500"), ("JPY", "1500", "JP¥1,500"), ("EUR", "99,5", "€99.50")],
)
async def test_what_was_typed_at_the_command_is_the_amount_in_any_currency(
    scene: Scene, currency: str, typed: str, shown: str
) -> None:
    await scene.says(scene.anna, f"/settings currency {currency}")
    (look,) = await scene.writes(scene.bert, f"/thanks @anna {typed}")
    assert shown in look
    await press(scene, scene.bert, "Record it")
    assert shown in scene.texts()[-1]
