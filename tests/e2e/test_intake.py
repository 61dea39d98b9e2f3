"""Fetching updates: what Telegram was told has arrived is in the database, whatever fails meanwhile."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken

from bot import intake
from bot.app import Kring
from tests.support.databases import committed
from tests.support.process import broken_disk, running, until
from tests.support.scene import Scene, settings_of

pytestmark = pytest.mark.every_database

ROOF = "/refer @bert Piet: a roof"
ANSWER = "#1 Anna → Bert\nPiet: a roof"


@pytest.fixture
def impatient(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A bot that has just started, and loses no time waiting."""
    monkeypatch.setattr(intake, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(intake, "LONGEST_PAUSE_S", 0.1)
    monkeypatch.setattr(intake, "ANSWER_S", 0.5)
    scene.kring.intake.caught_up = False
    return scene


def polls(scene: Scene) -> list[dict[str, Any]]:
    return [call.params for call in scene.world.log if call.method == "getUpdates"]


async def failures(scene: Scene) -> list[str]:
    async with scene.kring.workplace.look() as work:
        return [error for _, error in await work.inbox.failures()]


async def test_an_update_is_committed_before_telegram_is_told_that_it_arrived(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = scene.world.updates
    confirmed: list[int] = []
    lost: list[int] = []
    confirm = queue.confirm

    def watched(offset: int) -> None:
        kept = {id_ for (id_,) in committed(folder, "SELECT update_id FROM inbox")}
        told = [update["update_id"] for update in queue.first(1000) if update["update_id"] < offset]
        confirmed.extend(told)
        lost.extend(set(told) - kept)
        confirm(offset)

    monkeypatch.setattr(queue, "confirm", watched)
    for _ in range(3):
        await scene.says(scene.anna, ROOF)
    assert len(confirmed) == 3
    assert lost == []


async def test_when_the_database_cannot_commit_nothing_is_confirmed_and_it_comes_again(scene: Scene) -> None:
    scene.world.say(scene.anna, scene.group, ROOF)
    with broken_disk(scene.kring):
        for _ in range(2):
            with pytest.raises(SQLAlchemyError):
                await scene.kring.intake.once()
    assert scene.world.pending == 1
    await scene.kring.settle()
    assert scene.texts()[-1] == ANSWER
    assert scene.world.pending == 0


async def test_while_the_disk_is_full_the_loops_go_on_trying(
    impatient: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scene = impatient
    scene.world.say(scene.anna, scene.group, f"{ROOF}, 0470 12 34 56")
    async with running(scene.kring):
        with broken_disk(scene.kring):
            await until(lambda: len(polls(scene)) > 5)
        await until(lambda: scene.texts()[-1].startswith("#1 Anna → Bert"))
    assert scene.world.pending == 0
    assert "no space left" in caplog.text
    assert "0470" not in caplog.text


async def test_a_batch_that_was_stored_but_not_confirmed_before_a_restart_has_its_effect_once(
    scene: Scene, folder: Path
) -> None:
    scene.world.say(scene.anna, scene.group, ROOF)
    await scene.kring.intake.once()
    assert scene.world.pending == 1
    await scene.kring.close()
    again = Kring(settings_of(scene.world, scene.url, folder), scene.clock)
    await again.open()
    await again.connect()
    await again.settle()
    await again.close()
    assert scene.texts().count(ANSWER) == 1
    assert committed(folder, "SELECT count(*) FROM referrals") == [(1,)]


async def test_an_update_that_telegram_serves_twice_has_its_effect_once(scene: Scene) -> None:
    scene.world.say(scene.anna, scene.group, ROOF)
    (update,) = scene.world.updates.first(1)
    scene.world.inject(update)
    await scene.kring.settle()
    scene.world.inject(update)
    await scene.kring.settle()
    assert scene.texts().count(ANSWER) == 1


async def test_ids_that_begin_anew_lower_after_a_quiet_week_are_taken(scene: Scene) -> None:
    scene.world.next_update_id = 77
    assert await scene.says(scene.anna, ROOF) == [ANSWER]
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]


async def test_an_id_of_last_week_may_come_round_again(scene: Scene) -> None:
    scene.world.inject({"update_id": scene.world.next_update_id, "message": "this one is set aside"})
    await scene.says(scene.anna, ROOF)
    used = scene.world.next_update_id - 2
    await scene.at(scene.clock.now().replace(day=14))
    await scene.kring.schedule.prune()
    scene.world.next_update_id = used
    assert await scene.says(scene.anna, "/refer @bert Mia: a logo") == ["#2 Anna → Bert\nMia: a logo"]
    assert await scene.says(scene.anna, "/refer @bert Jo: a car") == ["#3 Anna → Bert\nJo: a car"]
    assert len(await failures(scene)) == 1


@pytest.mark.parametrize(
    "update",
    [
        {"message": "hello"},
        {"message": {"message_id": 5}},
        {"message": {"message_id": 5, "date": "yesterday", "chat": 7}},
        {"message": {"message_id": 5, "date": 10**20, "chat": {"id": 7, "type": "private"}}},
        {"edited_message": 5},
        {"callback_query": [1, 2]},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": {"chat": {"id": "x"}}},
    ],
)
async def test_an_update_that_cannot_be_parsed_is_set_aside_and_stops_nothing(
    scene: Scene, update: dict[str, Any]
) -> None:
    scene.world.say(scene.anna, scene.group, ROOF)
    scene.world.inject(update)
    scene.world.say(scene.anna, scene.group, "/refer @bert Mia: a logo")
    await scene.kring.settle()
    assert scene.texts()[-2:] == [ANSWER, "#2 Anna → Bert\nMia: a logo"]
    assert len(await failures(scene)) == 1


@pytest.mark.parametrize("id_", ["abc", None, 1.5, True, [7]])
async def test_what_has_no_update_id_is_passed_over(scene: Scene, id_: object) -> None:
    scene.world.inject({"update_id": id_, "message": "hello"})
    assert await scene.says(scene.anna, ROOF) == [ANSWER]
    assert scene.world.pending == 0


async def test_what_cannot_be_confirmed_is_not_asked_for_in_a_busy_loop(
    impatient: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = impatient
    scene.world.inject({"update_id": "abc"})
    before = len(polls(scene))
    async with running(scene.kring):
        await until(lambda: caplog.text.count("no update") >= 3)
        assert len(polls(scene)) - before <= caplog.text.count("no update") + 1
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1] == ANSWER)


async def test_a_kind_of_update_that_the_library_does_not_know_is_passed_over(scene: Scene) -> None:
    scene.world.inject({"shiny_new_thing": {"id": 1}})
    assert await scene.says(scene.anna, ROOF) == [ANSWER]
    assert await failures(scene) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "code": 500},
        {"kind": "error", "code": 502, "description": "Bad Gateway"},
        {"kind": "error", "code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1, "times": 1},
        {"kind": "drop"},
        {"kind": "lost_answer"},
        {"kind": "silence", "times": 1},
    ],
    ids=lambda fault: f"{fault['kind']}{fault.get('code', '')}",
)
async def test_when_fetching_fails_for_a_while_nothing_is_lost(impatient: Scene, fault: dict[str, Any]) -> None:
    scene = impatient
    order: dict[str, Any] = {"times": 3, "method": "getUpdates"} | fault
    scene.world.faults.add(**order)
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1] == ANSWER)
        scene.world.say(scene.anna, scene.group, "/refer @bert Mia: a logo")
        await until(lambda: scene.texts()[-1] == "#2 Anna → Bert\nMia: a logo")
    assert scene.texts().count(ANSWER) == 1


async def test_a_second_program_with_the_same_token_is_told_in_the_log_and_not_fought(
    impatient: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = impatient
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    scene.world.faults.add("error", "getUpdates", code=409, description=words, times=3)
    before = len(polls(scene))
    async with running(scene.kring):
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1] == ANSWER)
    assert caplog.text.count("Another program polls with this bot's token") == 1
    assert len(polls(scene)) - before <= 3 + 3


async def test_a_token_that_is_taken_back_is_no_outage(scene: Scene) -> None:
    scene.world.faults.add("error", "getUpdates", code=401, description="Unauthorized", times=None)
    with pytest.raises(InvalidToken):
        await scene.kring.intake.forever(asyncio.Event())


@pytest.mark.parametrize("kind", ["chat_join_request", "business_message", "guest_message"])
async def test_kinds_that_were_not_asked_for_make_no_members_clubs_or_reachable_people(
    scene: Scene, folder: Path, kind: str
) -> None:
    dirk = {"id": 5005, "is_bot": False, "first_name": "Dirk"}
    text: dict[str, Any] = {"message_id": 1, "date": 1, "text": "/help", "from": dirk}
    update = {
        "chat_join_request": {"chat": scene.group.card(), "from": dirk, "user_chat_id": 5005, "date": 1},
        "business_message": text
        | {"business_connection_id": "x", "chat": {"id": 5005, "type": "private", "first_name": "D"}},
        "guest_message": text
        | {"guest_query_id": "1", "chat": {"id": -1007777, "type": "supergroup", "title": "Else"}},
    }[kind]
    scene.world.inject({"update_id": scene.world.next_update_id, kind: update})
    await scene.kring.settle()
    assert committed(folder, "SELECT count(*) FROM members") == [(3,)]
    assert committed(folder, "SELECT count(*) FROM clubs") == [(1,)]
    assert committed(folder, "SELECT count(*) FROM people") == [(3,)]
