"""What an operator's programs ask: /healthz, /readyz and /metrics."""

import re
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.web import posts
from tests.conftest import A_TUESDAY
from tests.support.databases import committed
from tests.support.hooked import SECRET, Hooked, free_port
from tests.support.operator import Operator
from tests.support.process import broken_disk, until
from tests.support.scene import Scene

MONDAY = A_TUESDAY.replace(day=16, hour=9)
"""The club's next weekly post."""
ROOF = "/refer @bert Piet: a roof"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posts, "RETRY_S", 0)


@pytest.fixture
async def hooked(scene: Scene) -> Hooked:
    return await Hooked.of(scene)


def figures(text: str) -> dict[str, float]:
    """Each figure by its name, with its labels where it has any."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


async def measured(hooked: Hooked) -> dict[str, float]:
    answer = await hooked.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return figures(answer.text)


async def ready(hooked: Hooked) -> tuple[int, str]:
    answer = await hooked.get("/readyz")
    return answer.status_code, answer.text.strip()


async def test_all_is_well(hooked: Hooked) -> None:
    async with hooked.running():
        assert (await hooked.get("/healthz")).text == "alive\n"
        assert await ready(hooked) == (200, "ready")


async def test_without_the_database_it_lives_and_is_not_ready(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    async with hooked.running():
        with broken_disk(hooked.scene.kring):
            assert (await hooked.get("/healthz")).status_code == 200
            assert await ready(hooked) == (503, "the database does not answer")
            away = await measured(hooked)
        back = await measured(hooked)
    assert (away["kring_database_up"], back["kring_database_up"]) == (0, 1)
    assert away["kring_database_errors_total"] >= 2
    assert "kring_inbox_waiting" not in away
    assert back["kring_inbox_waiting"] == 0


async def test_when_updates_wait_for_long_it_says_for_how_long(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = hooked.scene

    async def nothing(*_: object) -> int:
        return 0

    monkeypatch.setattr(scene.kring.processor, "_batch", nothing)
    async with hooked.running():
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.world.pending == 0)
        assert await ready(hooked) == (200, "ready")
        scene.clock.forward(timedelta(seconds=75))
        status, words = await ready(hooked)
        waiting = await measured(hooked)
    assert status == 503
    assert re.fullmatch(r"updates wait, the oldest for 7[56] seconds", words)
    assert waiting["kring_inbox_waiting"] == 1
    assert 75 <= waiting["kring_inbox_oldest_seconds"] < 77


async def test_the_figures_count_what_happened(hooked: Hooked, folder: Path) -> None:
    scene = hooked.scene
    too_many: dict[str, Any] = {"code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1}
    async with hooked.running():
        before = await measured(hooked)
        scene.world.say(scene.anna, scene.group, ROOF)
        await until(lambda: scene.texts()[-1].startswith("#1 "))
        scene.world.say(scene.anna, scene.group, "/refer nobody")
        await until(lambda: "Who is it for?" in scene.texts()[-1])
        scene.world.inject({"message": "nonsense"})
        await hooked.post(b"{}")
        await hooked.post(b"{}", secret="guessed")  # noqa: S106  nobody's
        scene.world.faults.add("error", "sendMessage", **too_many)
        scene.world.say(scene.anna, scene.group, "/refer @bert Mia: a logo")
        await until(lambda: scene.texts()[-1].startswith("#2 "))
        await until(lambda: scene.world.pending == 0)
        await until(lambda: committed(folder, "SELECT count(*) FROM outbox WHERE state = 'sending'") == [(0,)])
        after = await measured(hooked)
    risen = {name: after[name] - before[name] for name in after if after[name] != before.get(name)}
    risen = {name: by for name, by in risen.items() if re.match("kring_.*_(total|count|sum)", name)}
    assert risen.pop("kring_update_commit_seconds_sum") > 0
    assert 1 <= risen.pop("kring_update_reply_seconds_sum") < 30
    assert risen == {
        "kring_updates_total done": 2,
        "kring_updates_total refused": 1,
        "kring_updates_total failed": 1,
        "kring_updates_passed_over_total": 1,
        "kring_webhook_requests_total 200": 5,
        "kring_webhook_requests_total 403": 1,
        "kring_calls_total sent": 3,
        "kring_calls_total again": 1,
        "kring_calls_held_back_total": 1,
        "kring_update_commit_seconds_count": 4,
        "kring_update_reply_seconds_count": 3,
    }
    assert after["kring_update_commit_seconds_bucket +Inf"] == after["kring_update_commit_seconds_count"]
    assert after["process_resident_memory_bytes"] > 10_000_000


async def test_posts_that_are_due_are_counted_and_late_ones_apart(
    hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = hooked.scene
    monkeypatch.setattr(scene.kring.schedule, "_caught_up", lambda: False)  # so that none is posted
    due = []
    async with hooked.running():
        for instant in (MONDAY - timedelta(minutes=1), MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=16)):
            scene.clock.set(instant)
            now = await measured(hooked)
            due.append((now["kring_posts_due"], now["kring_posts_late"]))
    assert due == [(0, 0), (1, 0), (1, 1)]


async def test_a_post_that_telegram_does_not_take_is_due_and_then_late(hooked: Hooked) -> None:
    scene = hooked.scene
    scene.clock.set(MONDAY)
    async with hooked.running():
        scene.world.faults.add("silence", "sendMessage", times=None)
        await until(lambda: scene.kring.intake.caught_up)
        await scene.kring.schedule.sweep()
        now = await measured(hooked)
        scene.clock.forward(timedelta(minutes=16))
        later = await measured(hooked)
    assert [(each["kring_posts_due"], each["kring_posts_late"]) for each in (now, later)] == [(1, 0), (1, 1)]
    assert (now["kring_outbox_waiting"], later["kring_outbox_oldest_seconds"] >= 960) == (1, True)


async def test_the_figures_name_nobody_and_hold_no_secret(hooked: Hooked) -> None:
    scene = hooked.scene
    async with hooked.running():
        scene.world.say(scene.anna, scene.group, "/refer @bert Contactius: Needius, 0470 98 76 54")
        await until(lambda: scene.texts()[-1].startswith("#1 "))
        text = (await hooked.get("/metrics")).text
    secret = [*scene.world.token.split(":"), SECRET, "Anna", "Bert", "Contactius", "Needius", "470987654", "Gent"]
    secret += [str(scene.anna.id), str(scene.group.id), str(abs(scene.group.id))]
    own = "".join(line for line in text.splitlines() if line.startswith("kring_"))
    assert [word for word in secret if word.casefold() in own.casefold()] == []


async def test_who_fetches_updates_is_asked_too_if_it_listens(operator: Operator) -> None:
    port = free_port()
    program = operator.prepare(LISTEN=f"127.0.0.1:{port}")
    await program.start()
    operator.says(ROOF)
    await until(operator.heard)
    async with httpx.AsyncClient(verify=False, base_url=f"http://127.0.0.1:{port}") as client:  # noqa: S501  no TLS
        assert (await client.get("/readyz")).status_code == 200
        assert figures((await client.get("/metrics")).text)["kring_updates_total done"] >= 1
        assert (await client.post("/", content=b"{}")).status_code == 404
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
