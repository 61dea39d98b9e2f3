"""/forgetme: a person is gone from every file, and the club's figures are what they were."""

import json
from datetime import timedelta

import pytest

from bot.domain.erased import ERASED, SOMEONE
from bot.domain.models import MemberFigures
from bot.domain.periods import Period
from bot.services import circles, value
from bot.storage.work import Work
from tests.support.forgotten import WORDS, a_full_life, dora_of, forgets, kept, traces
from tests.support.scene import Scene, buttons


@pytest.mark.every_database
async def test_after_it_no_file_holds_the_name_the_number_or_the_words(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    dora = dora_of(scene)
    await a_full_life(scene, dora)
    assert set(traces(await kept(scene))) >= set(WORDS)
    assert "don't know you" in await forgets(scene, dora)
    assert traces(await kept(scene)) == []
    assert traces(caplog.text.encode()) == []


async def figures(scene: Scene) -> list[object]:
    """What the club counts, by whatever asks for it."""
    async with scene.kring.workplace.look() as work:
        club = await work.clubs.get(1)
        week = await work.figures.week(1, None, work.now)
        return [
            week.total,
            sorted(week.given.values()),
            week.thanked,
            (await circles.of_club(work, club, Period.ALL)).given,
            (await value.of_club(work, club)).shares,
            sorted([(f.given, f.received, f.thanks_given, f.met, f.visitors) for f in await all_figures(work)]),
        ]


async def all_figures(work: Work) -> list[MemberFigures]:
    return [await work.figures.of_member(member.id) for member in await work.members.all_of(1)]


async def test_the_clubs_figures_and_those_of_the_others_are_what_they_were(scene: Scene) -> None:
    dora = dora_of(scene)
    await a_full_life(scene, dora)
    before = await figures(scene)
    board = (await scene.says(scene.anna, "/leaderboard all"))[0]
    assert "Theodora" in board
    await forgets(scene, dora)
    assert await figures(scene) == before
    after = (await scene.says(scene.anna, "/leaderboard all"))[0]
    assert "Theodora" not in after
    assert "someone who left" not in after  # who is not there is not ranked
    assert [line for line in after.splitlines() if "in all" in line] == [
        line for line in board.splitlines() if "in all" in line
    ]


async def test_what_stands_in_the_group_about_them_is_changed(scene: Scene) -> None:
    dora = dora_of(scene)
    await a_full_life(scene, dora)
    await forgets(scene, dora)
    said = scene.texts()
    assert "#1 someone who left → Anna\nname erased" in said
    assert "#2 Anna → someone who left\nPiet: asked for …" in said
    assert "#3 someone who left thanks Anna for #2 (Piet): €1,500.00 of business. 🤝" in said
    assert "#5 Carla → Anna\nMia: knows … from school" in said
    assert "someone who left and Anna met one-to-one." in said
    assert "someone who left brought a visitor: name erased." in said
    stays = [text.splitlines()[0][:20] for text in said if "Theodora" in text or "Xandrine" in text]
    assert stays == ["Welcome, Theodora! I", "🏆 Referrals given, 1"]
    private = "\n".join(scene.private_texts(scene.anna))
    assert "someone who left passes you a referral in Kring Gent: #1\nname erased" in private
    assert "470" not in private


async def test_nobody_is_shown_a_gap_where_a_name_was(scene: Scene) -> None:
    dora = dora_of(scene)
    await a_full_life(scene, dora)
    await forgets(scene, dora)
    for command in ("/leaderboard all", "/mystats", "/circle all", "/value", "/referrals", "/chain #1", "/board"):
        await scene.says(scene.anna, command)
    for command in ("/audit", "/mystats", "/referrals", "/referrals #1", "/referrals #2", "/board", "/value"):
        await scene.writes(scene.anna, command)
    chats = [scene.group, *(scene.world.private(who) for who in (scene.anna, scene.bert, scene.carla))]
    assert "Someone asked to be forgotten" in str(scene.private_texts(scene.anna))
    said = json.dumps([scene.world.messages(chat) for chat in chats], ensure_ascii=False)
    assert not {SOMEONE, ERASED} & set(said)
    async with scene.kring.workplace.look() as work:
        assert await work.inbox.failures() == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "someone who left"),
        ("nl", "iemand die vertrokken is"),
        ("fr", "quelqu’un qui est parti"),
        ("de", "jemand, der gegangen ist"),
    ],
)
async def test_each_reads_it_in_their_own_language(scene: Scene, code: str, words: str) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.writes(scene.anna, f"/language {code}")
    await scene.says(scene.bert, "/refer @anna Piet: a roof")
    await scene.writes(scene.bert, "/start")
    await forgets(scene, scene.bert)
    assert words in (await scene.writes(scene.anna, "/referrals #1"))[-1]


async def test_no_button_of_its_questions_is_left(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await forgets(scene, scene.bert)
    private = scene.world.private(scene.bert)
    assert [list(buttons(message)) for message in scene.world.messages(private) if buttons(message)] == []
    assert str(scene.bert.id).encode() not in await kept(scene)


async def test_who_comes_back_is_new(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @anna Piet: a roof")
    await scene.writes(scene.bert, "/start")
    await forgets(scene, scene.bert)
    await scene.says(scene.bert, "/refer @carla_x Mia: a logo")
    async with scene.kring.workplace.look() as work:
        everyone = await work.members.all_of(1)
    assert [(m.first_name, m.user_id, m.erased) for m in everyone if m.erased or m.user_id == scene.bert.id] == [
        ("", None, True),
        ("Bert", scene.bert.id, False),
    ]
    assert "Bert  1" in (await scene.says(scene.anna, "/leaderboard"))[0].replace("first time!", "")
    typed = scene.typed(scene.bert)
    first = next(m for m in scene.world.messages(scene.group) if m.get("text", "").endswith("Piet: a roof"))
    assert typed != first
    await scene.edits(scene.bert, first, "/refer @anna Piet: a roof, 0470 12 34 56")
    assert "The contact of #1 was erased, and stays so." in scene.texts()[-1]


async def test_who_is_known_by_their_username_only_is_forgotten_too(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @dirk_maes Piet: a roof")
    dirk = scene.world.person("Dirk", "Maes", "dirk_maes")
    assert "in Kring Gent" in (await scene.writes(dirk, "/forgetme"))[0]
    await forgets(scene, dirk)
    assert scene.texts()[-1] == "#1 Anna → someone who left\nPiet: a roof"
    assert b"dirk_maes" not in (await kept(scene)).lower()
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    assert "You have received nothing" not in (await scene.says(dirk, "/mystats"))[0]
    async with scene.kring.workplace.look() as work:
        new = await work.members.of_person(1, dirk.id)
        assert new is not None
        assert (await work.figures.of_member(new.id)).received == 0


async def test_it_is_for_all_clubs_also_those_that_one_left(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.bert, "/refer @anna Piet: a roof", other)
    scene.world.leave(other, scene.bert)
    await scene.kring.settle()
    said = (await scene.writes(scene.bert, "/forgetme"))[0]
    assert "Kring Gent and Kring Brugge" in said
    await forgets(scene, scene.bert)
    assert "#1 someone who left → Anna\nname erased" in scene.texts(other)
    async with scene.kring.workplace.look() as work:
        assert [m.erased for club in (1, 2) for m in await work.members.all_of(club)].count(True) == 2


async def test_a_stranger_may_ask_too(scene: Scene) -> None:
    stranger = scene.world.person("Zoltan", "Nagy")
    assert (await scene.writes(stranger, "/forgetme"))[0].startswith("I can forget you.\n")
    await forgets(scene, stranger)
    assert b"Zoltan" not in await kept(scene)


async def test_an_admin_who_forgets_themself_is_an_admin_still(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.writes(scene.anna, "/start")
    await forgets(scene, scene.anna)
    assert "someone who left" in scene.texts()[-1]
    assert "The settings of" in (await scene.says(scene.anna, "/settings"))[0] or scene.private_texts(scene.anna)


async def test_a_form_that_others_fill_in_for_them_finds_nobody(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.writes(scene.anna, "/refer @bert Piet: a roof")
    private = scene.world.private(scene.anna)
    await forgets(scene, scene.bert)
    assert "not sure whom you mean" in await scene.presses(scene.anna, "Record it", scene.last(private))


async def test_pressed_twice_carried_elsewhere_or_long_after_it_does_no_harm(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @anna Piet: a roof")
    await scene.writes(scene.bert, "/forgetme")
    private = scene.world.private(scene.bert)
    await scene.presses(scene.bert, "Forget me", scene.last(private))
    question = scene.last(private)
    data = buttons(question)["Yes, forget me for good"]
    # In the group, where such a button never stands, it is refused to everybody.
    assert "members of that club" in await scene.sends_data(scene.carla, data, scene.last())
    assert "members of that club" in await scene.sends_data(scene.bert, data, scene.last())
    scene.clock.forward(timedelta(hours=2))
    assert "That question is old" in await scene.sends_data(scene.bert, data, question)
    assert "#1 Bert → Anna" in scene.texts()[-1]
    await scene.presses(scene.bert, "Keep everything", question)
    assert scene.last(private)["text"] == "All stays as it is."
    await scene.writes(scene.bert, "/forgetme")
    await scene.presses(scene.bert, "Forget me", scene.last(private))
    question = scene.last(private)
    data = buttons(question)["Yes, forget me for good"]
    for _ in range(2):  # the second time by an app that shows it still
        await scene.sends_data(scene.bert, data, question)
    assert scene.private_texts(scene.bert)[-2:] == [scene.private_texts(scene.bert)[-1]] * 2
    async with scene.kring.workplace.look() as work:
        assert await work.members.person(scene.bert.id) is None
        assert await work.inbox.failures() == []


async def test_a_group_that_becomes_a_supergroup_after_it_keeps_them_nameless(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.bert, "/refer @anna Piet: a roof", basic)
    await scene.writes(scene.bert, "/start")
    await forgets(scene, scene.bert)
    grown = scene.world.upgrade(basic)
    await scene.kring.settle()
    assert "1 in all" in (await scene.says(scene.anna, "/leaderboard", grown))[0]
    async with scene.kring.workplace.look() as work:
        assert [m.erased for m in await work.members.all_of(2)].count(True) == 1


async def test_what_waits_to_be_said_says_no_name_any_more(scene: Scene) -> None:
    dora = dora_of(scene)
    await scene.writes(dora, "/start")
    await scene.writes(dora, "/forgetme")
    private = scene.world.private(dora)
    await scene.presses(dora, "Forget me", scene.last(private))
    scene.world.faults.add(kind="error", code=429, retry_after=30, chat_id=scene.group.id, times=1)
    await scene.says(dora, "/refer @anna Xandrine Quibus: a zeppelin")
    await scene.says(dora, "/leaderboard")
    await scene.presses(dora, "Yes, forget me for good", scene.last(private))
    scene.clock.forward(timedelta(minutes=1))
    await scene.kring.settle()
    assert "Xandrine" not in str(scene.texts())
    assert [text[:18] for text in scene.texts() if "Theodora" in text] == ["Welcome, Theodora!"]
    assert traces(await kept(scene)) == []
