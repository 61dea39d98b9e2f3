"""After a night's outage thousands of updates wait: each is recorded once, and the program needs no more memory."""

import re
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.clock import MovableClock, SystemClock
from bot.playground.chats import Chat
from bot.playground.people import User
from bot.playground.server import Playground
from bot.playground.world import World
from tests.support.databases import committed, is_whole
from tests.support.process import BotProcess, until

GROUPS, MEMBERS = 20, 10
FIRST = 1_000
"""By then the program has loaded all that it works with, and its database has filled SQLite's own memory."""
SLACK_KB, KB_EACH = 2_048, 0.5
"""How much more memory it may need for all that come after, and for each of them.

Measured: half a megabyte to one for the next 1,000, two for the next 9,000, on top of 100. A program that keeps each
update as the library reads it needs more than three for each 1,000.
"""
TELEGRAMS_OWN = {"SEND_PER_SECOND": "30", "SEND_PER_MINUTE_GROUP": "20", "SEND_PER_SECOND_CHAT": "1"}
NEED = "a roof that keeps the rain out, before winter comes if that can be done; " * 4


class Night:
    """What twenty groups wrote while the bot was away."""

    def __init__(self, count: int) -> None:
        self.world = World(MovableClock(SystemClock().now() - timedelta(hours=9)))
        self.commands: Counter[tuple[int, int]] = Counter()
        """By chat and message id: each once."""
        groups = [self._group(number) for number in range(GROUPS)]
        for number in range(count):
            group, people = groups[number % GROUPS]
            who, whom = (people[(number // GROUPS + step) % MEMBERS] for step in (0, 3))
            text = f"/thanks @{whom['username']} {number + 1} for the roof"
            if number % 3:
                text = f"/refer @{whom['username']} Contact {number}: {NEED}, 0470 12 34 56"
            self.commands[group.id, self.world.say(who, group, text)["message_id"]] += 1

    def _group(self, number: int) -> tuple[Chat, list[User]]:
        people = [self.world.person(f"Member {each}", username=f"m{each}_of_{number}") for each in range(MEMBERS)]
        group = self.world.group(f"Club {number}", people[0], people)
        self.world.add_bot(group, people[0])
        return group, people


def recorded(folder: Path) -> int:
    """How many entries are in the ledger: it deletes none, so its last ids tell, and soon."""
    counts = "SELECT (SELECT coalesce(max(id), 0) FROM referrals) + (SELECT coalesce(max(id), 0) FROM thanks)"
    return int(committed(folder, counts)[0][0])


def entries(folder: Path) -> Counter[tuple[int, int]]:
    """How often each message stands in the ledger, by its chat and id."""
    keys = "SELECT chat_id, message_id FROM referrals UNION ALL SELECT chat_id, message_id FROM thanks"
    return Counter((chat_id, message_id) for chat_id, message_id in committed(folder, keys))


async def at_least(folder: Path, count: int) -> None:
    """Wait until so many are recorded, however long that takes as long as it goes on."""
    while (so_far := recorded(folder)) < count:
        await until(partial(has_more, folder, so_far), f"no more than {so_far} of {count} recorded")


def has_more(folder: Path, count: int) -> bool:
    """Are more than these recorded?"""
    return recorded(folder) > count


def peak_kb(program: BotProcess) -> int:
    """The most memory that the program has had at a time: its resident set, as the kernel counts it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{program.pid}/status").read_text())
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("count", [2_000, pytest.param(10_000, marks=pytest.mark.storm)])
async def test_a_backlog_is_recorded_to_the_last_command_and_memory_stays_flat(folder: Path, count: int) -> None:
    night = Night(count)
    async with Playground(night.world) as server:
        program = BotProcess.at(night.world, server.url, folder, DAILY_LIMIT="0", **TELEGRAMS_OWN)
        try:
            await program.start()
            await at_least(folder, FIRST)
            at_first = peak_kb(program)
            await at_least(folder, count)
            more = peak_kb(program) - at_first
            await until(lambda: night.world.pending == 0)
        finally:
            await program.close()
    assert entries(folder) == night.commands
    assert committed(folder, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert is_whole(folder)
    assert more < SLACK_KB + KB_EACH * (count - FIRST), (
        f"{at_first} kB for the first {FIRST}, and {more} kB more for the others"
    )
