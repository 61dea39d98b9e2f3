"""What a supervisor asks: does the process live, and is it fit for work?"""

import asyncio

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from bot.storage.workplace import Workplace

ANSWER_S = 5.0
"""How long the database may take to answer."""
LAG_S = 60.0
"""How long an update may wait for its effect."""


class Health:
    """Answers in words, and by the status: 200 is well, 503 is not."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def alive(self, _: Request) -> PlainTextResponse:
        """The loop turns, or nobody would answer."""
        return PlainTextResponse("alive\n")

    async def ready(self, _: Request) -> PlainTextResponse:
        """The database answers, and what came in does not wait for long."""
        try:
            async with asyncio.timeout(ANSWER_S), self._workplace.look() as work:
                waits_s = await work.queues.inbox_oldest_s()
        except (SQLAlchemyError, TimeoutError):
            return PlainTextResponse("the database does not answer\n", 503)
        if waits_s > LAG_S:
            return PlainTextResponse(f"updates wait, the oldest for {waits_s:.0f} seconds\n", 503)
        return PlainTextResponse("ready\n")
