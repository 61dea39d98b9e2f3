"""What a process takes: memory, and the processor's time."""

import os
from pathlib import Path


def resident_mb(pid: int, which: str = "VmRSS") -> float:
    """The resident memory now; or, with VmHWM, the most that it has had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) / 1024


def processor_s(pid: int) -> float:
    """How long it has had a processor."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
