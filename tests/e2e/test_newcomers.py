"""Who joins is welcomed once, is told what a referral is, and may be told whom to meet."""

from datetime import datetime, timedelta

from bot.playground.people import User
from tests.conftest import BRUSSELS
from tests.support.scene import Message, Scene, buttons

MADE_UP = "“my neighbour is looking for an architect”"


async def joins(scene: Scene, *people: User) -> list[str]:
    """These come into the group; returns what the bot then says there, and what it changes to."""
    before = len(scene.texts())
    for who in people:
        scene.world.join(scene.group, who)
    await scene.kring.settle()
    return scene.texts()[before:]


def emma(scene: Scene) -> User:
    return scene.world.person("Emma", "Claes", "emma")


async def welcomed(scene: Scene) -> User:
    """Emma, who joined after having opened the private chat with the bot."""
    who = emma(scene)
    await scene.writes(who, "/start")
    assert await joins(scene, who) == []
    return who


def last_with(scene: Scene, who: User, label: str) -> Message:
    """The last private message to this person with that button."""
    return [m for m in scene.world.messages(scene.world.private(who)) if label in buttons(m)][-1]


async def test_who_can_be_written_to_is_welcomed_in_private(scene: Scene) -> None:
    who = await welcomed(scene)
    said = scene.private_texts(who)[-1]
    assert said.startswith("Welcome to Kring Gent, Emma!")
    assert "someone you know needs something that a member is good at" in said
    assert "Not a referral: buying from a member yourself." in said
    assert MADE_UP in said
    assert "/refer @name contact: need" in said
    assert said.endswith("Shall I suggest whom to meet, in your first eight weeks?")


async def test_else_the_group_has_one_line_with_a_button_to_it(scene: Scene) -> None:
    who = emma(scene)
    (line,) = await joins(scene, who)
    assert line.startswith("Welcome, Emma!")
    assert buttons(scene.last()) == {"Tell me in private": "https://t.me/KringBot?start=welcome_1"}
    (said,) = await scene.writes(who, "/start welcome_1")
    assert said.startswith("Welcome to Kring Gent, Emma!")
    assert list(buttons(scene.last(scene.world.private(who)))) == ["Yes please", "No thanks"]


async def test_who_blocked_the_bot_is_welcomed_in_the_group_after_all(scene: Scene) -> None:
    who = emma(scene)
    await scene.writes(who, "/start")
    scene.world.private(who).status[scene.world.bot.id] = "kicked"
    assert (await joins(scene, who))[0].startswith("Welcome, Emma!")


async def test_several_who_join_at_once_share_a_line(scene: Scene) -> None:
    zoe = scene.world.person("Zoë")
    assert await joins(scene, emma(scene), zoe) == [
        "Welcome, Emma and Zoë! I write down the club's referrals. What is one, and how do you give your first? "
        "Press the button, then Start."
    ]
    await scene.at(scene.clock.now() + timedelta(hours=1))
    (line,) = await joins(scene, scene.world.person("Flo"))
    assert line.startswith("Welcome, Flo!")


async def test_many_are_not_all_named(scene: Scene) -> None:
    (line,) = await joins(scene, *(scene.world.person(f"New{n}") for n in range(12)))
    assert "New9 and 2 more!" in line


async def test_everyone_is_welcomed_once_also_where_telegram_tells_it_twice(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.world.bot)  # it is told of each change of a member now, too
    assert len(await joins(scene, emma(scene))) == 1
    scene.world.leave(scene.group, emma_in(scene))
    assert await joins(scene, emma_in(scene)) == []


def emma_in(scene: Scene) -> User:
    return next(who for who in scene.world.people.values() if who["first_name"] == "Emma")


async def test_who_was_there_before_the_bot_or_comes_back_is_not_welcomed(scene: Scene) -> None:
    scene.world.leave(scene.group, scene.bert)
    assert await joins(scene, scene.bert) == []
    silent = scene.world.person("Silent")
    other = scene.world.group("Kring Brugge", scene.anna, [silent])
    scene.world.add_bot(other, scene.anna)
    said = await scene.says(silent, "/whatis", other)
    assert len(said) == 2
    assert not any("Welcome" in text for text in said)


async def test_a_bot_is_not_welcomed(scene: Scene) -> None:
    card = {"id": 4711, "is_bot": True, "first_name": "Robo"}
    joined = scene.world.say(scene.anna, scene.group, "x") | {"new_chat_members": [card], "message_id": 999}
    del joined["text"]
    before = scene.texts()
    scene.world.inject({"update_id": scene.world.next_update_id, "message": joined})
    await scene.kring.settle()
    assert scene.texts() == before


async def test_a_pending_member_who_joins_is_new(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @emma Piet: a roof")
    assert (await joins(scene, emma(scene)))[0].startswith("Welcome, Emma!")


async def test_the_example_is_of_the_club_and_tells_no_name_and_no_contact(scene: Scene) -> None:
    for need in (
        "a new roof for the barn",
        "a website for Piet",
        "a logo like that of bert",
        "+32 470 12 34 56, family@x.example",
        "an answer to @dirk",
    ):
        await scene.says(scene.anna, f"/refer @bert Family Verhulst: {need}")
    await scene.says(scene.anna, "/refer @bert Jo Verhulst: a will for verhulst")
    (said,) = await scene.says(scene.carla, "/whatis")
    assert "From this club: “a new roof for the barn”." in said
    await scene.says(scene.anna, "/undo #1")
    assert MADE_UP in (await scene.says(scene.carla, "/whatis"))[0]


async def test_the_example_is_of_ones_own_club(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a new roof", other)
    assert MADE_UP in (await scene.writes(scene.carla, "/whatis"))[0]
    assert "a new roof" in (await scene.writes(scene.anna, "/whatis"))[0]
    assert MADE_UP in (await scene.writes(scene.world.person("Zoë"), "/whatis"))[0]
    assert "Hello!" in (await scene.writes(scene.carla, "/start welcome_2"))[0]


async def test_whom_to_meet_is_suggested_weekly_for_eight_weeks_to_who_said_yes(scene: Scene) -> None:
    for n in range(10):
        scene.world.join(scene.group, scene.world.person(f"Member{n}"))
    who = await welcomed(scene)
    assert await scene.presses(who, "Yes please", last_with(scene, who, "Yes please")) == (
        "Once a week I suggest someone to meet."
    )
    said = suggestions(scene, who)
    assert len(said) == 1
    began = scene.clock.now()
    for day in range(1, 90):
        await scene.at(began + timedelta(days=day))
        if day == 6:
            assert suggestions(scene, who) == said
    said = suggestions(scene, who)
    assert len(said) == 8
    assert len(set(said)) == 8  # never the same twice
    assert not any("Emma" in text for text in said)


def suggestions(scene: Scene, who: User) -> list[str]:
    return [text for text in scene.private_texts(who) if text.startswith("Someone to meet in Kring Gent")]


async def test_only_members_without_a_link_are_suggested(scene: Scene) -> None:
    who = await welcomed(scene)
    await scene.says(who, "/refer @anna Piet: a roof")
    await scene.says(scene.bert, "/met @emma")
    await scene.presses(who, "Yes please", last_with(scene, who, "Yes please"))
    (said,) = suggestions(scene, who)
    assert "Carla" in said
    assert said.endswith("answer a message of theirs in the group with /met.")
    await scene.at(scene.clock.now() + timedelta(days=8))
    assert len(suggestions(scene, who)) == 1  # there is nobody else


async def test_nobody_is_told_by_night(scene: Scene) -> None:
    who = await welcomed(scene)
    night = datetime(2026, 3, 10, 22, 0, tzinfo=BRUSSELS)
    await scene.at(night)
    await scene.presses(who, "Yes please", last_with(scene, who, "Yes please"))
    await scene.at(night + timedelta(hours=9))
    assert suggestions(scene, who) == []
    await scene.at(night + timedelta(hours=10))
    assert len(suggestions(scene, who)) == 1


async def test_who_says_no_or_nothing_is_told_nobody(scene: Scene) -> None:
    who = await welcomed(scene)
    await scene.at(scene.clock.now() + timedelta(days=2))
    assert suggestions(scene, who) == []
    await scene.presses(who, "No thanks", last_with(scene, who, "No thanks"))
    assert scene.private_texts(who)[-1].endswith("I suggest nobody; you will find each other.")
    await scene.at(scene.clock.now() + timedelta(days=10))
    assert suggestions(scene, who) == []


async def test_it_can_be_ended_and_ends_for_who_leaves(scene: Scene) -> None:
    who = await welcomed(scene)
    await scene.presses(who, "Yes please", last_with(scene, who, "Yes please"))
    await scene.presses(who, "No more of these", last_with(scene, who, "No more of these"))
    await scene.at(scene.clock.now() + timedelta(days=8))
    assert len(suggestions(scene, who)) == 1
    await scene.sends_data(who, "suggest:1:1", scene.last(scene.world.private(who)))
    assert len(suggestions(scene, who)) == 2
    scene.world.leave(scene.group, who)
    await scene.at(scene.clock.now() + timedelta(days=8))
    assert len(suggestions(scene, who)) == 2


async def test_after_eight_weeks_the_button_says_so(scene: Scene) -> None:
    who = await welcomed(scene)
    question = scene.last(scene.world.private(who))
    await scene.at(scene.clock.now() + timedelta(weeks=8, days=1))
    assert "first eight weeks" in await scene.presses(who, "Yes please", question)
    assert suggestions(scene, who) == []


async def test_a_newcomers_first_referral_is_celebrated(scene: Scene) -> None:
    who = await welcomed(scene)
    await scene.says(who, "/refer @anna Piet: a roof")
    async with scene.kring.workplace.look() as work:
        slot = (await work.clubs.get(1)).next_slot_at
    (post,) = await scene.at(slot)
    assert "1  Emma  1  first time!" in post
