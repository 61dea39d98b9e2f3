"""The bare bot that Kring is measured beside: python-telegram-bot as its own examples have it, and nothing kept.

It answers the commands that the measurements send with a constant.
"""

import os
import warnings
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

COMMAND = ("-m", "tests.bench.bare")
"""How Python runs it, with BOT_TOKEN and BOT_API_URL in the environment."""
ANSWER = "Anna → Bert: Piet Peeters, needs a new website"
ANSWERED = ("refer", "start")


async def _answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(ANSWER)


def main() -> None:
    """Poll until SIGTERM."""
    warnings.simplefilter("ignore")
    api = os.environ["BOT_API_URL"]
    application: Any = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{api}/bot").build()
    application.add_handler(CommandHandler(ANSWERED, _answer))
    application.run_polling()


if __name__ == "__main__":
    main()
