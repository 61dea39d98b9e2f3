"""Who sees what the club's referrals brought: everyone in the group, or its admins alone."""

from datetime import datetime

import pytest

from tests.conftest import BRUSSELS
from tests.support.scene import Scene, buttons

A_MONDAY = datetime(2026, 3, 16, 9, 0, tzinfo=BRUSSELS)
LEADS = "What the club's referrals brought is for its admins, in private; your own figures are there too."


@pytest.fixture
async def business(scene: Scene) -> None:
    """Enough thanks for the club to have a share."""
    for contact in ("Piet", "Mia", "Jo", "Els", "Tom", "Ria"):
        number = (await scene.says(scene.anna, f"/refer @bert {contact}: a roof"))[0].split()[0]
        await scene.says(scene.bert, f"/thanks @anna {number}")


async def post(scene: Scene) -> str:
    (said,) = await scene.at(A_MONDAY)
    return said


@pytest.mark.usefixtures("business")
async def test_everyone_sees_the_share_unless_told_otherwise(scene: Scene) -> None:
    assert "100%" in (await scene.says(scene.bert, "/value"))[0]
    assert "came through people you know" in (await scene.says(scene.bert, "/leaderboard"))[0]
    assert "came through people you know" in await post(scene)


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("pictures", ["on", "off"])
async def test_for_admins_only_the_group_sees_the_ranking_and_no_share(scene: Scene, pictures: str) -> None:
    await scene.says(scene.anna, f"/settings pictures {pictures}")
    await scene.says(scene.anna, "/settings totals admins")
    assert await scene.says(scene.bert, "/value") == [LEADS]
    for said in (*await scene.says(scene.bert, "/leaderboard"), await post(scene)):
        assert "Anna" in said
        assert "people you know" not in said
        assert "%" not in said
    async with scene.kring.workplace.look() as work:
        shown = await work.turns.heads(10)
    assert shown == []  # all was sent, the pictures too
    assert "people you know" not in str([call.params for call in scene.world.log if call.method == "sendPhoto"])


@pytest.mark.usefixtures("business")
async def test_in_private_admins_see_it_then_and_members_their_own(scene: Scene) -> None:
    await scene.says(scene.anna, "/settings totals admins")
    await scene.says(scene.bert, "/value")
    (address,) = buttons(scene.last()).values()
    link = f"/start {address.partition('=')[2]}"
    for text in ("/value", link):
        own, of_club = await scene.writes(scene.anna, text)
        assert own.startswith("What Kring Gent brings you")
        assert "Of 6 thanks: 100%" in of_club
        (own,) = await scene.writes(scene.bert, text)
        assert own.startswith("What Kring Gent brings you")
    scene.world.promote(scene.group, scene.bert)
    scene.world.promote(scene.group, scene.bert, admin=False)
    assert len(await scene.writes(scene.bert, "/value")) == 1


@pytest.mark.usefixtures("business")
async def test_while_everyone_sees_it_in_the_group_nobody_is_asked_about_in_private(scene: Scene) -> None:
    before = len([call for call in scene.world.log if call.method == "getChatMember"])
    assert len(await scene.writes(scene.anna, "/value")) == 1
    assert len([call for call in scene.world.log if call.method == "getChatMember"]) == before
