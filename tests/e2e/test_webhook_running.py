"""`python -m bot run` with a webhook: how it starts, what it sets at Telegram, how it ends, and what a kill loses."""

import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.error import BadRequest

from bot.playground import webhook as deliveries
from tests.support.databases import committed
from tests.support.hooked import SECRET, URL, Hooked, free_port
from tests.support.operator import Operator
from tests.support.process import BotProcess, until
from tests.support.scene import Scene

COUNT = 60


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(deliveries, "LONGEST_PAUSE_S", 0.2)


def hooked(operator: Operator, **settings: str) -> BotProcess:
    """The program with a webhook at an address of its own."""
    port = free_port()
    operator.world.hosts = [f"127.0.0.1:{port}"]
    hook = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{port}", "DAILY_LIMIT": "0"}
    return operator.prepare(**hook | settings)


def calls(operator: Operator, *methods: str) -> list[str]:
    return [call.method for call in operator.world.log if call.method in methods]


async def test_a_kill_amid_the_work_loses_nothing_and_repeats_nothing(operator: Operator) -> None:
    program = hooked(operator)
    await program.start()
    for number in range(COUNT // 2):
        operator.says(f"/refer @bert Contact{number}x: a roof")
    await until(lambda: len(operator.heard_of()) > 5)
    for number in range(COUNT // 2, COUNT):
        operator.says(f"/refer @bert Contact{number}x: a roof")
    program.signal(signal.SIGKILL)
    await program.ended()
    assert operator.world.pending > 0
    await program.start()
    await until(lambda: len(set(operator.heard_of())) == COUNT)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert operator.world.pending == 0
    assert recorded(operator.folder) == [f"Contact{number}x" for number in range(COUNT)]
    assert calls(operator, "setWebhook", "getUpdates") == ["setWebhook"]


async def test_asked_to_stop_it_finishes_what_is_in_hand(operator: Operator) -> None:
    program = hooked(operator)
    await program.start()
    for number in range(COUNT):
        operator.says(f"/refer @bert Contact{number}x: a roof")
    await until(lambda: len(operator.world.deliveries) > 10)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert "Traceback" not in program.log
    kept = {id_ for (id_,) in committed(operator.folder, "SELECT update_id FROM inbox")}
    assert {delivery.update["update_id"] for delivery in operator.world.deliveries if delivery.outcome == 200} <= kept


async def test_from_fetching_to_the_webhook_and_back_nothing_is_lost(operator: Operator) -> None:
    for number in range(4):
        program = hooked(operator) if number % 2 else operator.prepare()
        operator.says(f"/refer @bert Contact{2 * number}x: a roof")
        await program.start()
        await until(partial(has_heard, operator, 2 * number + 1))
        operator.says(f"/refer @bert Contact{2 * number + 1}x: a roof")
        await until(partial(has_heard, operator, 2 * number + 2))
        program.signal(signal.SIGTERM)
        assert await program.ended() == 0
    assert calls(operator, "setWebhook", "deleteWebhook") == ["setWebhook", "deleteWebhook", "setWebhook"]
    assert recorded(operator.folder) == [f"Contact{number}x" for number in range(8)]
    assert {call.params.get("drop_pending_updates", "false") for call in operator.world.log} == {"false"}


async def test_at_a_unix_socket_too_and_what_a_crash_left_there_is_no_hindrance(
    operator: Operator, tmp_path: Path
) -> None:
    path = tmp_path / "kring.sock"
    program = hooked(operator, LISTEN=str(path))
    operator.world.hosts = [str(path)]
    for number, end in enumerate((signal.SIGKILL, signal.SIGTERM)):
        operator.says(f"/refer @bert Contact{number}x: a roof")
        await program.start()
        await until(partial(has_heard, operator, number + 1))
        assert path.stat().st_mode & 0o777 == 0o660
        program.signal(end)
        await program.ended()
    assert not path.exists()


async def test_an_address_that_is_taken_is_told_in_one_line(operator: Operator) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        at = f"127.0.0.1:{other.getsockname()[1]}"
        program = hooked(operator, LISTEN=at)
        assert await program.exit_code() == 1
    *before, line = program.log.splitlines()
    assert line.startswith(f"LISTEN: {at} cannot be used (Address already in use)")
    assert all("parts of the work" in each for each in before)  # as on a server each start tells


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"WEBHOOK_SECRET": ""},
            "WEBHOOK_SECRET: with WEBHOOK_URL there must be one, or anybody could post; ",
        ),
        ({"WEBHOOK_SECRET": "with space"}, "WEBHOOK_SECRET: use 1 to 256 letters, digits, _ and -; this makes one: "),
        ({"WEBHOOK_SECRET": "x" * 257}, "WEBHOOK_SECRET: use 1 to 256 letters"),
        ({"WEBHOOK_URL": "http://kring.example/x"}, "WEBHOOK_URL: give an address that begins with https://"),
        ({"WEBHOOK_URL": "https://kring.example/metrics"}, "WEBHOOK_URL: /metrics is where Kring answers other"),
        ({"WEBHOOK_URL": "https://kring.example/{x}"}, "WEBHOOK_URL: its path is made of letters"),
        ({"LISTEN": "8080"}, "LISTEN: give a host and a port, as in 127.0.0.1:8080, or the path of a Unix socket"),
        ({"LISTEN": "localhost:70000"}, "LISTEN: give a host and a port"),
    ],
)
async def test_settings_that_make_no_sense_are_named(operator: Operator, settings: dict[str, str], said: str) -> None:
    program = hooked(operator, **settings)
    assert await program.exit_code() == 2
    (line,) = program.log.splitlines()
    assert line.startswith(said)
    assert settings.get("WEBHOOK_SECRET") in (None, "") or settings["WEBHOOK_SECRET"] not in line


async def test_the_webhook_is_set_only_where_something_changed(scene: Scene) -> None:
    def settings_at_telegram() -> int:
        return sum(call.method == "setWebhook" for call in scene.world.log)

    hook = await Hooked.of(scene)
    for _ in range(2):  # two starts, as of two replicas
        await scene.kring.connect()
        assert settings_at_telegram() == 1
    await scene.restart()
    assert settings_at_telegram() == 1
    changes: tuple[dict[str, object], ...] = (
        {"webhook_secret": SecretStr("another")},
        {"webhook_url": "https://kring.example/elsewhere"},
    )
    for number, change in enumerate(changes, start=2):
        await Hooked.of(hook.scene, **change)
        await scene.kring.connect()
        assert settings_at_telegram() == number
    scene.world.webhook["max_connections"] = 40  # by hand
    await scene.kring.connect()
    assert settings_at_telegram() == 4


async def test_another_program_that_takes_the_webhook_is_told_and_not_fought(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await Hooked.of(scene)
    await scene.kring.connect()
    scene.world.webhook["url"] = "https://elsewhere.example/"
    for _ in range(3):
        await scene.kring.intake.once()
    assert not scene.kring.intake.caught_up
    assert scene.world.webhook["url"] == "https://elsewhere.example/"
    assert caplog.text.count("does not post to WEBHOOK_URL any more") == 1


async def test_an_address_that_telegram_refuses_is_told_with_its_words(scene: Scene) -> None:
    await Hooked.of(scene, webhook_url="https://kring.example:8080/telegram")
    with pytest.raises(BadRequest, match="only on ports 80, 88, 443 or 8443"):
        await scene.kring.connect()


def test_without_an_address_nothing_that_only_serves_it_is_loaded() -> None:
    code = "import sys, bot.app; print([name for name in sys.modules if name in ('prometheus_client', 'uvicorn')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  ours
    assert done.stdout == "[]\n"


def has_heard(operator: Operator, count: int) -> bool:
    """Has the group read of so many contacts? Of one perhaps twice, when the program was killed as it had said it."""
    return len(set(operator.heard_of())) == count


def recorded(folder: Path) -> list[str]:
    """The contacts of the ledger in their order."""
    return [contact for (contact,) in committed(folder, "SELECT contact FROM referrals ORDER BY number")]
