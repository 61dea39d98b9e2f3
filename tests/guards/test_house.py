"""The house around the code: settings, locked requirements, the size of files."""

import os
import re
import tomllib

import pytest

from bot.settings import Settings
from tests.guards.source import ROOT, python_files

MAX_LINES = 280
CODE = python_files("bot", "handlers", "tests")  # a migration is a list of tables, as long as they are
LOCKS = ("requirements.lock", "requirements-dev.lock")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def environment_example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the settings is in the environment."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)


def test_the_example_of_the_settings_lists_each_of_them_in_order() -> None:
    assert list(environment_example()) == [name.upper() for name in Settings.model_fields]


@pytest.mark.usefixtures("no_environment")
def test_the_example_of_the_settings_shows_their_defaults() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)
    empty = [name for name, value in environment_example().items() if not value]
    assert empty == ["BOT_TOKEN", "OPERATOR_NAME", "OPERATOR_ADDRESS", "WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN"]


def requirements(lock: str) -> dict[str, list[str]]:
    """The locked requirements, `name==version`, each with its hashes."""
    joined = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in joined.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+(?=--hash)", line.strip())
            found[requirement] = hashes
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_one_version_with_its_hashes(lock: str) -> None:
    locked = requirements(lock)
    assert len(locked) > 10
    for requirement, hashes in locked.items():
        assert re.match(r"[a-z0-9._-]+==[^\s;]+(\s*;.*)?$", requirement)
        assert hashes, requirement
        assert all(HASH.fullmatch(each) for each in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_name_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|\s@\s", text) == []


def test_the_locks_hold_what_the_project_asks_for_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runs, develops = (requirements(lock) for lock in LOCKS)
    assert runs.items() <= develops.items()
    for wanted, locked in ((project["dependencies"], runs), (project["optional-dependencies"]["dev"], develops)):
        names = {requirement.partition("==")[0] for requirement in locked}
        assert {re.split(r"[\[~><=]", each)[0] for each in wanted} <= names


def test_every_file_is_short_enough_to_be_read_at_once() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > MAX_LINES} == {}


def test_no_page_holds_both_sides_of_a_merge() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / ".env.example", ROOT / "Makefile"]
    marks = re.compile(r"^(<{7}|={7}|>{7})(\s|$)", re.MULTILINE)
    assert [page.name for page in pages if marks.search(page.read_text("utf-8"))] == []
