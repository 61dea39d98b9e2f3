"""python -m bot demo: the real bot in the playground."""

from argparse import Namespace

from bot.cli.signals import until_signal
from bot.demo import demo
from bot.logs import set_up


def do(_: Namespace) -> int:
    """Serve the chat page until asked to stop."""
    set_up("WARNING")
    return until_signal(demo)
