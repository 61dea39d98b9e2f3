"""Calling the Bot API with plain parameters, for a plain answer.

python-telegram-bot would make objects of all that Telegram answers, and of a whole batch of updates at once: that takes
longer than the call, nobody reads them, and one update it cannot parse would block all the others.
"""

import warnings
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken
from telegram.warnings import PTBUserWarning

from bot.connections import ANSWER_S

# The library advises against this where it has a method of its own.
warnings.filterwarnings("ignore", message="Please use 'Bot.", category=PTBUserWarning)


async def call(bot: Bot, method: str, params: dict[str, Any], *, answer_s: float = ANSWER_S) -> Any:
    """What Telegram answers within `answer_s` seconds, as JSON. Raises TelegramError."""
    try:
        return await bot.do_api_request(method, params, read_timeout=answer_s)
    except EndPointNotFound as error:  # what the library makes of a refused token, but these methods there are
        raise InvalidToken from error
