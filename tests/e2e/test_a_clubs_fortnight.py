"""One club's fortnight from end to end, as its people would use the bot; with a restart in the middle."""

from datetime import datetime, timedelta

from tests.conftest import BRUSSELS
from tests.e2e.test_exporting import files
from tests.support.files import rows
from tests.support.scene import Scene, buttons

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)


async def test_a_clubs_fortnight(scene: Scene) -> None:
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")

    # Anna refers to Bert, and to Dirk, whom the bot has never seen.
    assert await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a new website, 0470 12 34 56") == [
        "#1 Anna → Bert\nPiet Peeters: needs a new website\nBert has the details in private."
    ]
    assert "+32 470 12 34 56" in scene.private_texts(scene.bert)[-1]
    assert await scene.says(scene.anna, "/refer @dirk Mia - a new roof") == ["#2 Anna → @dirk\nMia: a new roof"]

    # Dirk joins: what was for him is his. Emma has no username: she is mentioned by name.
    dirk, emma = scene.world.person("Dirk", username="Dirk"), scene.world.person("Emma")
    for newcomer in (dirk, emma):
        scene.world.join(scene.group, newcomer)
    await scene.kring.settle()
    assert scene.texts()[-1].startswith("Welcome, Dirk and Emma!")
    mention = {"type": "text_mention", "offset": 7, "length": 4, "user": dict(emma)}
    assert await scene.says(scene.bert, "/refer Emma, @dirk Jo, a new shop front", entities=[mention]) == [
        "#3 Bert → Emma\n#4 Bert → Dirk\nJo: a new shop front"
    ]
    # Carla answers Emma's message, and mends a slip of the pen.
    asked = scene.world.say(emma, scene.group, "/help")
    await scene.says(scene.carla, "/refer Lo: a kitchn", reply_to=asked["message_id"])
    await scene.edits(scene.carla, scene.typed(scene.carla), "/refer Lo: a kitchen")
    assert scene.texts()[-1] == "#5 Carla → Emma\nLo: a kitchen"

    # Thanks, linked by itself and not linked at all; a mistake is taken back.
    assert await scene.says(dirk, "/thanks @anna €4.500,50") == [
        "#6 Dirk thanks Anna for #2 (Mia): €4,500.50 of business. 🤝"
    ]
    typed = scene.typed(scene.carla)
    assert await scene.says(scene.anna, "/thanks for the coffee", reply_to=typed["message_id"]) == [
        "#7 Anna thanks Carla. 🤝\nfor the coffee\nWho was the customer?"
    ]
    await scene.says(scene.carla, "/refer @bert Oops: nobody")
    assert await scene.presses(scene.carla, "Undo") == "#8 is taken back."

    # The ranking has a tie; the week is posted at its slot.
    ranking = "1  Anna  2  first time!\n1  Bert  2  first time!\n3  Carla  1  first time!\n\n5 in all, 2 thanked."
    assert ranking in (await scene.says(emma, "/top"))[0]
    (post,) = await scene.at(SLOT)
    assert post.startswith(f"🏆 Referrals given, 10–15 March\n{ranking}")

    # After a restart nothing is said again, and everything is still known.
    await scene.restart()
    assert await scene.at(SLOT + timedelta(hours=1)) == []
    assert ranking in (await scene.says(emma, "/leaderboard year"))[0]

    # The board takes the records home; a member may not.
    assert await scene.says(scene.bert, "/export") == ["That is for the group's admins."]
    await scene.says(scene.anna, "/export")
    records = await files(scene, scene.anna)
    assert [(r["number"], r["recipient"], r["status"]) for r in rows(records["referrals.csv"])] == [
        ("1", "Bert", "new"),
        ("2", "Dirk", "won"),
        ("3", "Emma", "new"),
        ("4", "Dirk", "new"),
        ("5", "Emma", "new"),
        ("8", "Bert", "new"),
    ]
    assert [r["amount"] for r in rows(records["thanks.csv"])] == ["4500.50", ""]

    # The next week is compared with this one.
    await scene.says(dirk, "/refer @anna Flo: a contract")
    (post,) = await scene.at(SLOT + timedelta(days=7))
    assert "1  Dirk  1  first time!\n\n1 in all (5 the week before), 0 thanked." in post
    assert buttons(scene.last()) == {}
