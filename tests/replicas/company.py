"""Replicas of the program behind one webhook, and clubs whose members keep them busy."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg

from bot.clock import SystemClock
from bot.domain.shards import SHARDS, shard_of
from bot.playground.server import Playground
from bot.playground.world import World
from tests.support import postgres
from tests.support.hooked import SECRET, URL, free_port
from tests.support.process import BotProcess
from tests.support.scene import words

CLUBS = 12
PATIENCE_S = 120.0


class Company:
    """`programs` are the replicas; `address` is that of their database."""

    def __init__(self, folder: Path, address: str, count: int, *, clubs: int = CLUBS, **settings: str) -> None:
        self.world = World(SystemClock())
        self.address = address
        self._folder = folder
        self._settings = settings
        self._count = count
        self.programs: list[BotProcess] = []
        self._hosts: list[str] = []
        self.clubs = []
        for number in range(clubs):
            anna = self.world.person("Anna", username=f"anna_{number}")
            bert = self.world.person("Bert", username=f"bert_{number}")
            self.clubs.append((self.world.group(f"Kring {number}", anna, [bert]), anna, bert))
            for _ in range(SHARDS // clubs - 1):  # or all would be in the first shards, and one replica's
                self.world.group("Elsewhere", anna)
        self.sent: dict[int, list[str]] = {chat.id: [] for chat, _, _ in self.clubs}

    @asynccontextmanager
    async def at_work(self, *, polling: bool = False) -> AsyncIterator[None]:
        """All replicas run, each with its part of the work, and the bot is in every club."""
        async with Playground(self.world) as server:
            ports = [free_port() for _ in range(self._count)]
            self._hosts = [f"127.0.0.1:{port}" for port in ports]
            self.world.hosts = list(self._hosts)
            for number, port in enumerate(ports):
                folder = self._folder / f"replica{number}"
                folder.mkdir()
                hook = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{port}"}
                settings = {"DAILY_LIMIT": "0", "DATABASE_URL": self.address} | ({} if polling else hook)
                self.programs.append(BotProcess.at(self.world, server.url, folder, **settings | self._settings))
            try:
                for program in self.programs:
                    await program.start()
                await self.until(lambda: len(self.shares()) == self._count, "not all replicas have a share")
                for chat, anna, _ in self.clubs:
                    self.world.add_bot(chat, anna)
                await self.until(lambda: all(self._said(chat.id) for chat, _, _ in self.clubs), "the bot greets no one")
                yield
            finally:
                for program in self.programs:
                    program.signal(signal.SIGCONT)
                    await program.close()

    def refer(self, times: int) -> None:
        """In every club so many referrals are passed on, each about somebody else."""
        for _ in range(times):
            for chat, anna, bert in self.clubs:
                contact = f"Contact{len(self.sent[chat.id])}x"
                self.sent[chat.id].append(contact)
                self.world.say(anna, chat, f"/refer @{bert['username']} {contact}: a roof")

    def shares(self) -> dict[int, int]:
        """How many parts of the work each replica has."""
        rows = self.sql("SELECT replica_id, count(*) FROM shards WHERE replica_id IS NOT NULL GROUP BY replica_id")
        return dict(rows)

    def owners(self) -> dict[int, int]:
        """Which replica does the work of each club's chat."""
        replicas = dict(self.sql("SELECT shard, replica_id FROM shards"))
        return {chat.id: replicas[shard_of(chat.id)] for chat, _, _ in self.clubs}

    def connections(self) -> int:
        """How many connections to the server all replicas have."""
        here = "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"
        return sum(name == "kring" for (name,) in self.sql(here))

    def lose(self, number: int, how: signal.Signals) -> None:
        """The nth replica ends or hangs; who balances the load sees by its /healthz that it does not answer."""
        self.programs[number].signal(how)
        self.world.hosts.remove(self._hosts[number])

    async def bring_back(self, number: int, lost_by: signal.Signals) -> None:
        """One that hung goes on, one that was killed is started anew."""
        program = self.programs[number]
        if lost_by == signal.SIGKILL:
            await program.ended()
            await program.start()
        program.signal(signal.SIGCONT)
        self.world.hosts.append(self._hosts[number])

    def recorded(self) -> dict[int, list[str]]:
        """The contacts of each club's referrals, by their numbers."""
        found: dict[int, list[str]] = {chat.id: [] for chat, _, _ in self.clubs}
        for chat_id, contact in self.sql("SELECT chat_id, contact FROM referrals ORDER BY chat_id, number"):
            found[chat_id].append(contact)
        return found

    def answered(self) -> dict[int, Counter[str]]:
        """How often each club was told of each contact."""
        return {
            chat.id: Counter(
                contact
                for message in self._said(chat.id)
                for contact in self.sent[chat.id]
                if f"{contact}:" in words(message)
            )
            for chat, _, _ in self.clubs
        }

    def all_answered(self) -> bool:
        """Was everything answered that was sent?"""
        return all(set(self.answered()[chat_id]) == set(sent) for chat_id, sent in self.sent.items())

    def in_order(self) -> bool:
        """Did each club hear the answers in the order of what was sent? Of what was said twice, the first counts."""
        for chat_id, sent in self.sent.items():
            heard = [c for m in self._said(chat_id) for c in sent if f"{c}:" in words(m)]
            if list(dict.fromkeys(heard)) != sent:
                return False
        return True

    def resent(self) -> int:
        """How many messages were sent again as a replica ended in the middle of the call."""
        return int(self.sql("SELECT count(*) FROM outbox WHERE attempts > 1")[0][0])

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """What the query finds; nothing while the server or the table is not there."""
        with suppress(asyncpg.PostgresError, OSError):
            return postgres.sql(self.address, query)
        return []

    async def until(self, happens: Callable[[], object], what: str) -> None:
        """Wait until it happens, for much longer than a takeover takes. Raises TimeoutError saying `what`."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while not happens():
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(what)
            await asyncio.sleep(0.2)

    def _said(self, chat_id: int) -> list[dict[str, Any]]:
        chat = self.world.chats[chat_id]
        return [m for m in self.world.messages(chat) if m["from"]["id"] == self.world.bot["id"]]
