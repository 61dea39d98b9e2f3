"""`python -m bot run`, as an operator starts and stops it."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import main
from bot.playground.server import Playground
from bot.texts.catalogues import LOCALES
from tests.support.operator import Operator
from tests.support.process import ROOT, until


async def test_without_a_token_it_says_so_and_points_to_the_playground(operator: Operator) -> None:
    program = operator.prepare(BOT_TOKEN="")
    assert await program.exit_code() == 2
    assert "BOT_TOKEN" in program.log
    assert "make demo" in program.log
    assert "Traceback" not in program.log


def test_it_starts_without_what_only_the_other_commands_need() -> None:
    heavy = ["xlsxwriter", "openpyxl", "rich", "alembic", "prometheus_client", "starlette", "uvicorn"]
    heavy += ["bot.domain.amount_reading", "bot.playground", "bot.demo"]
    program = f"import sys; import bot.cli.run, bot.app; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("typed", [[], ["rum"], ["run", "--fast"]])
def test_what_is_no_command_is_answered_with_what_there_is(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    assert "usage: python -m bot" in capsys.readouterr().err


async def test_with_a_wrong_token_it_says_so_and_does_not_knock_again(operator: Operator) -> None:
    token = "7412345678:AAHk3_x-Zz0123456789abcdefghijklmno"  # noqa: S105  nobody's
    program = operator.prepare(BOT_TOKEN=token)
    assert await program.exit_code() == 2
    assert program.log.splitlines()[-1].startswith("Telegram does not know this BOT_TOKEN.")
    assert "Traceback" not in program.log
    assert token not in program.log
    assert operator.world.log == []


async def test_when_its_token_is_taken_back_it_ends_and_says_so(operator: Operator) -> None:
    operator.world.faults.add("error", "getUpdates", code=401, description="Unauthorized", times=None)
    program = operator.prepare()
    assert await program.exit_code() == 2
    assert program.log.splitlines()[-1].startswith("Telegram does not know this BOT_TOKEN.")
    assert operator.world.token not in program.log


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEFAULT_TIMEZONE", "Mars", "DEFAULT_TIMEZONE: 'Mars' is no time zone"),
        ("DAILY_LIMIT", "many", "DAILY_LIMIT: "),
    ],
)
async def test_a_setting_that_makes_no_sense_is_named(operator: Operator, name: str, value: str, said: str) -> None:
    program = operator.prepare(**{name: value})
    assert await program.exit_code() == 2
    assert program.log.startswith(said)
    assert len(program.log.splitlines()) == 1


async def test_a_catalogue_that_cannot_be_read_is_named(operator: Operator, folder: Path) -> None:
    broken = shutil.copytree(LOCALES, folder / "locales") / "nl.po"
    broken.write_text(broken.read_text("utf-8").replace("msgid", "<<<<<<< HEAD", 1), "utf-8")
    begin = "import sys; from pathlib import Path; from bot import cli; from bot.texts import catalogues"
    program = operator.prepare()
    program.command = (
        *(sys.executable, "-c"),
        f"{begin}; catalogues.LOCALES = Path('locales'); sys.exit(cli.main(['run']))",
    )
    assert await program.exit_code() == 2
    assert program.log.startswith("The catalogue nl.po cannot be used: ")
    assert "Traceback" not in program.log
    assert operator.world.log == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_stop_in_the_middle_of_its_work_it_does_so_within_seconds_and_keeps_the_rest(
    operator: Operator, number: signal.Signals
) -> None:
    for count in range(25):
        operator.says(f"/refer @bert Contact{count}x: a roof")
    program = operator.prepare(DAILY_LIMIT="0")
    await program.start()
    await until(lambda: len(operator.heard()) > 5)
    began = time.monotonic()
    program.signal(number)
    assert await program.ended() == 0
    assert time.monotonic() - began < 5
    assert "Traceback" not in program.log
    assert len(operator.heard()) < 26
    await program.start()
    await until(lambda: len(operator.heard()) == 26)
    program.signal(number)
    assert await program.ended() == 0
    assert operator.heard_of() == [str(count) for count in range(25)]


async def test_a_call_that_hangs_does_not_keep_it_from_stopping(operator: Operator) -> None:
    operator.world.faults.add("silence", "sendMessage")
    program = operator.prepare()
    await program.start()
    await until(lambda: any(call.method == "sendMessage" for call in operator.world.log))
    began = time.monotonic()
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert time.monotonic() - began < 5


async def test_started_while_telegram_cannot_be_reached_it_waits_and_then_works(folder: Path) -> None:
    operator = Operator(folder)
    async with operator.server:
        program = operator.prepare()
    await program.start()
    try:
        await until(lambda: "Telegram cannot be reached" in program.log)
        async with Playground(operator.world, int(operator.server.url.rpartition(":")[2])):
            await until(operator.heard)
            program.signal(signal.SIGTERM)
            assert await program.ended() == 0
    finally:
        await program.close()
