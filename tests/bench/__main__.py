"""Runs the measurements one after the other, and says on what machine."""

import argparse
import asyncio
import os
import platform
import sys
from pathlib import Path

from tests.bench import exports, pictures


def machine() -> str:
    """What the figures depend on."""
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--entries", type=int, default=1_000_000, help="how long the ledger is that is exported")
    typed = parser.parse_args()
    sys.stdout.write(f"{machine()}\n\n")
    for line in (*asyncio.run(pictures.measured()), "", *exports.measured(typed.entries)):
        sys.stdout.write(f"{line}\n")
