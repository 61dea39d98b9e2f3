"""The program: python -m bot, followed by a command of bot/cli."""

import sys

from bot.loading import loading

with loading():
    from bot.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
