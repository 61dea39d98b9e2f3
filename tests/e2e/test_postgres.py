"""A PostgreSQL server that comes and goes under Kring: it says so once, works on when it can, and loses nothing."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from tests.e2e.test_machine import (
    AGAIN,
    GROUND_RULES,
    mounted,
    nothing_is_missing,
    recorded,
    refer,
    unmounted,
)
from tests.support.databases import committed
from tests.support.operator import Operator
from tests.support.postgres import Server, address_of, drop_database, make_database, sql
from tests.support.process import BotProcess, until

pytestmark = pytest.mark.postgres
COMMANDS = 60
COMPLAINT = "The disk is full: make room where PostgreSQL at "


@pytest.fixture
def url(own_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A new database on it, without tables; it is that of the test's folder."""
    own_server.start()
    name = f"kring_{abs(hash(request.node.name))}"
    (tmp_path / "address").write_text(make_database(own_server.url, name))
    return address_of(own_server.url, name)


@pytest.fixture
def folder(tmp_path: Path, url: str) -> Path:
    """The folder of the program that uses it."""
    assert url
    return tmp_path


def started(operator: Operator, **settings: str) -> BotProcess:
    """The program, which finds its database by the folder."""
    return operator.prepare(**GROUND_RULES, **settings)


async def test_three_that_start_at_once_on_an_empty_database_all_come_up(operator: Operator, folder: Path) -> None:
    url = (folder / "address").read_text()
    programs = []
    for number in range(3):
        (folder / str(number)).mkdir()
        settings = GROUND_RULES | {"DATABASE_URL": url}
        programs.append(BotProcess.at(operator.world, operator.server.url, folder / str(number), **settings))
    try:
        await asyncio.gather(*(program.start() for program in programs))
        await until(lambda: all("Kring runs as" in program.log for program in programs), "not all came up")
        assert sum("The database is up to date now" in program.log for program in programs) == 1
        refer(operator, 0, 3)
        await until(lambda: len(recorded(folder)) == 3)
        assert recorded(folder) == [f"Contact{number}x" for number in range(3)]
    finally:
        for program in programs:
            await program.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["restarted", "crashed"])
async def test_a_server_that_goes_away_under_load_loses_nothing(
    operator: Operator, folder: Path, own_server: Server, how: signal.Signals
) -> None:
    program = started(operator, LOG_LEVEL="DEBUG")
    await program.start()
    for number in range(COMMANDS):
        refer(operator, number, number + 1)
        if number % 20 == 10:
            await until(lambda: len(operator.heard_of()) >= 5, "it does not work")
            await asyncio.to_thread(own_server.stop, how)
            await asyncio.sleep(1)
            await asyncio.to_thread(own_server.start)
        await asyncio.sleep(0.02)
    await nothing_is_missing(operator, folder, COMMANDS)
    assert committed(folder, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert committed(folder, "SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)]
    await until(lambda: AGAIN in program.log)
    assert "does not answer" in program.log
    assert "see that it runs" in program.log
    assert "Traceback" not in program.log
    assert "Contact" not in program.log  # nor any other of people's words
    assert own_server.url.split(":")[2].split("@")[0] not in program.log  # the password


async def test_connections_that_are_cut_lose_nothing(
    operator: Operator, folder: Path, own_server: Server, url: str
) -> None:
    program = started(operator)
    await program.start()
    await until(lambda: "Kring runs as" in program.log)  # one that is cut off at its start ends, and says so
    name = url.rpartition("/")[2]
    for number in range(COMMANDS):
        refer(operator, number, number + 1)
        if number % 5 == 0:
            sql(own_server.url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        await asyncio.sleep(0.03)
    await nothing_is_missing(operator, folder, COMMANDS)
    assert "Traceback" not in program.log


async def test_a_restart_while_nothing_happens_is_not_even_noticed(
    operator: Operator, folder: Path, own_server: Server
) -> None:
    program = started(operator)
    await program.start()
    refer(operator, 0, 1)
    await nothing_is_missing(operator, folder, 1)
    await asyncio.sleep(0.5)
    await asyncio.to_thread(own_server.restart)
    refer(operator, 1, 2)
    await nothing_is_missing(operator, folder, 2)
    assert "does not answer" not in program.log


@pytest.mark.parametrize(
    ("part", "instead", "code", "says"),
    [
        ("127.0.0.1:{port}", "127.0.0.1:1", 1, "does not answer"),
        ("kring:", "kring:not", 2, "refuses this user: see the name and the password in DATABASE_URL"),
        ("/kring_", "/other_", 2, "is not there: make it (createdb), or see the name at the end of DATABASE_URL"),
        ("postgresql://kring:", "postgresql://nobody:", 2, "refuses this user"),
    ],
    ids=["another port", "another password", "another name", "another user"],
)
async def test_what_keeps_it_from_starting_is_told_in_one_line_without_the_password(
    operator: Operator, own_server: Server, url: str, part: str, instead: str, code: int, says: str
) -> None:
    wrong = url.replace(part.format(port=own_server.port), instead)
    assert wrong != url
    program = operator.prepare(DATABASE_URL=wrong)
    assert await program.exit_code() == code
    (line,) = program.log.splitlines()
    assert line.startswith("PostgreSQL at 127.0.0.1:")
    assert says in line
    assert url.split(":")[2].split("@")[0] not in program.log


@pytest.fixture
def small_disk(own_server: Server, folder: Path) -> Iterator[Path]:
    """The database is on a disk of some megabytes; what else the server keeps has room."""
    at = Path(own_server.data).parent / "disk"  # where its user may go
    owner = Path(own_server.data).stat().st_uid
    mounted("-t", "tmpfs", "-o", f"size=24m,mode=0700,uid={owner}", "none", at=at)
    try:
        sql(own_server.url, f"CREATE TABLESPACE small LOCATION '{at}'")
        sql(own_server.url, "CREATE DATABASE small TEMPLATE template0 TABLESPACE small")
        (folder / "address").write_text(address_of(own_server.url, "small"))
        yield at
        drop_database(own_server.url, "small")
        sql(own_server.url, "DROP TABLESPACE small")
    finally:
        unmounted(at)


async def test_a_full_disk_of_the_server_is_told_once_and_afterwards_nothing_is_missing(
    operator: Operator, folder: Path, small_disk: Path
) -> None:
    program = started(operator)
    await program.start()
    refer(operator, 0, 5)
    await until(lambda: len(operator.heard_of()) == 5)
    fill(small_disk)
    said = 5
    while COMPLAINT not in program.log:
        refer(operator, said, said + 20)
        said += 20
        assert said < 2000, "the disk is full by now"
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    assert program.log.count(COMPLAINT) == 1
    (small_disk / "ballast").unlink()
    await nothing_is_missing(operator, folder, said)
    await until(lambda: AGAIN in program.log)


def fill(disk: Path) -> None:
    """Leave no room on it."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))


async def test_a_table_that_another_program_holds_is_waited_for(operator: Operator, folder: Path, url: str) -> None:
    program = started(operator)
    await program.start()
    refer(operator, 0, 3)
    await nothing_is_missing(operator, folder, 3)
    other = await asyncpg.connect(url)
    async with other.transaction():
        await other.execute("LOCK TABLE referrals")
        refer(operator, 3, 6)
        await asyncio.sleep(4)
        assert len(operator.heard_of()) == 3
    await other.close()
    await nothing_is_missing(operator, folder, 6)


async def test_a_person_whom_another_replica_writes_down_at_the_same_moment_is_no_failure(
    operator: Operator, folder: Path, url: str
) -> None:
    program = started(operator)
    await program.start()
    refer(operator, 0, 1)
    await nothing_is_missing(operator, folder, 1)
    newcomer = operator.world.person("Carla", username="carla")
    operator.world.join(operator.group, newcomer)
    await until(lambda: operator.world.pending == 0)
    other = await asyncpg.connect(url)
    stranger = operator.world.person("Dirk", username="dirk")
    transaction = other.transaction()
    await transaction.start()
    await other.execute(
        "INSERT INTO people (user_id, first_name, username, username_key, reachable, first_seen_at) "
        "VALUES ($1, 'Dirk', 'dirk', 'dirk', false, now())",
        stranger.id,
    )
    operator.world.join(operator.group, stranger)
    operator.world.say(stranger, operator.group, "/refer @carla Contact1x: a roof")
    await asyncio.sleep(1)
    await transaction.commit()
    await other.close()
    await nothing_is_missing(operator, folder, 2)
    assert committed(folder, "SELECT count(*) FROM inbox WHERE state = 'failed'") == [(0,)]
