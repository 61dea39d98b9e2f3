"""/refer, as people type it in the group."""

import pytest

from tests.support.scene import Scene, buttons


async def test_a_referral_is_answered_in_the_group_with_number_people_contact_and_need(scene: Scene) -> None:
    said = await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a new website")
    assert said == ["#1 Anna → Bert\nPiet Peeters: needs a new website"]
    assert list(buttons(scene.last())) == ["I called", "Not for me", "How warm?", "Undo"]


async def test_contact_details_reach_the_recipient_in_private_and_are_not_repeated_in_the_group(
    scene: Scene,
) -> None:
    await scene.writes(scene.bert, "/start")
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56, piet@peeters.example")
    assert said == "#1 Anna → Bert\nPiet: a website\nBert has the details in private."
    private = scene.private_texts(scene.bert)[-1]
    assert private.splitlines() == [
        "Anna passes you a referral in Kring Gent: #1",
        "Piet: a website",
        "+32 470 12 34 56",
        "piet@peeters.example",
    ]


async def test_the_details_button_serves_who_never_started_the_bot_and_the_two_people_alone(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    assert "0470" not in said
    assert "press the button" in said
    assert await scene.presses(scene.bert, "Details") == "Piet\n+32 470 12 34 56"
    assert await scene.presses(scene.anna, "Details") == "Piet\n+32 470 12 34 56"
    assert "470" not in await scene.presses(scene.carla, "Details")


async def test_someone_who_blocked_the_bot_gets_the_details_button_after_all(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    scene.world.faults.add(
        "error", "sendMessage", chat_id=scene.bert.id, code=403, description="Forbidden: bot was blocked by the user"
    )
    await scene.says(scene.anna, "/refer @bert Piet: a website, 0470 12 34 56")
    assert "press the button" in scene.last()["text"]
    assert "470 12" in await scene.presses(scene.bert, "Details")


async def test_the_author_of_the_message_replied_to_is_the_recipient(scene: Scene) -> None:
    question = scene.world.say(scene.carla, scene.group, "/help")
    said = await scene.says(scene.anna, "/refer Piet Peeters, a kitchen", reply_to=question["message_id"])
    assert said[-1] == "#1 Anna → Carla\nPiet Peeters: a kitchen"


async def test_a_text_mention_names_someone_without_a_username(scene: Scene) -> None:
    dirk = scene.world.person("Dirk")
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    entity = {"type": "text_mention", "offset": 7, "length": 4, "user": dict(dirk)}
    assert await scene.says(scene.anna, "/refer Dirk Piet: a roof", entities=[entity]) == [
        "#1 Anna → Dirk\nPiet: a roof"
    ]


async def test_several_mentions_make_one_referral_each_and_one_answer(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert and @dirk Piet: a roof and a website")
    assert said == "#1 Anna → Bert\n#2 Anna → @dirk\nPiet: a roof and a website"
    assert list(buttons(scene.last())) == ["I called", "Not for me", "How warm?", "Undo #1", "Undo #2"]


async def test_the_same_person_mentioned_twice_is_one_recipient(scene: Scene) -> None:
    assert len(await scene.says(scene.anna, "/refer @bert @Bert Piet: a roof")) == 1
    assert "#2" not in scene.last()["text"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/refer", "Who is it for?"),
        ("/refer Piet Peeters: a website", "Who is it for?"),
        ("/refer @bert", "Who has the need?"),
        ("/refer @bert : a website", "Who has the need?"),
        ("/refer @bert 0470 12 34 56", "Who has the need?"),
        ("/refer @anna Piet: a website", "That is yourself"),
        ("/refer @KringBot Piet: a website", "not a person"),
        ("/refer @some_other_bot Piet: a website", "not a person"),
        ("/refer @bert " + "x" * 200, "Put a colon after the name"),
        ("/refer @bert Piet: " + "y" * 3000, "too long"),
        ("/refer " + " ".join(f"@someone{i}" for i in range(11)) + " Piet: a roof", "Name 6 people at most"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_with_the_reason(scene: Scene, text: str, reason: str) -> None:
    (said,) = await scene.says(scene.anna, text)
    assert reason in said
    assert await scene.says(scene.anna, "/refer @bert Piet: a roof") == ["#1 Anna → Bert\nPiet: a roof"]


async def test_a_refusal_shows_a_line_that_works(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer Piet")
    assert (await scene.says(scene.anna, said.splitlines()[-1]))[0].startswith("#1 Anna → Bert\nPiet Peeters:")


async def test_nothing_of_a_refused_command_is_kept(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @newcomer @anna Piet: a roof")
    async with scene.kring.workplace.look() as work:
        assert [m.username for m in await work.members.all_of(1)] == ["anna", "bert", None]


async def test_an_anonymous_admin_cannot_be_credited(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a roof", anonymous=True)
    assert "Write as yourself" in said


async def test_for_what_is_done_in_the_group_it_is_pointed_to(scene: Scene) -> None:
    (said,) = await scene.writes(scene.anna, "/undo #1")
    assert "in your club's group" in said


async def test_commands_may_be_in_capitals_and_name_the_bot(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/REFER@KringBot @BERT Piet: a roof") == ["#1 Anna → Bert\nPiet: a roof"]


async def test_names_and_needs_are_shown_as_they_were_typed_whatever_they_hold(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/refer @bert <b>Piet</b> & Co: {need} %s <script>")
    assert said == "#1 Anna → Bert\n<b>Piet</b> & Co: {need} %s <script>"


async def test_the_same_update_delivered_twice_records_once(scene: Scene) -> None:
    message = scene.world.say(scene.anna, scene.group, "/refer @bert Piet: a roof")
    scene.world.inject({"update_id": scene.world.next_update_id + 1000, "message": message})
    await scene.kring.settle()
    async with scene.kring.workplace.look() as work:
        assert (await work.figures.of_member(1)).given == 1


async def test_a_member_may_not_fill_the_ledger(scene: Scene) -> None:
    for i in range(10):
        await scene.says(scene.anna, "/refer " + " ".join(f"@someone{i}{j}" for j in range(5)) + " Piet: a roof")
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert said == "That would be more than 50 referrals in a day. The next can follow on Wednesday 11 March, 00:00."


class TestEditing:
    """An edited /refer corrects what it made, and never makes another."""

    async def test_it_corrects_the_referral_the_answer_and_the_private_message(self, scene: Scene) -> None:
        await scene.writes(scene.bert, "/start")
        await scene.says(scene.anna, "/refer @bert Piet: a websit")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Piet Peeters: a website, 0470 12 34 56")
        assert scene.texts()[-1] == ("#1 Anna → Bert\nPiet Peeters: a website\nBert has the details in private.")
        assert scene.private_texts(scene.bert)[-1].endswith("Piet Peeters: a website\n+32 470 12 34 56")
        assert len(scene.private_texts(scene.bert)) == 2

    async def test_another_recipient_takes_the_place_of_the_first(self, scene: Scene) -> None:
        await scene.writes(scene.bert, "/start")
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @dirk Piet: a roof")
        assert scene.texts()[-1] == "#1 Anna → @dirk\nPiet: a roof"
        assert scene.private_texts(scene.bert)[-1] == "Referral #1 from Anna in Kring Gent was taken back."

    async def test_a_recipient_left_out_is_taken_back(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert @dirk Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @dirk Piet: a roof")
        assert scene.texts()[-1] == "#1 Anna → Bert taken back by Anna\n#2 Anna → @dirk\nPiet: a roof"

    async def test_it_never_adds_one(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert @dirk Piet: a roof")
        assert "An edit can't add another referral" in scene.texts()[-1]
        assert scene.texts()[-2] == "#1 Anna → Bert\nPiet: a roof"

    async def test_what_it_makes_nonsense_of_stays_as_it_was(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert")
        assert scene.texts()[-1].startswith("What was recorded stays as it was.\nWho has the need?")
        assert scene.texts()[-2] == "#1 Anna → Bert\nPiet: a roof"

    async def test_a_refused_one_is_recorded_once_it_is_put_right(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer Piet: a roof")
        typed = scene.typed(scene.anna)
        await scene.edits(scene.anna, typed, "/refer @bert Piet: a roof")
        await scene.edits(scene.anna, typed, "/refer @bert Piet: a new roof")
        assert scene.texts()[-1] == "#1 Anna → Bert\nPiet: a new roof"

    async def test_after_a_day_it_changes_nothing(self, scene: Scene) -> None:
        await scene.says(scene.anna, "/refer @bert Piet: a roof")
        typed = scene.typed(scene.anna)
        await scene.at(scene.clock.now().replace(day=12))
        await scene.edits(scene.anna, typed, "/refer @bert Piet: another roof")
        assert "more than a day old" in scene.texts()[-1]
