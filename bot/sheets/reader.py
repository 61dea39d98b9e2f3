"""Reads the spreadsheets that people send, in a process beside the bot: no file can keep the bot from its work."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.domain.imports.tables import Cell, Row, Sheet

READ_S = 120.0
"""How long a file may take."""
WORKER = Path(__file__).with_name("worker.py")
# What an interpreter in an unusual place needs; nothing else of the environment is the worker's business.
_NEEDED = ("PYTHONPATH", "LD_LIBRARY_PATH")


class Unreadable(Exception):  # noqa: N818  it reads as what is so, like a refusal
    """No table comes of the file; `why` is a word of the worker's, or "slow"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def read(content: bytes) -> list[Sheet]:
    """The tables of the file, without those that are empty. Raises Unreadable, after READ_S at the latest."""
    # In a session of its own, as Ctrl-C in a terminal is for the bot.
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(WORKER)),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # where a library fails it may quote people's words
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(READ_S):
            told, _ = await worker.communicate(content)
    except TimeoutError as error:
        raise Unreadable("slow") from error
    finally:
        if worker.returncode is None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()
    if worker.returncode:
        raise Unreadable("broken" if worker.returncode > 0 else "slow")
    sheets = await asyncio.to_thread(lambda: list(_sheets(told)))
    if not sheets:
        raise Unreadable("no_table")
    return sheets


def _sheets(told: bytes) -> Iterator[Sheet]:
    name, rows = "", list[Row]()
    for line in told.splitlines():
        kind, *rest = json.loads(line)
        if kind == "refused":
            raise Unreadable(rest[0])
        if kind == "row":
            number, *cells = rest
            rows.append(Row(number, tuple(_cell(cell) for cell in cells)))
            continue
        if rows:
            yield Sheet(name, rows)
        name, rows = rest[0], []
    if rows:
        yield Sheet(name, rows)


def _cell(cell: Cell | None) -> Cell:
    """Without NUL and lone surrogates, which no database keeps."""
    if isinstance(cell, str):
        return cell.replace("\0", "").encode(errors="replace").decode()
    return "" if cell is None else cell
