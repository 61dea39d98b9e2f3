"""The log: one line an event, and never a token, a telephone number or people's words in it."""

import logging
import re

# A bot's token as it stands in addresses: digits, a colon, and 35 or so letters.
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# These write whole requests: addresses with the token, texts with people's words.
_TALKATIVE = ("httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy", "apscheduler", "asyncio")


class _Redacted(logging.Formatter):
    """Takes the token out of whatever is logged, tracebacks included, should a library write it after all."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
