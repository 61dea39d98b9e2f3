"""`python -m bot doctor`: says what is wrong and what to do, while Kring works, and keeps secrets to itself."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.checks import database, machine
from bot.playground.faults import Kind
from tests.support.command_line import Answer, Terminal
from tests.support.patient import Patient

pytestmark = pytest.mark.sqlite

TITLE = "Clubius\x1b[31m\tGent"


async def test_when_all_is_well_it_says_so_and_disturbs_nobody(patient: Patient) -> None:
    await patient.scene.says(patient.scene.anna, "/refer @bert Piet Needius: a roof")
    asked = len(patient.scene.world.log)
    answer = await patient.kring.later("doctor")
    assert answer.code == 0
    weights = {row.split("\t")[0] for row in answer.out.splitlines()}
    assert weights == {"well"}
    assert {call.method for call in patient.scene.world.log[asked:]} == {"getMe", "getChat", "getChatMember"}
    assert await patient.scene.says(patient.scene.anna, "/refer @bert Jan: a roof")


async def test_it_tells_neither_the_token_nor_what_people_wrote(patient: Patient) -> None:
    patient.scene.world.say(patient.scene.anna, patient.scene.group, "/refer @bert Needius: Boomius")
    with closing(sqlite3.connect(patient.folder / "kring.db")) as live, live:
        live.execute("UPDATE clubs SET title = ?", (TITLE,))
        live.execute(
            "INSERT INTO inbox (payload, received_at, state, ended_at, error) "
            "VALUES ('Needius', '2026-03-10 09:00:00.000000', 'failed', '2026-03-10 09:00:00.000000', ?)",
            ("KeyError: 'Needius'",),
        )
    kinds: tuple[Kind, ...] = ("error", "drop")
    for kind in kinds:
        patient.scene.world.faults.add(kind, "getMe")
        answer = await patient.kring.later("doctor")
        said = answer.out + answer.err
        assert "updates that could not be dealt with: 1, the last are #" in said
        assert "KeyError" in said
        for secret in (*patient.scene.world.token.split(":"), "Needius", "Boomius", "Clubius", "Anna"):
            assert secret not in said


async def test_what_could_not_be_said_is_counted(patient: Patient) -> None:
    scene = patient.scene
    assert await patient.look("messages") == (0, ["well: all were said"])
    scene.world.faults.add("error", "sendMessage", code=403, description="Forbidden: bot was kicked")
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    code, (found,) = await patient.look("messages")
    assert code == 0
    assert found.endswith("blocked the bot: 1 dropped")


async def test_settings_that_make_no_sense_are_named(patient: Patient) -> None:
    patient.kring.set(DEFAULT_TIMEZONE="Mars", DAILY_LIMIT="many", BOT_TOKEN="nonsense")  # noqa: S106  it is none
    code, found = await patient.look("settings")
    assert code == 2
    assert [line.split(":")[1].strip() for line in found] == ["BOT_TOKEN", "DEFAULT_TIMEZONE", "DAILY_LIMIT"]
    assert "nonsense" not in str(found)


async def test_members_are_to_be_told_who_runs_kring(patient: Patient) -> None:
    assert await patient.look("operator") == (0, [])
    patient.kring.set(OPERATOR_ADDRESS="")
    code, (found,) = await patient.look("operator")
    assert code == 0
    assert found.endswith("→ set OPERATOR_NAME and OPERATOR_ADDRESS")


async def test_a_damaged_database(patient: Patient, folder: Path) -> None:
    await patient.scene.kring.close()
    (folder / "kring.db").write_bytes(b"garbage!" * 4096)
    code, (found,) = await patient.look("database")
    assert code == 2
    assert "is damaged, or no database" in found


async def test_no_database_yet(patient: Patient, folder: Path) -> None:
    await patient.scene.kring.close()
    (folder / "kring.db").unlink()
    code, (found,) = await patient.look("database")
    assert (code, found.partition(":")[0]) == (0, "advice")
    assert not (folder / "kring.db").exists()


async def test_a_database_that_another_program_holds_may_pass(patient: Patient, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kring.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, (found,) = await patient.look("database")
        other.execute("ROLLBACK")
    assert code == 1
    assert found.startswith("temporary: ")
    assert "Another program holds" in found


@pytest.mark.parametrize(
    ("revision", "weight", "code"), [("0001", "advice", 0), ("9001", "change", 2)], ids=["older", "newer"]
)
async def test_a_schema_of_another_version(
    patient: Patient, folder: Path, revision: str, weight: str, code: int
) -> None:
    with closing(sqlite3.connect(folder / "kring.db")) as live, live:
        live.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    found_code, (found,) = await patient.look("schema")
    assert (found_code, found.partition(":")[0]) == (code, weight)


async def test_a_disk_that_is_nearly_full(patient: Patient, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LITTLE_ROOM_BYTES", shutil.disk_usage(folder).free * 2)
    code, (found,) = await patient.look("disk")
    assert (code, found.partition(":")[0]) == (2, "change")


async def test_files_that_others_may_open(patient: Patient, folder: Path) -> None:
    (made,) = (folder / "backups").glob("*.db")
    for path, mode in ((folder / ".env", 0o644), (folder / "kring.db", 0o640), (made, 0o604), (made.parent, 0o755)):
        path.chmod(mode)
    code, found = await patient.look("files")
    assert code == 2
    assert [line.partition("→ ")[2] for line in found] == [
        "chmod 600 .env",
        f"chmod 600 {folder / 'kring.db'}",
        f"chmod 700 {made.parent}",
        f"chmod 600 {made}",
    ]


def test_fonts_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "drawing", lambda _: None)
    found = [f"{finding.weight}: {finding.to_do}" for finding in machine.check_fonts()]
    assert found == ["advice: apt install fonts-noto-color-emoji", "advice: apt install fonts-noto-cjk"]


async def test_a_time_zone_without_data(patient: Patient, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kring.db")) as live, live:
        live.execute("UPDATE clubs SET timezone = 'Europe/Atlantis'")
    code, found = await patient.look("zones")
    assert code == 2
    assert found == ["change: there are no data of the time zone Europe/Atlantis → make install, or apt install tzdata"]


async def test_the_age_of_the_last_back_up(patient: Patient, folder: Path) -> None:
    (made,) = (folder / "backups").glob("*.db")
    made.rename(made.with_name("kring-20260308T030000Z.db"))
    code, (found,) = await patient.look("back-up")
    assert code == 2
    assert " days ago: " in found
    made.with_name("kring-20260308T030000Z.db").unlink()
    assert (await patient.look("back-up"))[0] == 0
    patient.kring.set(BACKUPS_KEPT="0")
    code, (found,) = await patient.look("back-up")
    assert (code, found.partition(":")[0]) == (0, "advice")
    await patient.kring.later("backup")
    code, (_, found) = await patient.look("back-up")
    assert (code, found.partition(" are in ")[0]) == (0, "advice: 1 of before")


@pytest.mark.parametrize("plain", [False, True])
async def test_on_a_terminal_there_are_marks_and_colours_unless_they_are_not_wanted(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    terminal = Terminal()
    patient.kring.set(TERM="xterm-256color", COLUMNS="100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if plain:
        patient.kring.set(NO_COLOR="1")
    patient.scene.group.forbidden.add("can_send_messages")
    monkeypatch.setattr("sys.stdout", terminal)
    answer: Answer = await patient.kring.later("doctor")
    assert answer.code == 2
    drawn = terminal.getvalue()
    assert ("\x1b[32m" in drawn) is not plain
    assert "✗" in drawn
    assert "→ make it an admin there, or let members write" in drawn
    assert "\t" not in drawn
