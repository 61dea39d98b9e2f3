"""A list of names pings nobody and links nowhere, whatever people call themselves."""

from datetime import datetime

import pytest

from tests.conftest import BRUSSELS
from tests.support.scene import Message, Scene

SLOT = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
HOSTILE = (
    "@bert",
    "x @bert y",
    "@everyone",
    "/undo",
    "#tag",
    "t.me/x",
    "https://evil.example",
    "tg://resolve?domain=x",
)


def found_in(message: Message) -> list[tuple[str, str]]:
    """What Telegram makes of the text by itself, outside of what is to be copied."""
    units = (message.get("text") or message["caption"]).encode("utf-16-le")
    return [
        (entity["type"], units[2 * entity["offset"] :][: 2 * entity["length"]].decode("utf-16-le"))
        for entity in message.get("entities") or message.get("caption_entities") or []
        if entity["type"] not in ("bold", "code", "strikethrough", "italic")
    ]


def seen(text: str) -> str:
    return text.replace("\u2060", "")


async def call(scene: Scene, name: str) -> None:
    scene.world.rename(scene.anna, first_name=name, last_name="")
    await scene.says(scene.anna, "/help")


@pytest.mark.parametrize("name", HOSTILE)
async def test_the_leaderboard_and_the_weekly_post_link_nothing(scene: Scene, name: str) -> None:
    await call(scene, name)
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert found_in(scene.last()) == []
    await scene.says(scene.bert, "/thanks @anna 100")
    assert found_in(scene.last()) == []
    (said,) = await scene.says(scene.bert, "/leaderboard")
    assert f"1  {name}  1" in seen(said)
    assert found_in(scene.last()) == []
    (said,) = await scene.at(SLOT)
    assert f"Thanked: {name}." in seen(said)
    assert found_in(scene.last()) == []


@pytest.mark.parametrize("name", ["@petra_v", "/undo"])
async def test_a_chain_does_not(scene: Scene, name: str) -> None:
    await call(scene, name)
    await scene.says(scene.anna, "/refer @bert @petra: a roof")
    await scene.says(scene.bert, "/refer @petra @carla_s: a wall via #1")
    (said,) = await scene.says(scene.carla, "/chain 1")
    assert seen(said).splitlines()[1:] == [f"#1 {name} → Bert: @petra", "└ #2 Bert → @petra: @carla_s"]
    assert found_in(scene.last()) == []


async def test_nor_do_the_lists_in_private(scene: Scene) -> None:
    await scene.writes(scene.bert, "/start")
    await scene.writes(scene.anna, "/start")
    await call(scene, "@petra_v")
    await scene.says(scene.anna, "/refer @bert @petra Piet: a roof")
    await scene.at(datetime(2026, 4, 20, 9, 0, tzinfo=BRUSSELS))
    for who, command, wanted in (
        (scene.anna, "/board", "#1 @petra_v → Bert, 40 days"),
        (scene.bert, "/referrals", "#1 Piet (@petra_v): new"),
        (scene.anna, "/referrals", "#2 Piet (@petra): new"),
    ):
        (said,) = await scene.writes(who, command)
        assert wanted in seen(said)
        assert found_in(scene.last(scene.world.private(who))) == []


async def test_who_is_new_under_such_a_name_is_welcomed_without_a_ping(scene: Scene) -> None:
    scene.world.join(scene.group, scene.world.person("@bert"))
    await scene.kring.settle()
    assert "@bert" in seen(scene.last()["text"])
    assert found_in(scene.last()) == []


async def test_only_the_answer_to_a_referral_mentions_who_is_known_by_username_alone(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @petra Piet: a roof, 0470 12 34 56")
    assert found_in(scene.last()) == [("mention", "@petra"), ("mention", "@petra")]
    await scene.says(scene.anna, "/met @petra")
    assert found_in(scene.last()) == []
    await scene.says(scene.anna, "/leaderboard")
    assert found_in(scene.last()) == []


async def test_a_username_copied_from_a_list_names_the_same_member(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @petra Piet: a roof")
    (said,) = await scene.says(scene.anna, "/chain 1")
    copied = said.partition("→ ")[2].partition(":")[0]
    assert copied != "@petra"
    (said,) = await scene.says(scene.anna, f"/refer {copied} Mia: a wall")
    assert said.startswith("#2 Anna → @petra\n")
    async with scene.kring.workplace.look() as work:
        assert len(await work.members.all_of(1)) == 4
