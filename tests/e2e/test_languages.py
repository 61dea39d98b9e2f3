"""The group is answered in the club's language, each person in their own, whatever language they type in."""

from datetime import datetime

import pytest

from bot.app import COMMANDS
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from bot.texts.vocabulary import shown_name
from tests.conftest import BRUSSELS
from tests.support.scene import Scene, buttons

OTHERS = [code for code in SPOKEN if code != "en"]
REFER = {"nl": "/doorverwijs", "fr": "/recommande", "de": "/empfehle"}


async def speak(scene: Scene, code: str) -> None:
    """From now on the club is one of this language."""
    async with scene.kring.workplace.work() as work:
        await work.clubs.configure(1, language=code)


@pytest.mark.parametrize("code", OTHERS)
async def test_the_group_is_answered_in_the_clubs_language_and_each_in_their_own(scene: Scene, code: str) -> None:
    await speak(scene, code)
    scene.world.speaks(scene.bert, "fr")
    await scene.writes(scene.bert, "/start")
    (said,) = await scene.says(scene.anna, "/refer @bert Piet Peeters: a website, 0470 12 34 56")
    lang = language(code)
    details = lang.n("{names} has the details in private.", "{names} have the details in private.", 1, names="Bert")
    assert said.splitlines() == [
        "#1 Anna → Bert",
        lang.t("{contact}: {need}", contact="Piet Peeters", need="a website"),
        details,
    ]
    assert list(buttons(scene.last()))[-1] == lang.plain("Undo")
    french = language("fr").t(
        "{giver} passes you a referral in {club}: <b>#{number}</b>", giver="Anna", club="Kring Gent", number=1
    )
    assert scene.private_texts(scene.bert)[-1].splitlines()[0] == french.replace("<b>", "").replace("</b>", "")


async def test_what_the_group_reads_of_one_person_is_in_the_groups_language_too(scene: Scene) -> None:
    await speak(scene, "nl")
    scene.world.speaks(scene.carla, "fr")
    for command, begins in (("/mystats", "Jouw cijfers in"), ("/quiet on", "Je staat"), ("/referrals", "Carla")):
        (said,) = await scene.says(scene.carla, command)
        assert said.startswith(begins)
    dutch = language("nl").plain("Open the private chat")
    assert dutch in buttons(scene.last())
    await scene.writes(scene.carla, "/start")
    assert await scene.says(scene.carla, "/mystats") == []
    assert scene.private_texts(scene.carla)[-1].startswith("Tes chiffres dans")


@pytest.mark.parametrize("code", OTHERS)
async def test_the_commands_go_by_their_local_names_in_every_club(scene: Scene, code: str) -> None:
    for number, club_code in enumerate(SPOKEN, 1):
        await speak(scene, club_code)
        (said,) = await scene.says(scene.anna, f"{REFER[code]} @bert Piet {number}: a website")
        assert said.startswith(f"#{number} Anna → Bert")


@pytest.mark.parametrize(
    ("code", "command"), [("nl", "/ranglijst maand"), ("fr", "/classement MOIS"), ("de", "/rangliste Monat")]
)
async def test_a_period_is_understood_in_the_words_of_the_language(scene: Scene, code: str, command: str) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    assert "March 2026" in (await scene.says(scene.bert, command))[0]


@pytest.mark.parametrize(
    ("code", "amount"), [("nl", "€ 1.500,50"), ("fr", "1 500,50 €"), ("de", "1.500,50 €"), ("en", "€1,500.50")]
)
async def test_money_is_written_as_the_club_writes_it(scene: Scene, code: str, amount: str) -> None:
    await speak(scene, code)
    (said,) = await scene.says(scene.bert, "/thanks @anna 1500,50")
    assert amount in said.replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_german_club_in_switzerland_reads_its_money_the_swiss_way(scene: Scene) -> None:
    async with scene.kring.workplace.work() as work:
        await work.clubs.configure(1, language="de", timezone="Europe/Zurich", currency="CHF")
    assert "CHF 1’500.50" in (await scene.says(scene.bert, "/danke @anna 1'500.50"))[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("code", "days"), [("nl", "10–15 maart"), ("fr", "10–15 mars"), ("de", "10.–15. März"), ("en", "10–15 March")]
)
async def test_the_weekly_post_names_its_days_in_the_clubs_language(scene: Scene, code: str, days: str) -> None:
    await speak(scene, code)
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    (said,) = await scene.at(datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS))
    assert days in said.splitlines()[0]


@pytest.mark.parametrize("code", OTHERS)
async def test_a_refusal_shows_an_example_that_works_in_its_language(scene: Scene, code: str) -> None:
    await speak(scene, code)
    (said,) = await scene.says(scene.anna, "/refer")
    example = said.splitlines()[-1]
    assert example.startswith(REFER[code])
    assert (await scene.says(scene.anna, example))[0].startswith("#1 Anna → Bert")


@pytest.mark.parametrize(("telegrams", "spoken"), [("nl-BE", "nl"), ("de", "de"), ("it", "en"), ("", "en")])
async def test_a_club_starts_in_the_language_of_who_brings_the_bot(scene: Scene, telegrams: str, spoken: str) -> None:
    scene.world.speaks(scene.anna, telegrams)
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.kring.settle()
    (greeting,) = scene.texts(other)
    lang = language(spoken)
    assert greeting.startswith(lang.plain("Hello! I keep the club's referrals, and once a week I post who gave them."))


@pytest.mark.parametrize("said_first", ["new_chat_members", "group_chat_created"])
async def test_so_it_does_when_telegram_tells_it_by_a_message_first(scene: Scene, said_first: str) -> None:
    scene.world.speaks(scene.anna, "fr-CH")
    other = scene.world.group("Cercle de Namur", scene.anna, [])
    other.status[scene.world.bot["id"]] = "member"
    told = {"new_chat_members": [scene.world.bot.card()], "group_chat_created": True}
    scene.world.post(other, scene.anna.sender(), {said_first: told[said_first]})
    await scene.kring.settle()
    assert (await scene.says(scene.anna, "/start", other))[0].startswith("Bonjour")


async def test_a_club_that_was_there_before_the_bot_was_asked_starts_as_the_operator_says(scene: Scene) -> None:
    other = scene.world.group("Cercle de Namur", scene.anna, [])
    other.status[scene.world.bot["id"]] = "member"
    scene.world.speaks(scene.anna, "fr")
    assert (await scene.says(scene.anna, "/start", other))[0].startswith("Hello!")


async def test_someone_chooses_their_language_and_it_is_remembered_whatever_their_telegram_speaks(scene: Scene) -> None:
    await scene.writes(scene.bert, "/language")
    assert list(buttons(scene.last(scene.world.private(scene.bert)))) == [
        "English",
        "Deutsch",
        "Français",
        "Nederlands",
    ]
    dutch = language("nl").t("From now on I write to you in English.")
    assert await scene.presses(scene.bert, "Nederlands", scene.last(scene.world.private(scene.bert))) == dutch
    assert scene.private_texts(scene.bert)[-1] == dutch
    scene.world.speaks(scene.bert, "fr")
    await scene.restart()
    (said,) = await scene.writes(scene.bert, "/help")
    assert said.splitlines()[0] == language("nl").t("What I understand here:")
    await scene.says(scene.anna, "/refer @bert Piet: a website")
    assert "Kring Gent" in scene.private_texts(scene.bert)[-1]
    assert "passes you" not in scene.private_texts(scene.bert)[-1]


@pytest.mark.parametrize(
    "typed", ["fr", "Français", "french", "FRANS", "Französisch", "fr-CH", "FR_ch", "Swiss French"]
)
async def test_a_language_is_known_by_what_anybody_calls_it(scene: Scene, typed: str) -> None:
    assert await scene.writes(scene.bert, f"/language {typed}") == [
        language("fr").t("From now on I write to you in English.")
    ]


@pytest.mark.parametrize("typed", ["Vlaams", "flamand", "Flemish", "nl-BE"])
async def test_flemish_is_dutch(scene: Scene, typed: str) -> None:
    (said,) = await scene.says(scene.anna, f"/settings language {typed}")
    assert said.startswith("Groepstaal: Nederlands")


async def test_a_language_that_is_not_spoken_is_refused_with_one_that_is(scene: Scene) -> None:
    (said,) = await scene.writes(scene.bert, "/language Klingon")
    assert said.startswith("I don't know “Klingon”.")


async def test_in_the_group_language_changes_nobodys_and_says_where_to_choose(scene: Scene) -> None:
    (said,) = await scene.says(scene.bert, "/language nl")
    assert "/language" in said
    assert "/settings language" in said
    (said,) = await scene.writes(scene.bert, "/help")
    assert said.startswith("What I understand here:")


async def test_a_forged_button_chooses_no_language_that_there_is_not(scene: Scene) -> None:
    await scene.writes(scene.bert, "/language")
    assert "button" in await scene.sends_data(scene.bert, "lang:xx", scene.last(scene.world.private(scene.bert)))


async def test_telegrams_menu_is_in_each_language_and_in_english_for_all_others(scene: Scene) -> None:
    private = ("all_private_chats", None, None)
    for code, menu in (("", "en"), *((code, code) for code in OTHERS)):
        offered = {command["command"]: command["description"] for command in scene.world.menu.get(private, code)}
        assert shown_name(menu, "refer") in offered
        refer = next(command for command in COMMANDS if command.name == "refer")
        assert offered[shown_name(menu, "refer")] == language(menu).plain(refer.summary)


async def test_the_menu_is_set_again_only_where_it_changed(scene: Scene) -> None:
    def times() -> int:
        return sum(call.method == "setMyCommands" for call in scene.world.log)

    before = times()
    await scene.restart()
    assert times() == before
    async with scene.kring.workplace.work() as work:
        await work.settled.put(f"menu:{scene.world.bot['id']}:all_group_chats:nl", "another")
    await scene.restart()
    assert times() == before + 1


@pytest.mark.parametrize("typed", ["/réglages", "/RÉGLAGES", "/paramètres", "/re\u0301glages"])
async def test_an_accent_in_a_command_does_no_harm_in_private(scene: Scene, typed: str) -> None:
    # In a group Telegram passes on commands only, and it marks nothing as one that has an accent in it.
    (said,) = await scene.writes(scene.anna, typed)
    assert said.startswith("⚙️ The settings of Kring Gent")


async def test_an_accent_in_a_command_leaves_what_follows_it_alone(scene: Scene) -> None:
    assert await scene.writes(scene.anna, "/réglages rappels 9") == [
        "Reminders: after 9 days without news (before: after 7 days without news)"
    ]
