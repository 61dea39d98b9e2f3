"""An operator: a club in the playground, and the program that is to serve it, as a process of its own."""

import re
from pathlib import Path

from bot.clock import SystemClock
from bot.playground.chats import Chat
from bot.playground.people import User
from bot.playground.server import Playground
from bot.playground.world import World
from tests.support.process import BotProcess


class Operator:
    """A club in the playground, and the program that is to serve it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.world = World(SystemClock())
        self.anna: User = self.world.person("Anna", "Peeters", "anna")
        self.group: Chat = self.world.group("Kring Gent", self.anna)
        self.world.add_bot(self.group, self.anna)
        self.server = Playground(self.world)
        self.program = BotProcess(folder)

    def prepare(self, **settings: str) -> BotProcess:
        """The program with these settings beside the ones it needs."""
        self.program = BotProcess.at(self.world, self.server.url, self.folder, **settings)
        return self.program

    def says(self, text: str) -> None:
        """Anna writes this in the group."""
        self.world.say(self.anna, self.group, text)

    def heard(self) -> list[str]:
        """What the bot has said in the group."""
        return [m["text"] for m in self.world.messages(self.group) if m["from"]["id"] == self.world.bot["id"]]

    def heard_of(self) -> list[str]:
        """The contacts called Contact<number>x that the bot has spoken of in the group, in that order."""
        return re.findall(r"Contact(\d+)x", "".join(self.heard()))
