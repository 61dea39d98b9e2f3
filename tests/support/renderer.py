"""The worker that renders pictures, and others in its place that do not do what they should."""

from pathlib import Path

import pytest

from bot.pictures import renderer

HANGS = "import sys, time\nsys.stdin.buffer.read(4)\ntime.sleep(60)\n"
CRASHES = "import os, sys\nsys.stdin.buffer.read(4)\nos.abort()\n"


def replaced(worker: str, folder: Path, monkeypatch: pytest.MonkeyPatch, limit_s: float = 0.5) -> None:
    """From now on new workers run this program, and a picture may take so long."""
    (folder / "worker.py").write_text(worker)
    monkeypatch.setattr(renderer, "WORKER", folder / "worker.py")
    monkeypatch.setattr(renderer, "RENDER_S", limit_s)


def workers_of(pid: int) -> list[int]:
    """The processes that render for the process with this id."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"worker.py" in Path(f"/proc/{child}/cmdline").read_bytes()]
