"""Runs the measurements one after the other, and says on what machine: python -m tests.bench [--short] [name …]"""

import argparse
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

NAMES = ("commands", "starts", "ledger", "exports", "pictures", "replicas", "sizes", "posts")
"""Modules beside this one; each has `measured(short)`, the lines of its tables, `short` in a few seconds."""


def machine() -> str:
    """What the figures depend on."""
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    busy = f"{os.getloadavg()[0]:.1f} programs at work when this began"
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}; {busy}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which measurements; all unless told")
    parser.add_argument(
        "--short", action="store_true", help="in seconds, to see that they work: the figures say little"
    )
    asked = parser.parse_args()
    sys.stdout.write(f"{machine()}\n")
    for name in asked.names or NAMES:
        sys.stdout.write("\n")
        for line in import_module(f"tests.bench.{name}").measured(asked.short):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
