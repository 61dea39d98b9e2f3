"""Names, contacts and needs from right to left: what stands beside them keeps its place."""

import csv
import io
from datetime import datetime

import pytest

from tests.conftest import BRUSSELS
from tests.support.files import files
from tests.support.scene import Scene, buttons

FSI, PDI = "\u2068", "\u2069"
SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)


def apart(text: str) -> str:
    return f"{FSI}{text}{PDI}"


@pytest.fixture
async def ahmad(scene: Scene) -> Scene:
    """Anna goes by أحمد and Bert by שרה; both read what the bot writes in private."""
    scene.world.rename(scene.anna, first_name="أحمد", last_name="")
    scene.world.rename(scene.bert, first_name="שרה", last_name="")
    for who in (scene.anna, scene.bert):
        await scene.writes(who, "/start")
    return scene


def every_text(scene: Scene) -> list[str]:
    """All that the bot ever sent: messages, changes, windows, captions and the labels of buttons."""
    texts = []
    for call in scene.world.log:
        texts += [str(call.params[name]) for name in ("text", "caption") if name in call.params]
    for chat in [scene.group, *(scene.world.private(who) for who in (scene.anna, scene.bert, scene.carla))]:
        for message in scene.world.messages(chat):
            texts += buttons(message)
    return texts


def balanced(text: str) -> bool:
    """Does each line end the isolates it begins, with none inside another?"""
    for line in text.split("\n"):
        depth = 0
        for char in line:
            depth += {FSI: 1, PDI: -1}.get(char, 0)
            if depth not in (0, 1):
                return False
        if depth:
            return False
    return True


async def test_the_answers_in_the_group_keep_the_number_and_the_arrow_in_place(ahmad: Scene) -> None:
    scene = ahmad
    (said,) = await scene.says(scene.anna, "/refer @carla_s Piet: a roof")
    assert said == f"#1 {apart('أحمد')} → @carla_s\nPiet: a roof"
    (said,) = await scene.says(scene.carla, "/refer @bert מרים כהן: צריכה 2 גגות, 0470 12 34 56")
    assert said == (
        f"#2 Carla → {apart('שרה')}\n{apart('מרים כהן')}: {apart('צריכה 2 גגות')}\n"
        f"{apart('שרה')} has the details in private."
    )
    told = scene.private_texts(scene.bert)[-1]
    assert told.splitlines() == [
        "Carla passes you a referral in Kring Gent: #2",
        f"{apart('מרים כהן')}: {apart('צריכה 2 גגות')}",
        "+32 470 12 34 56",
    ]
    (said,) = await scene.says(scene.bert, "/thanks @anna €100 #1")
    assert said.startswith("There is no #1")
    (said,) = await scene.says(scene.bert, "/thanks @anna €100")
    assert said.startswith(f"#3 {apart('שרה')} thanks {apart('أحمد')}: €100.00 of business. 🤝")


async def test_the_leaderboard_keeps_rank_name_and_figure_in_place(ahmad: Scene) -> None:
    scene = ahmad
    for who in (scene.anna, scene.anna, scene.bert):
        await scene.says(who, "/refer @carla_s Piet: a roof")
    await scene.says(scene.carla, "/thanks @anna")
    await scene.says(scene.carla, "/thanks @bert")
    (said,) = await scene.at(SLOT)
    assert f"1  {apart('أحمد')}  2  first time!" in said
    assert f"Thanked: {apart('שרה')} and {apart('أحمد')}." in said
    assert all(map(balanced, every_text(scene)))


async def test_every_text_ends_the_isolates_it_begins(ahmad: Scene) -> None:
    scene = ahmad
    contact = "محمد " * 18 + "🎉"
    await scene.says(scene.anna, f"/refer @bert {contact}: بيت ١٢\nسقف, 0470 12 34 56 a@b.be")
    await scene.says(scene.anna, f"/refer @bert {contact}: another roof via #1")
    await scene.says(scene.bert, "/thanks @anna شكرا 100")
    for command in ("/chain 1", "/leaderboard", "/mystats", "/value", "/undo #2", "/visitor مريم", "/met @bert قهوة"):
        await scene.says(scene.anna, command)
    for command in ("/referrals", "/board", "/mystats", "/settings سقف", "/leaderboard شهر", "/refer"):
        await scene.writes(scene.anna, command)
    await scene.writes(scene.bert, "/thanks")
    await scene.presses(scene.bert, "أحمد", scene.last(scene.world.private(scene.bert)))
    texts = every_text(scene)
    assert [text for text in texts if not balanced(text)] == []
    assert sum(FSI in text for text in texts) > 15


async def test_a_long_contact_in_the_small_window_is_cut_between_characters(scene: Scene) -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    await scene.says(scene.anna, f"/refer @bert {family * 9}: a roof, 0470 12 34 56, {'a' * 50}@{'b' * 60}.example")
    window = await scene.presses(scene.bert, "Details")
    assert len(window.encode("utf-16-le")) // 2 <= 200
    assert window.splitlines()[0].removesuffix("…").replace(family, "") == ""


async def test_controls_that_people_type_reach_nobody(scene: Scene) -> None:
    scene.world.rename(scene.anna, first_name="An\u202ena\u2067")
    group = scene.world.group("Kring \u202eטנג\u2068", scene.anna, [scene.bert])
    scene.world.add_bot(group, scene.anna)
    await scene.writes(scene.anna, "/start")
    await scene.says(scene.anna, "/refer @bert Pi\u2066et: a \u2067roof\u202d", group)
    await scene.says(scene.anna, "/met @bert at \u2067noon", group)
    await scene.says(scene.anna, "/visitor Mi\u2068a", group)
    await scene.says(scene.anna, "/leaderboard \u2067yesterday", group)
    await scene.writes(scene.anna, "/quiet")
    await scene.writes(scene.anna, "/language \u2067x")
    sent = "".join(str(call.params) for call in scene.world.log)
    assert not set(sent) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    assert all(map(balanced, every_text(scene)))


async def test_the_files_hold_the_names_as_they_are(ahmad: Scene) -> None:
    scene = ahmad
    await scene.says(scene.anna, "/refer @bert محمد: سقف")
    await scene.says(scene.anna, "/refer @petra @jo: a roof")
    await scene.writes(scene.anna, "/export")
    texts = {name: content.decode("utf-8-sig") for name, content in (await files(scene, scene.anna)).items()}
    referrals, people = (
        [list(row.values()) for row in csv.DictReader(io.StringIO(texts[name]))]
        for name in ("referrals.csv", "members.csv")
    )
    assert [row[3:10:2] for row in referrals] == [["أحمد", "שרה", "", "سقف"], ["أحمد", "'@petra", "", "a roof"]]
    assert {"أحمد", "שרה", "Carla", "'@petra"} == {row[1] for row in people}
    assert not set("".join(texts.values())) & set("\u2060\u2068\u2069")
