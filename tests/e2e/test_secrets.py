"""What the program keeps to itself: nothing secret or private is in its log, and its files are its owner's alone."""

import json
import re
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.playground.chats import Chat
from bot.playground.people import User
from tests.support.databases import committed
from tests.support.operator import Operator
from tests.support.process import until
from tests.support.scene import Message, buttons, words

pytestmark = pytest.mark.sqlite

TOKEN = "7412345678:AAHk3_x-Zz0123456789abcdefghijklmno"  # noqa: S105  nobody's
DETAILS = "0470 98 76 54 or 0032470987654, Pietro.Contactius@mail.example"
SECRET = (
    *TOKEN.split(":"),
    *("Zitafirst", "Zitalast", "zita_handle", "Boudfirst", "Boudlast", "boud_handle"),
    *("Contactius", "Needius", "Noteius", "Boomius", "Clubius", "mail.example"),
)
"""The token's halves, what people are called, and what they wrote."""
PHONE = "470987654"
TOO_MANY: dict[str, Any] = {"code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1}

# The program as it is, but it looks every second whether a weekly post is due.
OFTEN = (
    "import sys; from datetime import timedelta; from bot import schedule; "
    "schedule.SWEEP_EVERY = timedelta(seconds=1); from bot.cli import main; sys.exit(main(sys.argv[1:]))"
)


class Life:
    """What happens to a bot in a club, good and bad; each step waits until the bot has dealt with it."""

    def __init__(self, operator: Operator) -> None:
        self.operator, self.world = operator, operator.world
        self.world.token = TOKEN
        self.zita = self.world.person("Zitafirst", "Zitalast", "zita_handle")
        self.boud = self.world.person("Boudfirst", "Boudlast", "boud_handle")
        self.group = self._group("Clubius Gent", "supergroup")
        self.program = operator.prepare(LOG_LEVEL="DEBUG", DATABASE_URL="sqlite:///kring.db")
        self.program.command = (sys.executable, "-c", OFTEN, "run")

    def _group(self, title: str, kind: Any) -> Chat:
        group = self.world.group(title, self.zita, [self.boud], kind=kind)
        self.world.add_bot(group, self.zita)
        return group

    def heard(self, chat: Chat) -> list[Message]:
        """What the bot said there, as it stands now."""
        return [m for m in self.world.messages(chat) if m["from"]["id"] == self.world.bot["id"]]

    async def does(self, what: Callable[[], object], then: str, chat: Chat | None = None) -> Message:
        """Something is done; wait until the bot says `then` in a new or changed message, and return that."""
        before = self.heard(chat or self.group)

        def news() -> list[Message]:
            now = [m for m in self.heard(chat or self.group) if m not in before]
            return [m for m in now if then in words(m)]

        what()
        await until(news, f"it never said {then!r}")
        return news()[-1]

    async def says(self, who: User, text: str, then: str, chat: Chat | None = None) -> Message:
        """Someone writes this, and waits for an answer with `then` in it."""
        return await self.does(lambda: self.world.say(who, chat or self.group, text), then, chat)

    async def logs(self, words: str, times: int = 1) -> None:
        """Wait until the log says this so many times."""
        await until(lambda: self.program.log.count(words) >= times, f"{words!r} is not in the log")

    async def all_goes_well(self) -> None:
        """All that members and boards do."""
        for who in (self.zita, self.boud):
            await self.says(who, "/start", "/refer @name")
            await self.says(who, "/start", "Clubius", self.world.private(who))
        typed = self.world.say(self.zita, self.group, f"/refer @boud_handle Contactius: Needius, {DETAILS}")
        said = await self.says(self.zita, f"/refer @boud_handle Contactius: Needius, {DETAILS}", "#2 ")
        self.world.press(self.boud, self.group, said["message_id"], buttons(said)["Take #2 back"] + ":Needius")
        changed = f"/refer @boud_handle Contactius Junior: Needius, {DETAILS}"
        await self.does(lambda: self.world.edit(self.zita, self.group, typed["message_id"], changed), "Junior")
        await self.says(self.boud, f"/thanks @zita_handle €1500 #1 Noteius {DETAILS}", "1,500")
        await self.says(self.zita, "/undo #2", "#2 is taken back")
        await self.says(self.boud, "/leaderboard", "Zitafirst")
        await self.says(self.zita, "/export", "in private")
        await until(lambda: sum("document" in m for m in self.heard(self.world.private(self.zita))) == 3)
        await self.does(self._slot_comes, "🏆 Referrals given")

    def _slot_comes(self) -> None:
        with closing(sqlite3.connect(self.operator.folder / "kring.db")) as database, database:
            database.execute("UPDATE clubs SET next_slot_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')")

    async def people_err(self) -> None:
        """Commands are refused, one fails in our hands, and an update is nonsense."""
        await self.says(self.boud, f"/refer Contactius: Needius, {DETAILS}", "Who is it for?")
        await self.says(self.boud, f"/thanks @zita_handle #77 Noteius {DETAILS}", "no #77")
        await self.says(self.boud, "/export Needius", "“Needius”")
        with closing(sqlite3.connect(self.operator.folder / "kring.db")) as database, database:
            database.execute(
                "CREATE TRIGGER trap BEFORE INSERT ON referrals WHEN new.contact = 'Boomius' "
                "BEGIN SELECT raise(ABORT, 'Boomius has Needius 0470 98 76 54'); END"
            )
        await self.says(self.zita, f"/refer @boud_handle Boomius: Needius, {DETAILS}", "not saved")
        self.world.inject({"message": {"message_id": "Boomius", "chat": "Clubius", "text": f"Needius {DETAILS}"}})
        await self.logs("was set aside", 2)

    async def telegram_fails(self) -> None:
        """Calls are refused, cut off, and never answered; the bot is removed, and a group gets another id."""
        faults = self.world.faults
        text = f"/refer @boud_handle Contactius: Needius, {DETAILS}"
        faults.add("error", "sendMessage", **TOO_MANY)
        await self.says(self.zita, text, "Needius")
        for trouble in ("drop", "lost_answer"):
            faults.add(trouble, "sendMessage", chat_id=self.group.id)
            count = self.program.log.count("is unknown")
            self.world.say(self.zita, self.group, text)
            await self.logs("is unknown", count + 1)
        self.world.block(self.boud)
        faults.add("error", "sendMessage", chat_id=self.boud.id, code=403, description="Forbidden: bot was blocked")
        small = self._group("Clubius Aalst", "group")
        await self.says(self.zita, text, "#1 ", small)
        large = self.world.upgrade(small)
        await self.says(self.zita, text, "#2 ", large)
        faults.add("error", "sendMessage", chat_id=large.id, **TOO_MANY)
        self.world.say(self.zita, large, text)
        await until(lambda: committed(self.operator.folder, "SELECT 1 FROM outbox WHERE state = 'waiting'"))
        self.world.remove_bot(large, self.zita)
        await self.logs("bot was kicked")

    async def the_machine_fails(self) -> None:
        """Another program holds the database for a while."""
        with closing(sqlite3.connect(self.operator.folder / "kring.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            self.world.say(self.zita, self.group, f"/refer @boud_handle Contactius: Needius, {DETAILS}")
            await self.logs("Another program holds")
            await self.logs("What is due waits until the database can be written")
            other.execute("ROLLBACK")
        await self.says(self.zita, "/help", "What I understand here")

    async def the_end_comes(self) -> None:
        """Killed while it speaks, started again, cut off from its updates, pushed aside by another, and stopped."""
        self.world.faults.add("silence", "sendMessage", chat_id=self.group.id)
        self.world.say(self.zita, self.group, f"/refer @boud_handle Contactius: Needius, {DETAILS}")
        await until(lambda: any(call.outcome == "silence" for call in self.world.log))
        self.program.signal(signal.SIGKILL)
        await self.program.ended()
        self.world.faults.add("error", "getMe", code=502, description="Bad Gateway")
        await self.program.start()
        await self.logs("Cut off while sending")
        for order in ({"kind": "drop"}, {"kind": "error", "code": 409, "description": "Conflict: terminated"}):
            self.world.faults.add(method="getUpdates", **order)
        self.world.say(self.zita, self.group, "/help")
        await self.logs("Another program polls")
        self.program.signal(signal.SIGTERM)
        assert await self.program.ended() == 0


async def test_nothing_secret_or_private_is_in_the_log_whatever_happens(operator: Operator) -> None:
    life = Life(operator)
    await life.program.start()
    await life.all_goes_well()
    await life.people_err()
    await life.telegram_fails()
    await life.the_machine_fails()
    await life.the_end_comes()
    log = life.program.log
    assert [word for word in SECRET if word.casefold() in log.casefold()] == []
    assert PHONE not in re.sub(r"[^\d\n]", "", log)
    lines = [json.loads(line) for line in log.splitlines()]
    set_aside = next(line for line in lines if "was set aside" in line["message"])
    assert (set_aside["level"], set_aside["logger"]) == ("ERROR", "bot.processor")
    assert (set_aside["club"],) in committed(life.operator.folder, "SELECT id FROM clubs WHERE title = 'Clubius Gent'")
    assert f"Update {set_aside['update']} failed" in set_aside["message"]


@pytest.mark.parametrize("begin", ["new", "with a database that others could read"])
async def test_what_it_keeps_is_its_owners_alone_even_if_its_parent_lets_everyone_read(
    operator: Operator, folder: Path, tmp_path: Path, begin: str
) -> None:
    place, temporary = tmp_path / "place", tmp_path / "temporary"
    for each in (place, temporary):
        each.mkdir(mode=0o755)
    if begin != "new":
        (folder / "kring.db").rename(place / "kring.db")
        (place / "kring.db").chmod(0o666)
    program = operator.prepare(DATABASE_URL=f"sqlite:///{place / 'kring.db'}", TMPDIR=str(temporary))
    program.command = ("sh", "-c", 'umask 000; exec "$@"', "sh", *program.command)
    operator.world.faults.add("silence", "sendDocument")
    await program.start()
    operator.world.say(operator.anna, operator.world.private(operator.anna), "/start")
    operator.says(f"/refer @bert Contactius: Needius, {DETAILS}")
    operator.says("/export")
    await until(lambda: any(call.outcome == "silence" for call in operator.world.log))
    kept = {path.name: path.stat().st_mode & 0o777 for path in place.iterdir()}
    assert kept == dict.fromkeys(("kring.db", "kring.db-wal", "kring.db-shm", "kring.db-lock"), 0o600)
    on_its_way = {path.name: path.stat().st_mode & 0o777 for path in temporary.rglob("*.csv")}
    assert on_its_way == {"referrals.csv": 0o600}
    assert [path.stat().st_mode & 0o777 for path in temporary.iterdir()] == [0o700]
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert list(temporary.iterdir()) == []
