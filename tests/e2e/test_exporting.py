"""/export: the three files of the contract, to an admin in private."""

import pytest

from bot.playground.people import User
from tests.support.files import files as sent
from tests.support.files import rows
from tests.support.scene import Scene, buttons

pytestmark = pytest.mark.every_database

HEADERS = {
    "referrals.csv": (
        "number,given_at,giver_id,giver,recipient_id,recipient,contact,phone,email,need,kind,status,undone_at,"
        "status_at,history,warmth,agreed,via_number"
    ),
    "thanks.csv": "number,given_at,from_id,from,to_id,to,amount,currency,degree,referral_number,note,undone_at",
    "members.csv": (
        "member_id,name,username,joined_at,left_at,given,received,thanks_given,thanks_received,one_to_ones,visitors,"
        "first_name,last_name"
    ),
}


async def files(scene: Scene, who: User) -> dict[str, str]:
    """The CSV files that the bot sent to this person in private, by name."""
    return {name: content.decode("utf-8") for name, content in (await sent(scene, who)).items()}


async def test_direct_business_is_marked_in_the_files_and_its_thanks_are_of_the_first_degree(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert me: a website #inside")
    await scene.says(scene.bert, "/thanks @anna 500")
    await scene.says(scene.anna, "/export")
    texts = await files(scene, scene.anna)
    (referral,), (thanks,) = rows(texts["referrals.csv"]), rows(texts["thanks.csv"])
    assert (referral["kind"], referral["status"], referral["need"]) == ("inside", "won", "a website")
    assert (thanks["degree"], thanks["referral_number"]) == ("1", "1")
    assert {row["name"]: row["given"] for row in rows(texts["members.csv"])}["Anna"] == "0"


async def test_an_admin_gets_the_three_files_in_private_and_the_group_one_line(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, '/refer @bert Piet, Jr.: a "big" website, 0470 12 34 56, p@x.example')
    await scene.says(scene.anna, "/refer @dirk Mia: a logo")
    await scene.says(scene.bert, "/thanks @anna 1500,50 great")
    await scene.says(scene.anna, "/undo #2")
    assert await scene.says(scene.anna, "/export") == ["The export goes to Anna in private."]
    texts = await files(scene, scene.anna)
    assert {name: text.splitlines()[0] for name, text in texts.items()} == {
        name: "\ufeff" + header for name, header in HEADERS.items()
    }
    assert all(text.count("\r\n") == text.count("\n") for text in texts.values())
    first, second = rows(texts["referrals.csv"])
    assert first.pop("history") == f"{first['status_at']} thanks won by Bert"
    assert first.pop("status_at").startswith("2026-03-10T10:00:")
    assert first.pop("given_at").startswith("2026-03-10T10:00:")
    assert first == {
        "number": "1",
        "giver_id": str(scene.anna.id),
        "giver": "Anna",
        "recipient_id": str(scene.bert.id),
        "recipient": "Bert",
        "contact": "Piet, Jr.",
        "phone": "'+32 470 12 34 56",
        "email": "p@x.example",
        "need": 'a "big" website',
        "kind": "outside",
        "status": "won",
        "undone_at": "",
        "warmth": "",
        "agreed": "",
        "via_number": "",
    }
    assert (second["recipient_id"], second["recipient"], second["status"]) == ("", "'@dirk", "new")
    assert second["undone_at"].startswith("2026-03-10T10:00:")
    (thanks,) = rows(texts["thanks.csv"])
    assert (thanks["amount"], thanks["currency"], thanks["degree"]) == ("1500.50", "EUR", "2")
    assert (thanks["from"], thanks["to"], thanks["referral_number"], thanks["note"]) == ("Bert", "Anna", "1", "great")
    members = {row["name"]: row for row in rows(texts["members.csv"])}
    assert (members["Anna"]["given"], members["Anna"]["thanks_received"]) == ("1", "1")
    assert (members["Bert"]["received"], members["Carla"]["given"]) == ("1", "0")
    assert (members["Anna"]["first_name"], members["Anna"]["last_name"]) == ("Anna", "Peeters")
    dirk = members["'@dirk"]
    assert (dirk["member_id"], dirk["username"], dirk["first_name"], dirk["last_name"]) == ("", "dirk", "", "")


async def test_cells_that_a_spreadsheet_would_run_are_defused(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert =HYPERLINK(A1): @SUM(A1)")
    await scene.says(scene.anna, "/export csv")
    (row,) = rows((await files(scene, scene.anna))["referrals.csv"])
    assert row["contact"].startswith("'=HYPERLINK")
    assert row["need"] == "'@SUM(A1)"


async def test_anyone_else_is_refused(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    assert await scene.says(scene.bert, "/export") == ["That is for the group's admins."]
    assert await scene.writes(scene.bert, "/export") == ["That is for the group's admins."]
    assert await files(scene, scene.bert) == {}


async def test_who_is_no_admin_any_more_is_refused(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    scene.world.promote(scene.group, scene.bert)
    await scene.writes(scene.bert, "/start")
    assert "in private" in (await scene.says(scene.bert, "/export"))[0]
    scene.world.promote(scene.group, scene.bert, admin=False)
    assert await scene.says(scene.bert, "/export") == ["That is for the group's admins."]


async def test_an_admin_who_never_started_the_bot_is_shown_the_way(scene: Scene) -> None:
    (said,) = await scene.says(scene.anna, "/export")
    assert said.startswith("Anna, I cannot write to you in private yet.")
    assert buttons(scene.last()) == {"Open the private chat": "https://t.me/KringBot?start=hello"}


async def test_in_private_it_asks_which_club_when_there_are_several(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    assert await scene.writes(scene.anna, "/export year") == ["Which club's export shall it be?"]
    question = scene.last(scene.world.private(scene.anna))
    assert list(buttons(question)) == ["Kring Brugge", "Kring Gent"]
    await scene.presses(scene.anna, "Kring Brugge", question)
    assert [row["name"] for row in rows((await files(scene, scene.anna))["members.csv"])] == ["Anna"]


async def test_more_clubs_than_telegram_takes_buttons_are_told_of(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.desk.MOST_CLUBS", 1)
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/help", other)
    more = "There is no room for 1 more: send the command in that club's group."
    for command in ("/export", "/settings", "/board", "/audit"):
        (said,) = await scene.writes(scene.anna, command)
        assert said.splitlines()[1:] == [more]
        assert list(buttons(scene.last(scene.world.private(scene.anna)))) == ["Kring Brugge"]


async def test_an_anonymous_admin_is_known_by_the_press_on_a_button(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    (said,) = await scene.says(scene.anna, "/export", anonymous=True)
    assert said.startswith("You write as the group")
    question = scene.last()
    assert "for the group's admins" in await scene.presses(scene.bert, "Export", question)
    await scene.presses(scene.anna, "Export", question)
    assert set(await files(scene, scene.anna)) == set(HEADERS)


async def test_a_period_narrows_it(scene: Scene) -> None:
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    await scene.at(scene.clock.now().replace(month=4, day=2))
    await scene.says(scene.anna, "/refer @bert Mia: a roof")
    await scene.says(scene.anna, "/export csv month")
    assert [row["contact"] for row in rows((await files(scene, scene.anna))["referrals.csv"])] == ["Mia"]


async def test_what_is_no_file_or_no_period_is_refused_with_what_there_is(scene: Scene) -> None:
    for typed, word in (("pdf", "pdf"), ("xslx march", "xslx"), ("q3 CVS", "CVS"), ("xlsx json", "xlsx json")):
        (said,) = await scene.writes(scene.anna, f"/export {typed}")
        assert said.splitlines() == [
            f"I make files as csv, xlsx or json, not as “{word}”. This works:",
            "/export xlsx q3",
        ]
    assert "“decade” is no period I know" in (await scene.writes(scene.anna, "/export csv decade"))[0]
    (said,) = await scene.writes(scene.anna, "/export json 2099")
    assert said.startswith("“2099” is still to come, so there is nothing to show yet.")
    assert await files(scene, scene.anna) == {}
