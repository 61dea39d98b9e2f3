"""The bot as `python -m bot` runs it, but it looks every second for slots that have come, not four times a minute."""

import sys
from datetime import timedelta

from bot import schedule
from bot.cli import main

if __name__ == "__main__":
    schedule.SWEEP_EVERY = timedelta(seconds=1)
    sys.exit(main(sys.argv[1:]))
