"""What memory a process has."""

from pathlib import Path


def resident_mb(pid: int, which: str = "VmRSS") -> float:
    """The resident memory now; or, with VmHWM, the most that it has had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) / 1024
