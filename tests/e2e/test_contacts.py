"""The contacts of referrals: erased after a time, or at once by an admin."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.forgotten import kept
from tests.support.scene import Scene, buttons


async def details(scene: Scene) -> list[tuple[str, str, str, str]]:
    """Contact, phone, email and need of each referral."""
    async with scene.kring.workplace.look() as work:
        rows = [row async for rows in work.lists.referrals(1, None, scene.clock.now() + timedelta(1)) for row in rows]
    return [(row.contact, row.phone, row.email, row.need) for row in rows]


async def wants(scene: Scene, **values: Any) -> None:
    async with scene.kring.workplace.work() as work:
        await work.clubs.configure(1, **values)


async def months_go_by(scene: Scene, months: int) -> None:
    """So many months pass, and a little."""
    scene.clock.forward(timedelta(days=31 * months))
    await scene.kring.settle()


@pytest.mark.every_database
async def test_phone_and_address_go_a_year_after_the_last_thing_that_happened(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56, piet@roofs.be")
    await scene.says(scene.anna, "/refer @bert Mia Claes: a logo, 0470 65 43 21")
    await months_go_by(scene, 6)
    await scene.says(scene.bert, "/thanks @anna #2")
    await months_go_by(scene, 6)
    assert await details(scene) == [("Piet Peeters", "", "", "a roof"), ("Mia Claes", "+32 470 65 43 21", "", "a logo")]
    held = await kept(scene)
    assert b"470 12 34 56" not in held
    assert b"piet@roofs.be" not in held
    assert b"470 65 43 21" in held
    await months_go_by(scene, 7)
    assert [row[1] for row in await details(scene)] == ["", ""]


@pytest.mark.every_database
async def test_a_club_may_have_them_erased_sooner_and_the_names_with_them(scene: Scene) -> None:
    await wants(scene, contact_months=1, keep_names=False)
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof for Peeters, 0470 12 34 56")
    await scene.says(scene.anna, "/refer @bert Mia Claes: a logo")
    await scene.says(scene.bert, "/thanks @anna #2 Mia is glad")
    await scene.says(scene.anna, "/visitor Ignatius Loyola")
    await months_go_by(scene, 2)
    assert await details(scene) == [("", "", "", ""), ("", "", "", "a logo")]
    held = await kept(scene)
    assert [name for name in (b"Peeters: ", b"Claes", b"Mia", b"Loyola", b"470 12") if name in held] == []
    assert "#1 Anna → Bert" in (await scene.says(scene.anna, "/chain #1"))[0].replace("<b>", "")


async def test_a_club_that_changes_its_mind_has_the_older_names_erased_too(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56")
    await months_go_by(scene, 13)
    assert [row[0] for row in await details(scene)] == ["Piet Peeters"]
    await wants(scene, keep_names=False)
    await scene.kring.settle()
    assert [row[0] for row in await details(scene)] == [""]


async def test_an_admin_sets_both_and_reads_what_follows(scene: Scene) -> None:
    said = (await scene.says(scene.anna, "/settings contacts 6 months"))[0]
    assert said.splitlines() == [
        "Contact details: 6 months (before: 12 months)",
        "Those that are older go within a minute, for good.",
    ]
    assert "erased with the details (before: they stay)" in (await scene.says(scene.anna, "/settings names off"))[0]
    assert "I don't know “0”" in (await scene.says(scene.anna, "/settings contacts 0"))[0]


async def months_kept(scene: Scene) -> int:
    async with scene.kring.workplace.look() as work:
        return (await work.clubs.get(1)).contact_months


async def old_referrals(scene: Scene) -> None:
    """Two with three contact details, five months old, and a visitor; one of today."""
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56, piet@roofs.be")
    await scene.says(scene.anna, "/refer @bert Mia Claes: a logo, 0470 65 43 21")
    await scene.says(scene.anna, "/refer @bert Jo Maes: a car")
    await scene.says(scene.anna, "/visitor Ignatius Loyola")
    await months_go_by(scene, 5)
    await scene.says(scene.anna, "/refer @bert Ria Smet: a cake, 0470 22 22 22")


THREE = ["+32 470 12 34 56", "+32 470 65 43 21", "", "+32 470 22 22 22"]
WOULD_GO = "Then this goes within a minute: 3 contact details of 2 referrals. Nobody can bring it back."


@pytest.mark.every_database
async def test_a_shorter_time_is_asked_about_before_anything_goes(scene: Scene) -> None:
    await old_referrals(scene)
    (said,) = await scene.says(scene.anna, "/settings contacts 1")
    assert said.splitlines() == ["Contact details: 1 month?", WOULD_GO]
    assert list(buttons(scene.last())) == ["Erase for good", "Leave it as it is"]
    scene.clock.forward(timedelta(minutes=2))
    await scene.kring.settle()
    assert [row[1] for row in await details(scene)] == THREE
    assert "group's admins" in await scene.presses(scene.bert, "Erase for good")
    assert "group's admins" in await scene.presses(scene.bert, "Leave it as it is")
    await scene.presses(scene.anna, "Erase for good")
    assert scene.texts()[-1].splitlines()[0] == "Contact details: 1 month (before: 12 months)"
    assert buttons(scene.last()) == {}
    scene.clock.forward(timedelta(minutes=2))
    await scene.kring.settle()
    assert [row[1] for row in await details(scene)] == ["", "", "", "+32 470 22 22 22"]


async def test_who_would_rather_not_leaves_it_as_it_is(scene: Scene) -> None:
    await old_referrals(scene)
    await scene.says(scene.anna, "/settings contacts 1")
    await scene.presses(scene.anna, "Leave it as it is")
    assert scene.texts()[-1] == "All stays as it is."
    assert buttons(scene.last()) == {}
    assert await months_kept(scene) == 12


async def test_the_buttons_of_the_settings_ask_too_in_their_own_message(scene: Scene) -> None:
    await old_referrals(scene)
    private = scene.world.private(scene.anna)
    await scene.writes(scene.anna, "/settings")
    for label in ("Contact details", "3 months"):
        await scene.presses(scene.anna, label, scene.last(private))
    assert scene.private_texts(scene.anna)[-1].splitlines() == ["Contact details: 3 months?", WOULD_GO]
    await scene.presses(scene.anna, "Leave it as it is", scene.last(private))
    assert scene.private_texts(scene.anna) == ["All stays as it is."]
    for label in ("‹ All settings", "Contact details", "3 months"):
        await scene.presses(scene.anna, label, scene.last(private))
    assert "3 months" in await scene.presses(scene.anna, "Erase for good", scene.last(private))
    assert await months_kept(scene) == 3
    assert len(scene.private_texts(scene.anna)) == 1


async def test_an_old_yes_is_none_once_something_changed(scene: Scene) -> None:
    await old_referrals(scene)
    await scene.says(scene.anna, "/settings contacts 1")
    question = scene.last()
    await scene.says(scene.bert, "/thanks @anna #2")
    assert "Something changed" in await scene.presses(scene.anna, "Erase for good", question)
    assert "2 contact details of 1 referral." in scene.texts()[-2]  # in its place
    assert await months_kept(scene) == 12
    yes = buttons(question)["Erase for good"]
    await scene.says(scene.anna, "/settings contacts 24")
    assert "Something changed" in await scene.sends_data(scene.anna, yes, question)
    for forged in ("lose:1:00000000:contacts 1", "lose:1:x:contacts 1"):
        assert "Something changed" in await scene.sends_data(scene.anna, forged, question)
    for forged in ("lose:1:x", "lose:1:x:", "lose:1:x:contacts", "lose:1:x:post x"):
        assert await scene.sends_data(scene.anna, forged, question) == "I don't know that button any more."
    assert await months_kept(scene) == 24


async def test_nothing_is_asked_where_nothing_would_go(scene: Scene) -> None:
    await old_referrals(scene)
    for text, said in (("6", "6 months (before: 12"), ("24", "24 months (before: 6"), ("12", "12 months (before: 24")):
        assert said in (await scene.says(scene.anna, f"/settings contacts {text}"))[0]


@pytest.mark.every_database
async def test_names_that_would_go_are_asked_about_too(scene: Scene) -> None:
    await scene.says(scene.anna, "/settings contacts 3")
    await old_referrals(scene)
    (said,) = await scene.says(scene.anna, "/settings names off")
    assert said.splitlines() == [
        "Names of contacts: erased with the details?",
        "Then this goes within a minute: 3 contacts' names and 1 visitor's name. Nobody can bring it back.",
    ]
    await scene.presses(scene.anna, "Erase for good")
    scene.clock.forward(timedelta(minutes=2))
    await scene.kring.settle()
    assert [row[0] for row in await details(scene)] == ["", "", "", "Ria Smet"]


async def test_it_is_done_in_small_parts_and_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.contacts.AT_ONCE", 2)
    for number in range(5):
        await scene.says(scene.anna, f"/refer @bert Piet {number}: a roof, 0470 12 34 5{number}")
    scene.clock.forward(timedelta(days=400))
    async with scene.kring.workplace.work() as work:
        due = await work.contacts.due(work.now, 2)
        assert list(map(len, due.values())) == [2]
    await scene.kring.settle()
    assert {row[1] for row in await details(scene)} == {""}
    async with scene.kring.workplace.work() as work:
        assert await work.contacts.due(work.now, 2) == {}


async def test_an_admin_erases_one_at_once(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert Piet Peeters: calls himself Piet, 0470 12 34 56")
    await scene.says(scene.bert, "/thanks @anna #1 for Piet")
    (question,) = await scene.says(scene.anna, "/forget contact #1")
    assert question.startswith("Erase the contact of #1?")
    await scene.presses(scene.anna, "Erase for good")
    assert await details(scene) == [("", "", "", "")]
    assert "#1 Anna → Bert\nname erased" in scene.texts()[-3]
    assert scene.texts()[-2].startswith("#2 Bert thanks Anna for #1 (name erased).")
    assert scene.texts()[-1].startswith("Anna erased the contact of #1.")
    assert "470" not in str(scene.private_texts(scene.bert))
    await scene.writes(scene.anna, "/audit")
    assert "Anna erased the contact of #1" in scene.private_texts(scene.anna)[-1]
    held = await kept(scene)
    assert [trace for trace in (b"Piet", b"470 12 34") if trace in held] == []


async def test_an_admin_may_think_better_of_it(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a roof, 0470 12 34 56")
    await scene.says(scene.anna, "/forget contact #1")
    assert "group's admins" in await scene.presses(scene.bert, "Leave it as it is")
    await scene.presses(scene.anna, "Leave it as it is")
    assert scene.texts()[-1] == "All stays as it is."
    assert buttons(scene.last()) == {}
    assert [row[0] for row in await details(scene)] == ["Piet Peeters"]


@pytest.mark.parametrize("typed", ["/forget #1", "/forget contact 1", "/FORGET Kontakt #1", "/vergeet contact #1"])
async def test_it_is_understood_as_people_type_it(scene: Scene, typed: str) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert (await scene.says(scene.anna, typed))[0].startswith("Erase the contact of #1?")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/forget contact #9", "There is no #9"),
        ("/forget contact", "Which one? Give its number:"),
        ("/forget", "Which one? Give its number:"),
        ("/forget bert", "I don't know “bert”"),
    ],
)
async def test_what_cannot_be_erased_is_told(scene: Scene, typed: str, said: str) -> None:
    assert said in (await scene.says(scene.anna, typed))[0]


async def test_only_an_admin_of_this_group_may(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof, 0470 12 34 56")
    assert "group's admins" in (await scene.says(scene.bert, "/forget contact #1"))[0]
    await scene.says(scene.anna, "/forget contact #1")
    assert "group's admins" in await scene.presses(scene.bert, "Erase for good")
    data = buttons(scene.last())["Erase for good"]
    other = scene.world.group("Kring Brugge", scene.bert, [scene.anna])
    scene.world.add_bot(other, scene.bert)
    await scene.says(scene.bert, "/refer @anna Mia: a logo", other)
    assert "members of that club" in await scene.sends_data(scene.bert, data, scene.last(other))
    assert [row[1] for row in await details(scene)] == ["+32 470 12 34 56"]
    await scene.presses(scene.anna, "Erase for good")
    assert "erased, and stays so" in await scene.sends_data(scene.anna, data)


async def test_an_edit_brings_no_erased_contact_back(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    typed = scene.typed(scene.anna)
    await scene.says(scene.anna, "/forget contact #1")
    await scene.presses(scene.anna, "Erase for good")
    await scene.edits(scene.anna, typed, "/refer @bert Piet: a roof, 0470 12 34 56")
    assert "erased, and stays so" in scene.texts()[-1]
    assert await details(scene) == [("", "", "", "a roof")]


async def test_a_note_keeps_no_contact_details(scene: Scene) -> None:
    await scene.says(scene.bert, "/thanks @anna €20 call Piet on 0470 12 34 56")
    await scene.says(scene.bert, "/met @anna mail bert@roofs.be")
    held = await kept(scene)
    assert b"470 12 34 56" not in held
    assert b"bert@roofs.be" not in held
