"""What the command line says: to whoever reads it, or to the program that its output goes to."""

import sys


def say(words: str = "") -> None:
    """A line on standard output."""
    print(words)  # noqa: T201  the command line


def complain(problem: str, code: int = 2) -> int:
    """A line on standard error about what is wrong; returns `code`, to end with."""
    print(problem, file=sys.stderr)  # noqa: T201  the command line
    return code
