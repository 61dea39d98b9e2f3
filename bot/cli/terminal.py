"""What the command line says: to whoever reads it on a terminal, or to the program that its output goes to."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from bot.domain.names import strip_invisible

_GAP = 2


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


def counted(number: int, noun: str) -> str:
    """So many of these, as in "1 club" and "2,000 clubs"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def is_read_along(stream: TextIO) -> bool:
    """Does somebody read it on a terminal?"""
    return stream.isatty()


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[str] = (), spare: Collection[str] = ()
) -> None:
    """A table on standard output: drawn on a terminal, else a line a row with tabs between.

    `numbers` are the columns of numbers, `spare` those that a narrow terminal is spared. What people wrote may be in
    it: it can do nothing to the terminal.
    """
    clean = [[" ".join(strip_invisible(cell).split()) for cell in row] for row in rows]
    if not is_read_along(sys.stdout):
        for row in (headings, *clean):
            say("\t".join(row))
        return
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    columns = list(zip(headings, *clean, strict=True))
    if sum(max(map(cell_len, column)) + _GAP for column in columns) > console.width:
        columns = [column for column in columns if column[0] not in spare]
    drawn = Table(box=None, header_style="bold", padding=(0, _GAP, 0, 0))
    for heading, *_ in columns:
        number = heading in numbers
        drawn.add_column(heading, justify="right" if number else "left", overflow="fold", no_wrap=number)
    for row in zip(*(cells for _, *cells in columns), strict=True):
        drawn.add_row(*map(Text, row))
    console.print(drawn)


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
