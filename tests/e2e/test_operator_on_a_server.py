"""What the operator's commands say of a database on a PostgreSQL server; the password is in none of it."""

import pytest

from tests.support.command_line import CommandLine
from tests.support.scene import Scene

SECRET = "kring5ecret"  # noqa: S105  nobody's
URL = f"postgresql://kring:{SECRET}@127.0.0.1:1/kring?password={SECRET}"
SHOWN = "postgresql://kring@127.0.0.1:1/kring"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["backup"], f"pg_dump --format=custom --file=kring.dump --dbname={SHOWN}"),
        (
            ["restore", "my kring.dump", "--yes"],
            f"pg_restore --clean --if-exists --single-transaction --dbname={SHOWN} 'my kring.dump'",
        ),
    ],
)
def test_the_servers_own_programs_are_named(kring: CommandLine, typed: list[str], said: str) -> None:
    kring.set(DATABASE_URL=URL)
    answer = kring(*typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1].strip() == said


@pytest.mark.parametrize("command", ["doctor", "clubs"])
def test_a_server_that_does_not_answer_may_do_so_later(kring: CommandLine, command: str) -> None:
    kring.set(DATABASE_URL=URL, BOT_TOKEN="")
    answer = kring(command)
    said = answer.out + answer.err
    assert answer.code == (1 if command == "clubs" else 2)  # the doctor misses the token, too
    assert "PostgreSQL at 127.0.0.1:1/kring" in said
    assert "does not answer" in said
    assert SECRET not in said


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgres"], indirect=True)
async def test_the_doctor_looks_at_the_server(scene: Scene, kring: CommandLine) -> None:
    kring.set(BOT_TOKEN="")
    answer = await kring.later("doctor")
    found = {row.split("\t")[1]: row.split("\t") for row in answer.out.splitlines()}
    assert found["database"][0] == found["schema"][0] == found["messages"][0] == "well"
    assert "pg_dump" in found["back-up"][3]
    assert "disk" not in found
