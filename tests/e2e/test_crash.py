"""kill -9 in the middle of a backlog: nothing is lost, nothing counts twice, and everybody gets an answer."""

import re
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.playground.chats import Chat
from bot.playground.ground import Event
from bot.playground.people import User
from bot.playground.server import Playground
from bot.playground.world import World
from tests.support.databases import committed
from tests.support.process import BotProcess, until

pytestmark = pytest.mark.every_database

COMMANDS = 500
GROUPS = 5


class Backlog:
    """Five groups in which three members each have written 500 commands between them; nobody answered yet."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.groups: list[tuple[Chat, list[User]]] = []
        self.marks: dict[tuple[int, int], str] = {}
        """By chat and message id of each command: words that only its answer repeats."""
        for number in range(GROUPS):
            names = ("Anna", "Bert", "Carla")
            people = [world.person(name, username=f"{name}_in_{number}") for name in names]
            group = world.group(f"Club {number}", people[0], people)
            world.add_bot(group, people[0])
            self.groups.append((group, people))
        for number in range(COMMANDS):
            self._write(number)

    def _write(self, number: int) -> None:
        group, people = self.groups[number % GROUPS]
        who, whom = (people[(number + step) % 3] for step in (0, 1))
        if number % 3:
            text, mark = f"/refer @{whom['username']} Contact{number:03}x: a roof", f"Contact{number:03}x"
        else:
            text, mark = f"/thanks @{whom['username']} {number + 1} note{number:03}x", f"note{number:03}x"
        message = self.world.say(who, group, text)
        self.marks[group.id, message["message_id"]] = mark

    def answers(self) -> Counter[str]:
        """How often each command was answered, by its mark."""
        texts = [
            message["text"]
            for group, _ in self.groups
            for message in self.world.messages(group)
            if message["from"]["id"] == self.world.bot["id"] and "text" in message
        ]
        # The answer to a /thanks names the contact of the referral it is for: its own mark is the note.
        found = (re.search(r"note\d+x", text) or re.search(r"Contact\d+x", text) for text in texts)
        return Counter(mark.group() for mark in found if mark)

    def answer_count(self) -> int:
        """How many messages the bot has sent."""
        return sum(call.method == "sendMessage" for call in self.world.log)


class Killer:
    """Kills the process from within the playground, at the very message after which the count is reached."""

    def __init__(self, world: World, process: BotProcess) -> None:
        self._world = world
        self._process = process
        self._seen = 0
        self._at = 0

    async def at(self, answers: int) -> None:
        """Start the process; it dies while its call that brings the `answers`th answer is under way."""
        self._at = answers
        unwatch = self._world.watch(self._on_event)
        await self._process.start()
        assert await self._process.ended() == -signal.SIGKILL
        unwatch()

    def _on_event(self, event: Event) -> None:
        if event.kind == "message" and event.data["from"]["id"] == self._world.bot["id"]:
            self._seen += 1
            if self._seen == self._at:
                self._process.signal(signal.SIGKILL)


def entries(folder: Path) -> Counter[Any]:
    """How often each message stands in the ledger, by its chat and id."""
    keys = "SELECT chat_id, message_id FROM referrals UNION ALL SELECT chat_id, message_id FROM thanks"
    return Counter(committed(folder, keys))


async def test_killed_again_and_again_amid_500_commands_it_records_each_once_and_answers_each(folder: Path) -> None:
    world = World(SystemClock())
    backlog = Backlog(world)
    async with Playground(world) as server:
        process = BotProcess.at(world, server.url, folder, DAILY_LIMIT="0")
        killer = Killer(world, process)
        try:
            await killer.at(4 * GROUPS)
            assert len(entries(folder)) < COMMANDS, "killed while it was recording"
            await killer.at(COMMANDS // 3)
            assert len(backlog.answers()) < COMMANDS // 2, "killed while it was answering"
            await process.start()
            await until(lambda: world.pending == 0 and backlog.answer_count() >= COMMANDS + GROUPS)
            await until(lambda: len(backlog.answers()) == COMMANDS, "each command was answered")
            process.signal(signal.SIGTERM)
            assert await process.ended() == 0
        finally:
            await process.close()
    assert entries(folder) == Counter(backlog.marks.keys())
    answers = backlog.answers()
    assert set(answers) == set(backlog.marks.values())
    # Only a call that was under way, or just ended, when the process died is made again: one in each group.
    assert answers.total() - COMMANDS <= 2 * GROUPS
    assert committed(folder, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert committed(folder, "SELECT DISTINCT state FROM outbox") == [("sent",)]
