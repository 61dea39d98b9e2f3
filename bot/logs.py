"""The log: one line an event, and never a token, a telephone number or people's words in it.

On a terminal it is for a person to read; anywhere else (a file, journald, a container) each line is a JSON object.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

# A bot's token as it stands in addresses: digits, a colon, and 35 or so letters.
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# These write whole requests: addresses with the token, texts with people's words; the last one, what it consists of.
_TALKATIVE = ("httpx", "httpcore", "telegram", "sqlalchemy", "apscheduler", "asyncio", "alembic.runtime.plugins")

_about: ContextVar[Mapping[str, int]] = ContextVar("about")


@contextmanager
def dealing_with(**numbers: int) -> Iterator[None]:
    """What is logged meanwhile is about this: `update` (its id in the inbox), `club`."""
    before = _about.set(numbers)
    try:
        yield
    finally:
        _about.reset(before)


def also_about(**numbers: int) -> None:
    """What is being dealt with turns out to be about this too."""
    _about.set({**_about.get({}), **numbers})


class _Redacted(logging.Formatter):
    """Takes the token out of whatever is logged, tracebacks included, should a library write it after all."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


class _AsJson(logging.Formatter):
    """One JSON object a line: time (UTC), level, message, logger, and what it is about; a traceback in `error`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            **_about.get({}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return _TOKEN.sub("<token>", json.dumps(line, ensure_ascii=False))


def set_up(level: str) -> None:
    """Log to standard error from this level on."""
    handler = logging.StreamHandler()
    if sys.stderr.isatty():
        handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    else:
        handler.setFormatter(_AsJson())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
