"""However much has come in, was said and was given: what Kring does every day is looked up, not gone through."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot import speech
from tests.support.scene import Scene

pytestmark = pytest.mark.sqlite  # whose way through the tables it asks for
GROWING = {"referrals", "thanks", "referral_events", "meetings", "visitors", "members", "people", "inbox", "outbox"}
# As they stand in statements beside the table itself.
ALIASES = {"next", "above", "before", "first", "giver", "recipient", "taker", "original", "its_referral", "before_it"}


@pytest.fixture
def asked(scene: Scene) -> Iterator[dict[str, Any]]:
    """The statements that are made meanwhile, with parameters of one run."""
    engine = scene.kring.workplace._database._kind.engine.sync_engine
    statements: dict[str, Any] = {}

    def note(_: Connection, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        statements[statement] = parameters[0] if many else parameters

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def steps(folder: Path, asked: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(Statement, step that SQLite would take for it)."""
    with closing(sqlite3.connect(folder / "kring.db")) as database:
        for statement, parameters in asked.items():
            if not statement.startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
                continue
            for *_, step in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters):
                yield statement, step


def gone_through(folder: Path, asked: dict[str, Any]) -> set[tuple[str, str]]:
    """(Table, statement) where SQLite would read all rows of a table that grows."""
    return {
        (table[1], statement)
        for statement, step in steps(folder, asked)
        if (table := re.fullmatch(r"SCAN (\w+)(?: LEFT-JOIN)?", step)) and table[1] in GROWING | ALIASES
    }


async def test_commands_the_weekly_post_and_sending_go_through_no_table_that_grows(
    scene: Scene, folder: Path, asked: dict[str, Any]
) -> None:
    await scene.says(scene.bert, "/start")
    await scene.says(scene.anna, "/refer @bert Piet Peeters: needs a new website, 0470 12 34 56")
    await scene.says(scene.anna, "/refer @bert Piet Peeters: a logo")
    await scene.says(scene.bert, "/thanks @anna €100 #1")
    for command in ("/leaderboard", "/leaderboard year", "/mystats", "/value", "/meet @bert", "/undo"):
        await scene.says(scene.anna, command)
    scene.clock.forward(timedelta(days=7))
    await scene.kring.settle()
    assert len(asked) > 50
    assert not gone_through(folder, asked)


async def test_what_is_said_next_and_when_is_looked_up_however_much_waits(
    scene: Scene, folder: Path, asked: dict[str, Any]
) -> None:
    async with scene.kring.workplace.work() as work:
        await work.outbox.put(speech.weekly_post(scene.group.id, "week", "week:1"))
    asked.clear()
    await scene.kring.sender.drain()
    taken = [(statement, step) for statement, step in steps(folder, asked) if "not_before" in statement]
    assert {step for _, step in taken if "INDEX" in step} >= {
        "SCAN outbox USING INDEX ix_outbox_next",
        "SEARCH other USING INDEX ix_outbox_open (chat_id=?)",
        "SEARCH outbox USING INDEX ix_outbox_later (not_before>?)",
    }
    assert not [statement for statement, step in taken if "TEMP B-TREE" in step]
