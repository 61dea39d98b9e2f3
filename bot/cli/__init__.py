"""The command line: python -m bot run | demo | …, a module of this package for each command.

Such a module has `do(arguments) -> int`, which does it and returns the exit code, and where the command takes arguments
`take(parser)`, which declares them. Only the module of the command that was typed is imported.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.terminal import complain
from bot.loading import loading
from bot.settings import problems
from bot.storage.sole_use import Unusable
from bot.storage.trouble import advice
from bot.texts.catalogues import BrokenCatalogueError

COMMANDS = {
    "run": "run the bot against Telegram (needs BOT_TOKEN)",
    "demo": "try the bot in a browser page on this machine; no token needed",
    "doctor": "see whether all is as it should be, and what to do if not",
    "clubs": "list the clubs, with how many members and referrals each has and when it was last active",
    "export": "write a club's records into files, as /export does",
    "backup": "make a copy of the database, also while Kring works with it",
    "restore": "go back to a back-up, while Kring does not run",
    "move": "take all that is kept from the file to a PostgreSQL server",
    "migrate": "bring the database up to this version; `run` does it by itself",
    "commands": "print the table of commands that stands in the README",
}
"""The commands in the order of `--help`, each with its line there."""

INTERRUPTED = 130
"""What shells end with when Ctrl-C ended a program."""


def main(typed: Sequence[str]) -> int:
    """Do what the command line says; return the exit code.

    0 is well; 1 what may pass by itself, so another start may help; 2 what the operator has to change.
    """
    os.umask(0o077)  # what is kept is for this user alone
    name = next((word for word in typed if word in COMMANDS), None)
    with loading():
        module = import_module(f"bot.cli.{name}") if name else None
    arguments = _parser(name, module).parse_args(typed)
    assert module is not None  # noqa: S101  for the type checker: the parser ends the program where no command is named
    try:
        code = int(module.do(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # as with `| head`, which reads no further
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValidationError as error:
        for line in problems(error):
            complain(line)
        return 2
    except KeyboardInterrupt:
        return complain("Stopped.", INTERRUPTED)
    except BrokenCatalogueError as problem:
        return complain(str(problem))
    except Unusable as problem:
        return complain(str(problem), 1 if problem.passes else 2)
    except SQLAlchemyError as error:
        return complain(advice(error, "the database"))


def _parser(name: str | None, module: ModuleType | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Kring, the referral bot for clubs.")
    doing = parser.add_subparsers(dest="do", required=True, metavar="command")
    for each, summary in COMMANDS.items():
        of_command = doing.add_parser(each, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        take = getattr(module, "take", None)
        if each == name and take is not None:
            take(of_command)
    return parser
