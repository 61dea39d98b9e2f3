"""What a bot that polls does not need is not loaded at its start: it would take time, and memory ever after."""

import subprocess
import sys

NOT_NEEDED_YET = (
    "alembic",  # only where the database is not up to date
    "asyncpg",
    "openpyxl",
    "prometheus_client",
    "pygments",
    "rich",
    "starlette",
    "uvicorn",
    "xlsxwriter",
)


def test_the_bot_starts_without_what_only_some_need() -> None:
    program = "import sys, bot.cli.run, bot.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()  # noqa: S603
    assert "telegram" in loaded
    assert not set(loaded) & set(NOT_NEEDED_YET)
