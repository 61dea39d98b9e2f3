"""/settings by buttons: the group leads to the private chat, and there one message shows it all and changes itself."""

from datetime import datetime

import pytest

from bot.domain.models import Club
from bot.playground.chats import Chat
from bot.playground.people import User
from tests.conftest import BRUSSELS
from tests.support.scene import Message, Scene, buttons

BACK = "‹ All settings"
OVERVIEW = [
    "⚙️ The settings of Kring Gent",
    "",
    "Group language: English",
    "Country: Belgium",
    "Time zone: Europe/Brussels",
    "Weekly post: Monday, 09:00",
    "The next one comes on Monday 16 March, 09:00.",
    "Currency: Euro",
    "Reminders: after 7 days without news",
    "Monthly question: on the first of each month",
    "Pictures: with rankings and figures",
    "Daily limit: 50 a day (the usual)",
    "Who sees totals: everyone in the group",
    "Contact details: 12 months",
    "Names of contacts: they stay",
    "",
    "What would you like otherwise?",
]


class Desk:
    """One admin's settings, as they see and press them."""

    def __init__(self, scene: Scene, who: User) -> None:
        self._scene, self._who = scene, who
        self._chat = scene.world.private(who)

    @property
    def message(self) -> Message:
        return self._scene.last(self._chat)

    @property
    def lines(self) -> list[str]:
        return self._scene.private_texts(self._who)[-1].splitlines()

    @property
    def labels(self) -> list[str]:
        return list(buttons(self.message))

    async def press(self, *labels: str) -> str:
        """Press these one after the other; what the last one answers."""
        answer = ""
        for label in labels:
            answer = await self._scene.presses(self._who, label, self.message)
        return answer


@pytest.fixture
async def desk(scene: Scene) -> Desk:
    await scene.writes(scene.anna, "/settings")
    return Desk(scene, scene.anna)


async def club(scene: Scene) -> Club:
    async with scene.kring.workplace.look() as work:
        return await work.clubs.get(1)


def brugge(scene: Scene) -> Chat:
    """Another club of Anna's."""
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    scene.world.say(scene.anna, other, "/start")
    return other


async def follow(scene: Scene, who: User) -> list[str]:
    """`who` presses the button under the bot's last message in the group, which opens the private chat."""
    (address,) = buttons(scene.last()).values()
    assert address.startswith("https://t.me/KringBot?start=")
    return await scene.writes(who, f"/start {address.partition('=')[2]}")


async def test_the_message_shows_how_everything_is_and_a_button_for_each(desk: Desk) -> None:
    assert desk.lines == OVERVIEW
    assert desk.labels == [line.partition(":")[0] for line in OVERVIEW if ": " in line]


async def test_a_change_is_made_in_the_same_message_and_tells_what_it_was(scene: Scene, desk: Desk) -> None:
    first = desk.message["message_id"]
    await desk.press("Weekly post")
    assert desk.lines == [
        "Kring Gent",
        "Weekly post: Monday, 09:00",
        "The next one comes on Monday 16 March, 09:00.",
        "",
        "Who gave referrals that week, for all to see.",
        "Or type it, here or in the group:",
        "/settings post friday 08:30",
    ]
    assert await desk.press("Fri") == "Weekly post: Friday, 09:00"
    assert desk.lines[1:3] == [
        "Weekly post: Friday, 09:00 (before: Monday, 09:00)",
        "The next one comes on Friday 13 March, 09:00.",
    ]
    await desk.press("09:30 ›", "‹ 09:00", "17:00", BACK)
    assert "Weekly post: Friday, 17:00" in desk.lines
    assert (await club(scene)).post_time.isoformat("minutes") == "17:00"
    assert desk.message["message_id"] == first


async def test_each_setting_is_changed_by_a_press_and_what_was_chosen_is_ticked(scene: Scene, desk: Desk) -> None:
    for label in desk.labels[1:]:  # in the language of a group nothing is said here
        await desk.press(label)
        ticked = [each for each in desk.labels if each.startswith("✓")]
        assert ticked, label
        choice = next(each for each in desk.labels if each not in ticked)
        assert await desk.press(choice) in [line.partition(" (before: ")[0] for line in desk.lines]
        assert f"✓\u202f{choice}" in desk.labels
        await desk.press(BACK)
    await desk.press("Group language", "Nederlands", BACK)
    was, now = (dict(line.split(": ", 1) for line in lines if ": " in line) for lines in (OVERVIEW, desk.lines))
    assert [name for name in was if was[name] == now[name]] == []


async def test_a_post_that_is_moved_by_many_presses_comes_once_and_counts_all(scene: Scene, desk: Desk) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    for day in ("Fri", "Thu", "Wed"):
        await scene.writes(scene.anna, "/settings post")
        await desk.press(day)
    await desk.press("10:00", "11:00")
    posts = []
    for date in range(11, 26):
        posts += [(date, said) for said in await scene.at(datetime(2026, 3, date, 23, tzinfo=BRUSSELS))]
    assert [date for date, _ in posts] == [11, 18, 25]
    assert "Anna" in posts[0][1]
    assert "Anna" not in posts[1][1].splitlines()[1]


async def test_in_the_group_admins_are_led_to_the_private_chat(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/settings") == ["The settings open in private, for admins."]
    assert (await follow(scene, scene.anna))[0].splitlines() == OVERVIEW
    assert await scene.says(scene.bert, "/settings") == ["That is for the group's admins."]


async def test_an_anonymous_admin_is_led_there_too_and_known_there_even_if_they_never_spoke(scene: Scene) -> None:
    dora = scene.world.person("Dora")
    scene.world.join(scene.group, dora)
    scene.world.promote(scene.group, dora)
    await scene.kring.settle()
    assert await scene.says(dora, "/settings", anonymous=True) == ["The settings open in private, for admins."]
    assert (await follow(scene, dora))[0].splitlines() == OVERVIEW
    assert await follow(scene, scene.bert) == ["That is for the group's admins."]
    stranger = scene.world.person("Stan")
    for link in ("settings_1", "settings_2", "audit_1", "value_1"):
        assert await scene.writes(stranger, f"/start {link}") == ["That is for the group's admins."]


async def test_a_link_of_a_club_that_the_bot_left_leads_nowhere(scene: Scene) -> None:
    await scene.says(scene.anna, "/settings")
    scene.world.remove_bot(scene.group, scene.anna)
    assert await follow(scene, scene.anna) == ["That is for the group's admins."]


async def test_who_has_several_clubs_chooses_in_the_message_that_then_shows_it(scene: Scene) -> None:
    brugge(scene)
    await scene.kring.settle()
    assert await scene.writes(scene.anna, "/settings") == ["Which club's settings?"]
    desk = Desk(scene, scene.anna)
    question = desk.message["message_id"]
    await desk.press("Kring Brugge")
    assert desk.lines[0] == "⚙️ The settings of Kring Brugge"
    await desk.press("Pictures", "never")
    assert desk.message["message_id"] == question
    assert (await club(scene)).pictures  # that is Gent


async def test_who_is_demoted_loses_the_message_at_the_next_press(scene: Scene, desk: Desk) -> None:
    scene.world.promote(scene.group, scene.bert)
    await scene.writes(scene.bert, "/settings")
    his = Desk(scene, scene.bert)
    await his.press("Reminders")
    scene.world.promote(scene.group, scene.bert, admin=False)
    assert await his.press("3 days") == "That is for the group's admins."
    assert await his.press(BACK) == "That is for the group's admins."
    assert (await club(scene)).remind_days == 7


async def test_who_left_the_club_loses_it_too(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.bert)
    await scene.writes(scene.bert, "/settings")
    scene.world.leave(scene.group, scene.bert)
    await scene.kring.settle()
    assert await Desk(scene, scene.bert).press("Pictures") == "That is for members of that club."


async def test_a_button_that_was_carried_to_a_group_shows_nothing_there(scene: Scene) -> None:
    other = brugge(scene)
    await scene.says(scene.anna, "/settings")
    heard = scene.texts()
    for data in ("set:1:", "set:1:post"):
        assert await scene.sends_data(scene.anna, data) == "I don't know that button any more."
    await scene.says(scene.anna, "/help", other)
    assert "members of that club" in await scene.sends_data(scene.anna, "set:1:pictures off", scene.last(other))
    assert scene.texts() == heard
    assert (await club(scene)).pictures


async def test_what_was_typed_in_private_is_answered_with_the_way_back(scene: Scene, desk: Desk) -> None:
    (said,) = await scene.writes(scene.anna, "/settings pictures off")
    assert said == "Pictures: never (before: with rankings and figures)"
    await desk.press(BACK)
    assert desk.lines[10] == "Pictures: never"


async def test_a_message_of_before_is_not_changed_but_answered_with_a_new_one(scene: Scene, desk: Desk) -> None:
    old = desk.message
    await scene.writes(scene.anna, "/settings")
    await scene.presses(scene.anna, "Pictures", old)
    assert len(scene.private_texts(scene.anna)) == 3
    assert desk.lines[1] == "Pictures: with rankings and figures"


@pytest.mark.parametrize(("words", "gets_through"), [("limit 1", 1), ("limit off", 3), ("limit default", 2)])
async def test_the_daily_limit_is_the_clubs_own_else_the_operators(scene: Scene, words: str, gets_through: int) -> None:
    scene.settings = scene.settings.model_copy(update={"daily_limit": 2})
    await scene.restart()
    await scene.says(scene.anna, "/settings limit 7")
    await scene.says(scene.anna, f"/settings {words}")
    for command in ("/refer @anna Piet{}: a roof", "/thanks @anna {}00", "/visitor Mia{}"):
        for n in range(1, 4):
            await scene.says(scene.bert, command.format(n))
    async with scene.kring.workplace.look() as work:
        bert = await work.members.of_person(1, scene.bert.id)
        assert bert is not None
        figures = await work.figures.of_member(bert.id)
    assert (figures.given, figures.thanks_given, figures.visitors) == (gets_through,) * 3
