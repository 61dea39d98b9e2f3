"""What the files of an export have in common."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.amounts import Amount
from bot.domain.records import Happening, Record, Table, Value

Item = TypeVar("Item")

_SLICE = 10
_NAP_S = 0.0002


class Writer(Protocol):
    """A file that is being written: its tables one after the other, each in pieces.

    The methods block, so they are called in a thread beside the bot.
    """

    def begin(self, table: Table) -> None:
        """What is added from here on are this table's records."""

    def add(self, records: Iterable[Record]) -> int:
        """Write some, and return how many."""

    def end(self) -> None:
        """Complete the file and close it."""

    def give_up(self) -> None:
        """Close it as it is, at once; nobody wants it any more."""


def gently(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, with a moment between some of them in which others get to work.

    Python gives a thread 5 ms before another may go on. Answering a command changes threads dozens of times, so it
    would take that much longer while a file is written.
    """
    for at, item in enumerate(items, 1):
        yield item
        if at % _SLICE == 0:
            time.sleep(_NAP_S)


def as_text(value: Value) -> str:
    """A value as text that is the same in every language."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(timespec="seconds")
        case Amount():
            return value.decimal
        case int() | str():
            return str(value)
        case _:
            return "; ".join(_happened(each) for each in value)


def _happened(each: Happening) -> str:
    what = each.value if each.side == "status" else f"{each.side} {each.value}"
    return f"{as_text(each.at)} {what}" + (f" by {each.by}" if each.by is not None else "")
