"""/settings, typed: what admins may set, and nobody else."""

import pytest

from bot.domain.models import Club
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from tests.support.scene import Scene, buttons


async def club(scene: Scene) -> Club:
    async with scene.kring.workplace.look() as work:
        return await work.clubs.get(1)


async def settings(scene: Scene) -> tuple[object, ...]:
    """All that can be set, as it is."""
    found = await club(scene)
    return (
        *(found.language, found.country, found.currency, found.timezone),
        *(found.post_day, found.post_time.isoformat("minutes"), found.remind_days),
        *(found.monthly_question, found.pictures, found.own_limit, found.open_totals),
    )


AS_IT_BEGAN = ("en", "BE", "EUR", "Europe/Brussels", 0, "09:00", 7, True, True, None, True)


async def test_each_line_that_is_shown_to_be_typed_works_and_tells_what_it_was_before(scene: Scene) -> None:
    await scene.writes(scene.anna, "/settings")
    private = scene.world.private(scene.anna)
    for label in list(buttons(scene.last(private))):
        await scene.presses(scene.anna, label, scene.last(private))
        line = scene.private_texts(scene.anna)[-1].splitlines()[-1]
        (said,) = await scene.writes(scene.anna, line)
        assert "(before: " in said or "as it was" in said
        await scene.writes(scene.anna, "/settings")
    assert await settings(scene) == (
        *("nl", "NL", "CHF", "Europe/Amsterdam", 4, "08:30", 7),
        *(False, False, 20, False),
    )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("language Nederlands", ["Groepstaal: Nederlands (eerst: English)"]),
        (
            "country Netherlands",
            ["Country: Netherlands (before: Belgium)", "Phone numbers without a country code: Netherlands."],
        ),
        (
            "post friday 08:30",
            ["Weekly post: Friday, 08:30 (before: Monday, 09:00)", "The next one comes on Friday 13 March, 08:30."],
        ),
        ("currency CHF", ["Currency: Swiss Franc (before: Euro)", "Amounts written down before keep their currency."]),
        ("reminders off", ["Reminders: never (before: after 7 days without news)"]),
        ("question off", ["Monthly question: never (before: on the first of each month)"]),
        ("pictures off", ["Pictures: never (before: with rankings and figures)"]),
        ("limit 20", ["Daily limit: 20 a day (before: 50 a day (the usual))"]),
        ("limit off", ["Daily limit: none (before: 50 a day (the usual))"]),
        ("totals admins", ["Who sees totals: admins only (before: everyone in the group)"]),
    ],
)
async def test_a_change_tells_how_it_is_how_it_was_and_what_follows(
    scene: Scene, typed: str, answer: list[str]
) -> None:
    (said,) = await scene.says(scene.anna, f"/settings {typed}")
    assert said.splitlines() == answer


async def test_what_was_so_already_stays(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/settings currency euro") == ["Currency: Euro, as it was"]
    assert await scene.says(scene.anna, "/settings reminders 7") == ["Reminders: after 7 days without news, as it was"]
    (said,) = await scene.says(scene.anna, "/settings country Belgium")
    assert said.startswith("Country: Belgium, as it was\n")
    assert (await club(scene)).own_country == "BE"  # and stays so when the time zone changes


@pytest.mark.parametrize("typed", ["nl", "Dutch", "néerlandais", "Niederländisch", "NEDERLANDS"])
async def test_the_group_is_answered_in_the_language_that_was_just_chosen(scene: Scene, typed: str) -> None:
    (said,) = await scene.says(scene.anna, f"/settings language {typed}")
    name = language("nl").t("Group language")
    assert said.startswith(f"{name}: Nederlands (")
    assert (await club(scene)).language == "nl"


@pytest.mark.parametrize("code", SPOKEN)
async def test_in_private_an_admin_reads_the_settings_in_their_own_language(scene: Scene, code: str) -> None:
    scene.world.speaks(scene.anna, code)
    (said,) = await scene.writes(scene.anna, "/settings language fr")
    assert said.startswith(language(code).t("Group language"))
    (said,) = await scene.writes(scene.anna, "/settings")
    title = language(code).t("⚙️ The settings of <b>{club}</b>", club="Kring Gent")
    assert said.splitlines()[0] == title.striptags()
    assert language(code).t("Monthly question") in said


@pytest.mark.parametrize(
    "typed",
    [
        "post friday 08:30",
        "post vrijdag 8u30",
        "post op vrijdag om 8u30",
        "post vendredi 8h30",
        "post le vendredi à 8h30",
        "post Freitag 8:30 Uhr",
        "post 8:30 fri",
    ],
)
async def test_the_post_is_moved_in_the_words_of_any_language(scene: Scene, typed: str) -> None:
    (said,) = await scene.says(scene.anna, f"/settings {typed}")
    assert said.startswith("Weekly post: Friday, 08:30 (before: Monday, 09:00)")


async def test_the_part_of_the_moment_that_is_not_named_stays(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/settings post fri")
    assert said.startswith("Weekly post: Friday, 09:00 (")
    (said,) = await scene.says(scene.anna, "/settings post 8:30")
    assert said.startswith("Weekly post: Friday, 08:30 (")


async def test_a_phone_number_is_one_of_the_country_that_was_set(scene: Scene) -> None:
    scene.world.say(scene.anna, scene.world.private(scene.anna), "/start")
    await scene.says(scene.bert, "/settings country Suisse")
    await scene.says(scene.anna, "/settings country Suisse")
    await scene.says(scene.bert, "/refer @anna Piet: a roof, 079 123 45 67")
    assert "+41 79 123 45 67" in scene.private_texts(scene.anna)[-1]


async def test_a_time_zone_abroad_tells_that_phone_numbers_are_read_as_there(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/settings timezone zürich")
    assert said.splitlines()[-1] == "Phone numbers without a country code: Switzerland."
    await scene.says(scene.anna, "/settings country be")
    (said,) = await scene.says(scene.anna, "/settings timezone Paris")
    assert "Phone numbers" not in said


async def test_an_amount_without_currency_is_one_of_the_clubs_new_currency_and_older_ones_keep_theirs(
    scene: Scene,
) -> None:
    await scene.says(scene.bert, "/thanks @anna 100")
    await scene.says(scene.anna, "/settings currency dollar")
    assert "US$200.00" in (await scene.says(scene.bert, "/thanks @carla 200"))[0]
    async with scene.kring.workplace.look() as work:
        amounts = [thanks.amount for thanks in await work.thanks.after(1, 0)]
    assert [amount.currency for amount in amounts if amount] == ["EUR", "USD"]


@pytest.mark.parametrize(
    ("text", "unknown", "example"),
    [
        ("language Klingon", "Klingon", "language Nederlands"),
        ("country Atlantis", "Atlantis", "country Netherlands"),
        ("post frieday 8:30", "frieday 8:30", "post friday 08:30"),
        ("timezone Gotham", "Gotham", "timezone Amsterdam"),
        ("currency BEF", "BEF", "currency CHF"),
        ("reminders 91", "91", "reminders 7"),
        ("timezone GMT+1", "GMT+1", "timezone Amsterdam"),
        ("question 7", "7", "question off"),
        ("pictures few", "few", "pictures off"),
        ("limit 1001", "1001", "limit 20"),
        ("totals nobody", "nobody", "totals admins"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_a_line_that_works_for_it(
    scene: Scene, text: str, unknown: str, example: str
) -> None:
    (said,) = await scene.says(scene.anna, f"/settings {text}")
    assert said == f"I don't know “{unknown}”. This works:\n/settings {example}"
    (said,) = await scene.says(scene.anna, f"/settings {text.split()[0]}")
    assert said.endswith(f"This works:\n/settings {example}")
    assert await settings(scene) == AS_IT_BEGAN


async def test_what_is_no_setting_leads_to_all_of_them(scene: Scene) -> None:
    assert await scene.says(scene.anna, "/settings x") == ["I don't know “x”. This works:\n/settings"]
    assert await settings(scene) == AS_IT_BEGAN


@pytest.mark.parametrize(
    ("text", "echoed"),
    [
        ("reminders  aan", "aan"),
        ("bericht vrijdag om 25u", "vrijdag om 25u"),
        ("frage ja nein", "ja nein"),
        ("fuseau horaire Paris", "horaire Paris"),
    ],
)
async def test_a_refusal_has_the_words_that_were_typed(scene: Scene, text: str, echoed: str) -> None:
    assert (await scene.says(scene.anna, f"/settings {text}"))[0].startswith(f"I don't know “{echoed}”.")
    assert await settings(scene) == AS_IT_BEGAN


@pytest.mark.parametrize(
    ("text", "on"),
    [("vraag nee", False), ("question non", False), ("Frage NEIN", False), ("frage ja", True), ("question oui", True)],
)
async def test_yes_and_no_are_on_and_off(scene: Scene, text: str, on: bool) -> None:
    await scene.says(scene.anna, f"/settings question {'off' if on else 'on'}")
    await scene.says(scene.anna, f"/settings {text}")
    assert (await club(scene)).monthly_question is on


async def test_members_are_refused(scene: Scene) -> None:
    assert await scene.says(scene.bert, "/settings reminders off") == ["That is for the group's admins."]
    for text in ("/settings", "/settings post", "/settings post fri"):
        assert await scene.writes(scene.bert, text) == ["That is for the group's admins."]
    assert "group's admins" in await scene.sends_data(scene.bert, "set:1:reminders off")
    assert await settings(scene) == AS_IT_BEGAN


async def test_an_anonymous_admin_is_known_by_the_press_on_a_button(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/settings post vendredi 8h30", anonymous=True)
    assert said.startswith("You write as the group")
    question = scene.last()
    assert "group's admins" in await scene.presses(scene.bert, "Go on", question)
    await scene.presses(scene.anna, "Go on", question)
    assert scene.texts()[-1].startswith("Weekly post: Friday, 08:30")


async def test_in_private_it_asks_which_club_when_there_are_several(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    assert await scene.writes(scene.anna, "/settings timezone Buenos Aires") == ["Which club's settings?"]
    question = scene.last(scene.world.private(scene.anna))
    assert list(buttons(question)) == ["Kring Brugge", "Kring Gent"]
    await scene.presses(scene.anna, "Kring Gent", question)
    assert (await club(scene)).timezone == "America/Argentina/Buenos_Aires"


@pytest.mark.parametrize(
    "data",
    [
        "set:1:reminders 91",
        "set:1:question 2",
        "set:1:x 1",
        "set:1:post x",
        "set:1:language xx",
        "set:1",
        "set:2:post fri",
    ],
)
async def test_forged_buttons_set_nothing(scene: Scene, data: str) -> None:
    await scene.says(scene.anna, "/settings")
    assert await scene.sends_data(scene.anna, data)
    await scene.writes(scene.anna, "/settings")
    assert await scene.sends_data(scene.anna, data, scene.last(scene.world.private(scene.anna)))
    assert await settings(scene) == AS_IT_BEGAN
