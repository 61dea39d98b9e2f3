"""What is said about one's data, and about what was erased, is in the language of whoever reads it."""

from tests.e2e import test_who_reads_which_language as reading
from tests.e2e.test_who_reads_which_language import Club
from tests.support.scene import Scene

_marked, club = reading._marked, reading.club


async def test_where_people_ask_what_is_kept(club: Club, scene: Scene) -> None:
    for who in (scene.anna, scene.bert, scene.carla):
        for command in ("/privacy", "/mydata", "/forgetme"):
            await club.says(who, command)
            if who is not scene.carla:
                await club.writes(who, command)


async def test_where_a_contact_is_erased(club: Club, scene: Scene) -> None:
    await club.says(scene.anna, "/refer @bert Piet Peeters: a website, 0470 12 34 56")
    await club.says(scene.bert, "/thanks @anna 500 Piet is glad")
    await club.says(scene.bert, "/forget contact #1")
    await club.says(scene.anna, "/forget contact #1", anonymous=True)
    await club.taps(scene.bert, "contact:1:1")
    await club.taps(scene.anna, "contact:1:1")
    await club.taps(scene.anna, "undo:1:1")
    await club.writes(scene.anna, "/audit")
    await club.writes(scene.anna, "/referrals #1")
    await club.says(scene.anna, "/forget contact #1")


async def test_where_somebody_is_forgotten(club: Club, scene: Scene) -> None:
    await club.says(scene.bert, "/refer @anna Piet Peeters: a website, 0470 12 34 56")
    await club.says(scene.anna, "/refer @bert Mia: a logo")
    await club.says(scene.anna, "/thanks @bert 500")
    await club.says(scene.bert, "/met @anna over coffee")
    await club.says(scene.bert, "/visitor Jan")
    await club.writes(scene.bert, "/forgetme")
    await club.taps(scene.bert, "forgetme:ask", private=True)
    await club.taps(scene.bert, "forgetme:no", private=True)
    await club.writes(scene.bert, "/forgetme")
    await club.taps(scene.bert, "forgetme:ask", private=True)
    await club.taps(scene.bert, "forgetme:yes", private=True)
    for command in ("/referrals #1", "/referrals #2", "/mystats", "/audit", "/board"):
        await club.writes(scene.anna, command)
    await club.says(scene.carla, "/chain #1")
