"""/audit: what was taken back, corrected and set, by whom and when; for admins, in private."""

from datetime import timedelta

import pytest

from bot.domain.club_settings import settings
from bot.domain.names import shown_length
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from tests.support.forgotten import forgets
from tests.support.scene import Scene, buttons

TITLE = "📋 What was done in Kring Gent"


async def audit(scene: Scene) -> list[str]:
    """The lines that Anna reads, without the title and the days."""
    (said,) = await scene.writes(scene.anna, "/audit")
    assert said.splitlines()[0] == TITLE
    return [line for line in said.splitlines()[1:] if line[2:3] == ":"]


async def test_it_tells_who_did_what_and_when_the_latest_first(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a roof, 0470 12 34 56")
    typed = scene.typed(scene.anna)
    scene.clock.set(scene.clock.now() + timedelta(minutes=5))
    await scene.edits(scene.anna, typed, "/refer @bert Piet Peeters: needs a new roof, 0470 12 34 57")
    scene.clock.set(scene.clock.now() + timedelta(days=1))
    await scene.says(scene.anna, "/settings post friday 08:30")
    await scene.says(scene.anna, "/undo #1")
    (said,) = await scene.writes(scene.anna, "/audit")
    assert said.splitlines() == [
        TITLE,
        "",
        "11 March 2026",
        "10:05 Anna took back #1",
        "10:05 Anna set Weekly post: Friday, 08:30 (before: Monday, 09:00)",
        "",
        "10 March 2026",
        "10:05 Anna corrected #1",
    ]


async def test_nothing_of_what_people_wrote_stands_in_it(scene: Scene, folder: object) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a roof, 0470 12 34 56")
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer @bert Mia Claes: needs a roof, mia@claes.be")
    await scene.says(scene.bert, "/visitor Jo Maes")
    await scene.presses(scene.bert, "Undo")
    await scene.says(scene.anna, "/undo")
    said = "\n".join(await audit(scene))
    for word in ("Piet", "Mia", "Jo", "roof", "0470", "claes"):
        assert word not in said
    async with scene.kring.workplace.look() as work:
        entries = await work.audit.latest(1, 50)
    assert [entry.details for entry in entries] == [{"numbers": [1]}, {"visitor": 1}, {"numbers": [1]}]


async def test_one_to_ones_and_visitors_are_told_by_their_people(scene: Scene) -> None:
    await scene.says(scene.bert, "/met @anna over coffee")
    await scene.edits(scene.bert, scene.typed(scene.bert), "/met @anna over tea")
    await scene.presses(scene.bert, "Undo", scene.last())
    await scene.says(scene.bert, "/visitor Mia Claes")
    await scene.edits(scene.bert, scene.typed(scene.bert), "/visitor Mia Maes")
    await scene.presses(scene.anna, "Undo", scene.last())
    assert [line[6:] for line in await audit(scene)] == [
        "Anna took back a visitor of Bert",
        "Bert corrected the name of a visitor of Bert",
        "Bert took back the one-to-one of Bert and Anna",
        "Bert corrected the one-to-one of Bert and Anna",
    ]


async def test_several_of_one_message_a_thanks_and_a_decline_by_an_admin(scene: Scene) -> None:
    dirk = scene.world.person("Dirk", "Maes", "dirk")
    scene.world.join(scene.group, dirk)
    await scene.says(scene.bert, "/refer @anna @dirk Piet: a roof")
    await scene.says(scene.bert, "/undo")
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.edits(scene.bert, scene.typed(scene.bert), "/thanks @anna 200")
    await scene.says(scene.bert, "/undo")
    await scene.says(scene.bert, "/refer @dirk Mia: a logo")
    await scene.sends_data(scene.anna, "step:1:4:declined")
    assert [line[6:] for line in await audit(scene)] == [
        "Anna declined #4 for its recipient",
        "Bert took back #3",
        "Bert corrected #3",
        "Bert took back #1, #2",
    ]


async def test_what_changed_nothing_and_what_was_refused_is_not_in_it(scene: Scene) -> None:
    await scene.says(scene.anna, "/settings currency EUR")
    await scene.says(scene.bert, "/settings currency CHF")
    await scene.says(scene.anna, "/undo")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.edits(scene.anna, scene.typed(scene.anna), "/refer  @bert Piet: a roof")
    (said,) = await scene.writes(scene.anna, "/audit")
    assert said.splitlines() == [TITLE, "Nothing was taken back, corrected or set yet."]


@pytest.mark.parametrize("code", SPOKEN)
async def test_it_is_in_the_readers_language_whatever_was_set(scene: Scene, code: str) -> None:
    for typed in (
        *("language nl", "country NL", "timezone Amsterdam", "post fri 08:30", "currency CHF", "reminders off"),
        *("question off", "pictures off", "limit 20", "totals admins", "contacts 6", "names off"),
    ):
        await scene.writes(scene.anna, f"/settings {typed}")
    scene.world.speaks(scene.anna, code)
    (said,) = await scene.writes(scene.anna, "/audit")
    lang = language(code)
    assert said.splitlines()[0] == lang.t("📋 What was done in <b>{club}</b>", club="Kring Gent").striptags()
    assert len([line for line in said.splitlines() if line[2:3] == ":"]) == len(settings(SPOKEN))
    for words in ("Currency", "Who sees totals", "admins only"):
        assert lang.plain(words) in said


async def test_in_the_group_it_leads_admins_to_the_private_chat(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/audit") == ["Who did what is for admins, in private."]
    (address,) = buttons(scene.last()).values()
    assert address == "https://t.me/KringBot?start=audit_1"
    assert (await scene.writes(scene.anna, "/start audit_1"))[0].startswith(TITLE)
    assert await scene.says(scene.anna, "/audit", anonymous=True) == ["Who did what is for admins, in private."]
    for who, text in ((scene.bert, "/audit"), (scene.bert, "/start audit_1")):
        assert await scene.writes(who, text) == ["That is for the group's admins."]
    assert await scene.says(scene.bert, "/audit") == ["That is for the group's admins."]


async def test_of_several_clubs_it_asks_which(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/settings limit 3", other)
    assert await scene.writes(scene.anna, "/audit") == ["Which club shall it be?"]
    private = scene.world.private(scene.anna)
    await scene.presses(scene.anna, "Kring Brugge", scene.last(private))
    assert "3 a day" in scene.private_texts(scene.anna)[-1]
    await scene.writes(scene.bert, "/start")
    his = scene.last(scene.world.private(scene.bert))
    assert await scene.sends_data(scene.bert, "audit:2", his) == "That is for members of that club."
    assert await scene.sends_data(scene.bert, "audit:1", his) == "That is for the group's admins."


async def test_a_long_list_is_within_one_message_and_says_what_it_leaves_out(scene: Scene) -> None:
    scene.world.speaks(scene.anna, "de")
    async with scene.kring.workplace.work() as work:
        anna = await work.members.of_person(1, scene.anna.id)
        assert anna is not None
        for _ in range(70):
            await work.audit.add(1, anna.id, "undone", numbers=[10**9 + each for each in range(6)])
            await work.audit.add(1, anna.id, "setting", setting="post", was="mon 09:00", now="fri 10:30")
    (said,) = await scene.writes(scene.anna, "/audit")
    shown = len([line for line in said.splitlines() if line[2:3] == ":"])
    assert shown_length(said) <= 4096
    assert 30 < shown < 50
    assert said.splitlines()[-1] == f"Für {50 - shown} frühere Einträge ist hier kein Platz."


async def test_what_nobody_of_the_club_did_the_operator_did(scene: Scene) -> None:
    async with scene.kring.workplace.work() as work:
        await work.audit.add(1, None, "undone", numbers=[7])
    assert [line[6:] for line in await audit(scene)] == ["The operator took back #7"]


async def test_it_is_read_when_somebody_is_forgotten_who_is_called_like_what_was_set(scene: Scene) -> None:
    max_ = scene.world.person("Max", "Mons", "amsterdam")
    scene.world.join(scene.group, max_)
    await scene.says(max_, "/start")
    await scene.writes(max_, "/start")
    await scene.says(scene.anna, "/settings timezone Amsterdam")
    await forgets(scene, max_)
    assert [line[6:] for line in await audit(scene)] == [
        "Someone asked to be forgotten",
        "Anna set Time zone: Europe/Amsterdam (before: Europe/Brussels)",
    ]
