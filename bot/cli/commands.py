"""python -m bot commands: the README's table of what members can type."""

from argparse import Namespace

from bot.app import COMMANDS
from bot.cli.terminal import say
from bot.commands import table


def do(_: Namespace) -> int:
    """Print it."""
    say(table(COMMANDS).rstrip("\n"))
    return 0
