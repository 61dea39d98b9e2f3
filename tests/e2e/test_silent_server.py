"""A PostgreSQL server that takes what is asked and answers nothing: Kring says so, and goes on once it answers."""

import asyncio
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from bot.app import Kring
from bot.storage import engine_postgres
from tests.e2e.test_webhook_running import hooked, recorded
from tests.support.databases import address, committed, database_on
from tests.support.operator import Operator
from tests.support.postgres import Server
from tests.support.process import BotProcess, running, until
from tests.support.scene import settings_of
from tests.support.wire import Wire

pytestmark = pytest.mark.postgres
GRACE_S = 30.0
"""After so long without an end the supervisor kills it: compose.yaml, deploy/kring.service."""
TELEGRAMS_PATIENCE_S = 20.0


@pytest.fixture
def folder(own_server: Server, tmp_path: Path) -> Iterator[Path]:
    with database_on(own_server.url, "kring_silent") as address:
        (tmp_path / "address").write_text(address)
        yield tmp_path


@pytest.fixture
async def program(operator: Operator) -> BotProcess:
    """It has a webhook and is at work."""
    program = hooked(operator)
    await program.start()
    operator.says("/refer @bert Contact0x: a roof")
    await until(lambda: operator.heard_of() == ["0"])
    return program


async def asked(operator: Operator, path: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False, timeout=GRACE_S) as client:  # noqa: S501  nothing is encrypted here
        return await client.get(f"http://{operator.world.hosts[0]}{path}")


async def test_telegram_and_the_operator_are_told_soon_and_afterwards_all_goes_on(
    operator: Operator, program: BotProcess, own_server: Server, folder: Path
) -> None:
    with own_server.silent():
        operator.says("/refer @bert Contact1x: a roof")
        began, already = time.monotonic(), len(operator.world.deliveries)
        ready = await asked(operator, "/readyz")
        assert (ready.status_code, ready.text) == (503, "the database does not answer\n")
        assert "kring_database_up 0.0" in (await asked(operator, "/metrics")).text
        assert (await asked(operator, "/healthz")).status_code == 200
        await until(lambda: len(operator.world.deliveries) > already, "Telegram waits")
        assert time.monotonic() - began < TELEGRAMS_PATIENCE_S
        assert operator.world.deliveries[-1].outcome == 503
    await until(lambda: operator.heard_of() == ["0", "1"])
    assert recorded(folder) == ["Contact0x", "Contact1x"]
    assert (await asked(operator, "/readyz")).status_code == 200


async def test_asked_to_stop_meanwhile_it_ends_in_time_and_the_next_start_goes_on(
    operator: Operator, program: BotProcess, own_server: Server, folder: Path
) -> None:
    with own_server.silent():
        operator.says("/refer @bert Contact1x: a roof")
        await asyncio.sleep(1)
        program.signal(signal.SIGTERM)
        began = time.monotonic()
        await program.ended()
        assert time.monotonic() - began < GRACE_S
    await program.start()
    await until(lambda: operator.heard_of() == ["0", "1"])
    assert recorded(folder) == ["Contact0x", "Contact1x"]


async def test_a_connection_on_which_nothing_comes_any_more_is_given_up_for_a_new_one(
    operator: Operator, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine_postgres, "STATEMENT_S", 1.0)
    wire = Wire()
    async with wire.to(address(folder)) as url:
        settings = settings_of(operator.world, operator.server.url, folder).model_copy(update={"database_url": url})
        kring = Kring(settings, operator.world.clock)
        await kring.open()
        async with running(kring):
            operator.says("/refer @bert Contact0x: a roof")
            await until(lambda: operator.heard_of() == ["0"])
            wire.hush()
            operator.says("/refer @bert Contact1x: a roof")
            await until(lambda: operator.heard_of() == ["0", "1"], "it waits for ever")
    await kring.close()
    assert "does not answer" in caplog.text
    assert recorded(folder) == ["Contact0x", "Contact1x"]


async def test_a_start_that_waits_for_the_migration_of_another_replica_can_be_given_up(
    operator: Operator, folder: Path
) -> None:
    other = await asyncpg.connect(address(folder))
    await other.execute("SELECT pg_advisory_lock($1)", engine_postgres._key("migrations"))
    program = operator.prepare()
    await program.start()
    await until(lambda: committed(folder, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'"))
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    await other.close()
