"""What the tests share: a migrated database, and a club in the playground with the bot at it."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from tests.support import postgres
from tests.support.compiled import compiled_once
from tests.support.copies import Begun, begin_once, copied
from tests.support.databases import KINDS, PostgresStock, SqliteStock, Stock
from tests.support.scene import Scene

# How long an example takes depends on what else the machine does.
settings.register_profile("kring", deadline=None)
settings.load_profile("kring")

BRUSSELS = ZoneInfo("Europe/Brussels")
CONTRACT = Path(__file__).parent / "contract"
A_TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=BRUSSELS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=KINDS, help="run every test on this database, and on this one only")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("database") == "postgres" and not postgres.is_available():
        raise pytest.UsageError("There is no PostgreSQL: apt install postgresql, or set TEST_DATABASE_URL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The storage tests, and what is marked `every_database`, run on each that there is."""
    if "database_kind" not in metafunc.fixturenames or metafunc.config.getoption("database"):
        return
    if CONTRACT in metafunc.definition.path.parents or metafunc.definition.get_closest_marker("every_database"):
        kinds = [kind for kind in KINDS if kind == "sqlite" or postgres.is_available()]
        metafunc.parametrize("database_kind", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about SQLite's file has no meaning on a server, and what is about a server none on a file."""
    chosen = config.getoption("database")
    unmeant = {"postgres": "sqlite", "sqlite": "postgres"}.get(chosen)
    if chosen is None and not postgres.is_available():
        unmeant = "postgres"
    if unmeant is not None:
        others = [item for item in items if item.get_closest_marker(unmeant)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not postgres.is_available():
        terminalreporter.write_line(
            "Skipped: all that runs on PostgreSQL too. For that, apt install postgresql or set TEST_DATABASE_URL."
        )


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database the test has: sqlite, unless it is told otherwise."""
    kind: str = getattr(request, "param", None) or request.config.getoption("database") or "sqlite"
    return kind


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """A statement is compiled by the first test that runs it."""
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the server that all workers of this run share."""
    base, is_worker = tmp_path_factory.getbasetemp(), "PYTEST_XDIST_WORKER" in os.environ
    return postgres.shared(base.parent, os.getppid()) if is_worker else postgres.shared(base, os.getpid())


@pytest.fixture(scope="module")
def own_server() -> Iterator[postgres.Server]:
    """A server for the tests of one file alone, which stop it, or have it stand still."""
    with postgres.server() as own:
        yield own


@pytest.fixture(scope="session")
def stock(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stock]:
    """Empty databases with the schema."""
    made: Stock
    if database_kind == "sqlite":
        made = SqliteStock.migrated(tmp_path_factory.mktemp("database"))
    else:
        made = PostgresStock.migrated(request.getfixturevalue("postgres_server"), f"kring_test_{uuid4().hex[:8]}")
    yield made
    made.clear()


@pytest.fixture
def folder(tmp_path: Path, stock: Stock, request: pytest.FixtureRequest) -> Path:
    """A folder with an empty database; that of a scene is put there by the scene."""
    if not {"scene", "company"} & set(request.fixturenames):
        stock.put(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def begun(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """The scene as each test finds it, and its database: both to be copied, as the beginning is half of most tests."""
    return begin_once(stock, tmp_path_factory.mktemp("begun"), A_TUESDAY)


@pytest.fixture
async def scene(folder: Path, begun: Begun) -> AsyncIterator[Scene]:
    """Kring Gent on a Tuesday morning: Anna (admin), Bert and Carla (who has no username), and the bot."""
    async with copied(begun, folder, A_TUESDAY) as scene:
        yield scene
