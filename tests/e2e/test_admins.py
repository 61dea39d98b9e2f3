"""An admin is who is one at Telegram now: each command and press is asked about anew, and nobody is hammered for it."""

import time
from types import SimpleNamespace
from typing import Any

import pytest

from bot.rights import NO_HOLDS_S, SILENCE_HOLDS_S
from tests.support.scene import Scene

ADMINS_ONLY = "That is for the group's admins."
SILENT = "Telegram doesn't tell me just now whether you are an admin. Try again in a minute."


def asked(scene: Scene) -> int:
    """How often the bot asked who is an admin."""
    return sum(call.method == "getChatMember" for call in scene.world.log)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let seconds go by for what is remembered of admins."""
    gone = 0.0

    def go_by(seconds: float) -> None:
        nonlocal gone
        gone += seconds
        monkeypatch.setattr("bot.rights.time", SimpleNamespace(monotonic=lambda: time.monotonic() + gone))

    return go_by


async def test_who_is_demoted_is_refused_at_the_very_next_command(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.bert)
    assert await scene.says(scene.bert, "/settings reminders 3") != [ADMINS_ONLY]
    scene.world.promote(scene.group, scene.bert, admin=False)
    assert await scene.says(scene.bert, "/settings reminders 4") == [ADMINS_ONLY]
    async with scene.kring.workplace.look() as work:
        assert (await work.clubs.get(1)).remind_days == 3


async def test_who_is_demoted_is_refused_at_the_very_next_press(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.bert)
    await scene.says(scene.carla, "/refer @anna Piet: a roof")
    answer = scene.last()
    scene.clock.set(scene.clock.now().replace(day=20))
    assert await scene.presses(scene.bert, "Undo", answer) == "#1 is taken back."
    await scene.says(scene.carla, "/refer @anna Mia: a logo")
    answer = scene.last()
    scene.world.promote(scene.group, scene.bert, admin=False)
    assert "not yours" in await scene.presses(scene.bert, "Undo", answer)


async def test_who_is_made_an_admin_is_one_a_few_seconds_later(scene: Scene, wait: Any) -> None:
    assert await scene.says(scene.bert, "/settings reminders 3") == [ADMINS_ONLY]
    scene.world.promote(scene.group, scene.bert)
    wait(NO_HOLDS_S)
    assert await scene.says(scene.bert, "/settings reminders 3") != [ADMINS_ONLY]


async def test_a_member_who_goes_on_trying_does_not_have_telegram_asked_each_time(scene: Scene) -> None:
    before = asked(scene)
    for _ in range(5):
        await scene.writes(scene.bert, "/settings reminders 3")
    assert asked(scene) == before + 1


async def test_a_group_that_cannot_be_asked_is_left_alone_whoever_wants_to_know(scene: Scene, wait: Any) -> None:
    before = asked(scene)
    scene.world.faults.add("error", "getChatMember", code=500)
    for who in (scene.anna, scene.bert, scene.carla):
        assert await scene.writes(who, "/settings reminders 3") == [SILENT]
    assert asked(scene) == before + 1
    wait(SILENCE_HOLDS_S)
    assert await scene.writes(scene.anna, "/settings reminders 3") != [SILENT]


async def test_telegram_is_left_alone_for_as_long_as_it_asks(scene: Scene, wait: Any) -> None:
    scene.world.faults.add("error", "getChatMember", code=429, retry_after=300)
    assert await scene.writes(scene.anna, "/settings reminders 3") == [SILENT]
    wait(299)
    assert await scene.writes(scene.bert, "/settings reminders 3") == [SILENT]
    wait(1)
    assert await scene.writes(scene.anna, "/settings reminders 3") != [SILENT]


async def test_of_whom_telegram_says_nothing_locks_out_nobody_else(scene: Scene) -> None:
    scene.world.faults.add("error", "getChatMember", code=400, description="Bad Request: user not found")
    assert await scene.writes(scene.bert, "/settings reminders 3") == [SILENT]
    assert await scene.writes(scene.anna, "/settings reminders 3") != [SILENT]


async def test_who_is_in_several_clubs_is_asked_about_in_each(scene: Scene) -> None:
    for title in ("Kring Brugge", "Kring Aalst"):
        other = scene.world.group(title, scene.bert, [scene.anna])
        scene.world.add_bot(other, scene.bert)
        await scene.says(scene.anna, "/start", other)
    before = asked(scene)
    (said,) = await scene.writes(scene.anna, "/help")
    assert "/help board" in said  # of Gent she is an admin
    assert before < asked(scene) <= before + 3


async def test_what_is_for_the_board_stands_behind_one_line_of_an_admins_help(scene: Scene) -> None:
    (members,) = await scene.says(scene.bert, "/help")
    (admins,) = await scene.says(scene.anna, "/help")
    assert admins == f"{members}\n\nFor the board: /help board"
    for typed in ("/help board", "/hulp bestuur", "/AIDE Comité"):
        (board,) = await scene.says(scene.anna, typed)
        usages = [line.split()[0] for line in board.splitlines() if line.startswith("/")]
        assert usages == ["/export", "/import", "/settings", "/audit", "/board", "/forget"]
    assert await scene.says(scene.bert, "/help board") == ["That is for the group's admins."]
    assert (await scene.says(scene.bert, "/help me"))[0] == members
