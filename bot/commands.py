"""A command is declared once; its handler, /help, Telegram's menu and the README's table come from that."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.texts.vocabulary import local_names

if TYPE_CHECKING:
    from telegram import Update

    from bot.context import Context

    Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Where(Enum):
    """Where a command may be used."""

    GROUP = "group"
    ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Command:
    """What people type. `summary`, `usage` and `examples` are sentences of the catalogue, and the name is a word of it.

    The examples work as they stand, in every language.

    `on_edit` answers when a message with the command is edited; without it edits change nothing.
    """

    name: str
    summary: str
    usage: str
    examples: tuple[str, ...]
    handler: "Handler"
    where: Where = Where.ANYWHERE
    admins_only: bool = False
    aliases: tuple[str, ...] = ()
    on_edit: "Handler | None" = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names it answers to, in every language; the first one first."""
        return (self.name, *self.aliases, *local_names(self.name))


@dataclass
class Router:
    """What one module of handlers answers to: commands, buttons by the first word of their data, and the rest."""

    commands: list[Command] = field(default_factory=list)
    buttons: dict[str, "Handler"] = field(default_factory=dict)
    others: list[Any] = field(default_factory=list)
    """Handlers of python-telegram-bot, for what is neither a command nor a button."""

    def command(self, name: str, **declared: Any) -> "Callable[[Handler], Handler]":
        """Declare a command and its handler."""

        def declare(handler: "Handler") -> "Handler":
            self.commands.append(Command(name, handler=handler, **declared))
            return handler

        return declare

    def button(self, word: str) -> "Callable[[Handler], Handler]":
        """Declare what presses on buttons do whose data begin with `word:`."""

        def declare(handler: "Handler") -> "Handler":
            self.buttons[word] = handler
            return handler

        return declare


def usable(commands: Iterable[Command], *, private: bool, admin: bool) -> list[Command]:
    """The commands that a person may use here."""
    return [c for c in commands if not (private and c.where is Where.GROUP) and (admin or not c.admins_only)]


def table(commands: Iterable[Command]) -> str:
    """The README's table of commands, in Markdown."""
    rows = ["| command | what it does | where |", "|---|---|---|"]
    for command in commands:
        names = ", ".join(f"`/{alias}`" for alias in command.aliases)
        usage = f"`{command.usage}`".replace("|", "\\|") + (f" (also {names})" if names else "")
        who = " (admins)" if command.admins_only else ""
        rows.append(f"| {usage} | {command.summary} | {command.where.value}{who} |")
    return "\n".join(rows) + "\n"
