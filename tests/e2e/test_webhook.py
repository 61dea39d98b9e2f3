"""The webhook: what Telegram was told 2xx for is in the database, and nobody else can post."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.playground import webhook
from bot.web import posts
from tests.conftest import A_TUESDAY
from tests.support.databases import committed
from tests.support.hooked import HEADER, PATH, SECRET, Hooked
from tests.support.process import broken_disk, until
from tests.support.scene import Scene

ROOF = "/refer @bert Piet: a roof"
ANSWER = "#1 Anna → Bert\nPiet: a roof"
MONDAY = A_TUESDAY.replace(day=16, hour=9)
"""The club's next weekly post."""


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(posts, "RETRY_S", 0)


@pytest.fixture
async def hooked(scene: Scene) -> Hooked:
    return await Hooked.of(scene)


def stored(folder: Path) -> list[int]:
    return [id_ for (id_,) in committed(folder, "SELECT update_id FROM inbox ORDER BY id")]


def update(number: int) -> bytes:
    return json.dumps({"update_id": number, "poll": {}}).encode()


def refused_by_telegram(scene: Scene) -> list[Any]:
    return [delivery.outcome for delivery in scene.world.deliveries if delivery.outcome != 200]


async def test_what_is_posted_is_committed_before_telegram_is_told_so(hooked: Hooked, folder: Path) -> None:
    scene = hooked.scene
    taken: list[bool] = []
    take = scene.world.updates.taken

    def watched(place: int) -> None:
        (first,) = scene.world.updates.first(1)
        taken.append(first["update_id"] in stored(folder))
        take(place)

    scene.world.updates.taken = watched  # type: ignore[method-assign]
    async with hooked.running():
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1] == ANSWER)
        scene.world.say(scene.anna, scene.group, "/refer @bert Mia: a logo")
        await until(lambda: scene.texts()[-1] == "#2 Anna → Bert\nMia: a logo")
    assert taken == [True, True]
    assert refused_by_telegram(scene) == []


@pytest.mark.parametrize("secret", [None, "", "nobodys-secret_", f"{SECRET}x", SECRET.upper(), "é"])
async def test_without_the_secret_nothing_is_taken(
    hooked: Hooked, folder: Path, secret: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(folder)
    async with hooked.running():
        for number in (1, 2):
            answer = await hooked.post(update(number), secret)
            assert answer.status_code == 403
    assert stored(folder) == before
    assert caplog.text.count("without its secret") == 1
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b'{"update_id": 7, "poll"', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"7", 200),
        (b"[]", 200),
        (b'{"poll": {}}', 200),
        (b'{"update_id": "7"}', 200),
        (b'{"update_id": 1e400}', 200),
        (b'{"update_id": 9223372036854775808}', 200),
    ],
)
async def test_what_was_spoilt_on_its_way_is_asked_for_again_and_what_is_no_update_is_passed_over(
    hooked: Hooked, folder: Path, body: bytes, status: int
) -> None:
    before = stored(folder)
    async with hooked.running():
        assert (await hooked.post(body)).status_code == status
        assert (await hooked.post(update(900))).status_code == 200
    assert stored(folder) == [*before, 900]


@pytest.mark.parametrize("told", [True, False], ids=["its length told", "its length not told"])
async def test_a_body_that_is_too_large_is_refused_without_being_read_whole(
    hooked: Hooked, folder: Path, told: bool
) -> None:
    before = stored(folder)
    length = "Content-Length: 5000000" if told else "Transfer-Encoding: chunked"
    async with hooked.running():
        reader, writer = await asyncio.open_connection(hooked.at.host, hooked.at.port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n{length}\r\n\r\n".encode())
        if not told:
            writer.write(b"".join(b"4000\r\n" + b" " * 0x4000 + b"\r\n" for _ in range(62)))
        assert (await asyncio.wait_for(reader.readline(), 5)).split()[1] == b"413"
        writer.close()
    assert stored(folder) == before


@pytest.mark.parametrize(("method", "path", "status"), [("GET", PATH, 405), ("POST", "/", 404), ("POST", "/x", 404)])
async def test_elsewhere_there_is_nothing(hooked: Hooked, method: str, path: str, status: int) -> None:
    async with hooked.running():
        answer = await (hooked.get(path) if method == "GET" else hooked.post(update(7), path=path))
    assert answer.status_code == status


@pytest.mark.every_database
async def test_while_the_database_is_away_telegram_is_to_come_again_and_nothing_is_lost(
    hooked: Hooked, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scene = hooked.scene
    async with hooked.running():
        with broken_disk(scene.kring):
            scene.world.say(scene.anna, scene.group, f"{ROOF}, 0470 12 34 56")
            await until(lambda: len(scene.world.deliveries) >= 3)
            assert not scene.kring.intake.caught_up
            answer = await hooked.post(update(7))
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "0")
        await until(lambda: scene.texts()[-1].startswith("#1 Anna → Bert"))
    assert scene.world.pending == 0
    assert set(refused_by_telegram(scene)) == {503}
    assert committed(folder, "SELECT count(*) FROM referrals") == [(1,)]
    assert "0470" not in caplog.text


@pytest.mark.every_database
@pytest.mark.parametrize("fault", ["lost_answer", "drop", "delay"])
async def test_however_often_it_is_posted_it_has_its_effect_once(hooked: Hooked, folder: Path, fault: Any) -> None:
    scene = hooked.scene
    scene.world.faults.add(fault, "webhook", times=3, seconds=0.01)
    async with hooked.running():
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1] == ANSWER)
        (again,) = [delivery.update for delivery in scene.world.deliveries][-1:]
        assert (await hooked.post(json.dumps(again).encode())).status_code == 200
        await scene.kring.processor.drain()
    assert scene.texts().count(ANSWER) == 1
    assert committed(folder, "SELECT count(*) FROM referrals") == [(1,)]


@pytest.mark.every_database
async def test_posts_that_come_together_share_a_commit(hooked: Hooked, folder: Path) -> None:
    commits: list[Any] = []
    engine = hooked.scene.kring.workplace._database._kind.engine.sync_engine
    async with hooked.running():
        event.listen(engine, "commit", commits.append)
        answers = await asyncio.gather(*(hooked.post(update(number)) for number in range(100, 150)))
    assert [answer.status_code for answer in answers] == [200] * 50
    assert set(range(100, 150)) <= set(stored(folder))
    assert len(commits) < 50


async def test_all_is_here_when_telegram_has_nothing_or_has_not_failed_for_a_while(hooked: Hooked) -> None:
    scene = hooked.scene

    async def caught_up() -> bool:
        await scene.kring.intake.once()
        return scene.kring.intake.caught_up

    assert not scene.kring.intake.caught_up
    await scene.kring.connect()  # but nobody answers at the address yet
    assert await caught_up()
    scene.world.say(scene.anna, scene.group, ROOF)
    await until(lambda: refused_by_telegram(scene))
    assert not await caught_up()
    scene.world.webhook["last_error_date"] = scene.world.unix_now() - 301
    assert await caught_up()


async def test_the_weekly_post_counts_what_was_sent_during_an_outage(hooked: Hooked) -> None:
    scene = hooked.scene
    await scene.kring.connect()
    scene.clock.set(MONDAY - timedelta(minutes=1))
    scene.world.say(scene.anna, scene.group, ROOF)
    scene.clock.set(MONDAY + timedelta(minutes=1))
    await scene.kring.settle()
    assert "🏆" not in scene.texts()[-1]
    async with hooked.running():
        await until(lambda: ANSWER in scene.texts())
        await scene.kring.intake.once()
        await scene.kring.schedule.sweep()
        await until(lambda: "🏆" in scene.texts()[-1])
    assert "1  Anna  1" in scene.texts()[-1]
