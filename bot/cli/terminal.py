"""What the command line says: to whoever reads it on a terminal, or to the program that its output goes to."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from bot.domain.names import strip_invisible


def say(words: str = "") -> None:
    """A line on standard output."""
    print(words)  # noqa: T201  the command line


def remark(words: str) -> None:
    """A line for whoever reads along, on standard error, so that it is not among what a program reads."""
    print(words, file=sys.stderr)  # noqa: T201  the command line


def complain(problem: str, code: int = 2) -> int:
    """A line on standard error about what is wrong; returns `code`, to end with."""
    remark(problem)
    return code


def is_read_along(stream: TextIO) -> bool:
    """Does somebody read it on a terminal?"""
    return stream.isatty()


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> None:
    """A table on standard output: drawn on a terminal, else a line a row with tabs between. `numbers` names the columns
    of numbers. What people wrote may be in it: it can do nothing to the terminal."""
    clean = [[" ".join(strip_invisible(cell).split()) for cell in row] for row in rows]
    if not is_read_along(sys.stdout):
        for row in (headings, *clean):
            say("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in headings:
        drawn.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in clean:
        drawn.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(drawn)


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how far it is: call what is yielded with how much is done, and of how much."""
    if not is_read_along(sys.stderr):
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)
