"""Telegram's way in: a POST with an update, answered when it is kept for good."""

import hmac
import json
import logging
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.intake import News, is_update
from bot.tally import Tally
from bot.webhook import Webhook

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  its name, not itself
MAX_BODY = 1_000_000
"""Bytes. No update comes near: a message has 4096 characters, and quotes one other."""
RETRY_S = 5
"""When Telegram is to come again after a failure of the database. Left to itself it waits up to two minutes."""


class Posts:
    """Answers Telegram's posts.

    A body that is no JSON was spoilt on its way, so Telegram is to send it again: 400. JSON that is no update comes
    the same each time and would block its chat for a day: it is taken, told to the log and forgotten.
    """

    def __init__(self, webhook: Webhook, secret: str, tally: Tally) -> None:
        self._webhook = webhook
        self._secret = secret.encode()
        self._tally = tally
        self._news = News()

    async def take(self, request: Request) -> Response:
        """Take one update."""
        response = await self._answer(request)
        self._tally.posts_taken[response.status_code] += 1
        return response

    async def _answer(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode("latin-1"), self._secret):
            if self._news.is_new("secret"):
                log.warning("Somebody posts to the webhook without its secret; that is refused")
            return _refused(403, "This is not for you.")
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _refused(400, "The body ends early.")
        if body is None:
            return _refused(413, "That is too large for an update.")
        try:
            update: Any = json.loads(body)
        except (ValueError, RecursionError):
            return _refused(400, "That is no JSON.")
        if not is_update(update):
            self._tally.passed_over += 1
            if self._news.is_new("no update"):
                log.error("Telegram sends something that is no update; it is passed over")
            return Response()
        try:
            await self._webhook.keep(update)
        except (SQLAlchemyError, TimeoutError):  # the workplace has told it
            return Response("The database is away.", 503, headers={"Retry-After": str(RETRY_S)})
        return Response()


def _refused(status: int, words: str) -> Response:
    # The body may not have been read, and then nothing sensible follows on this connection.
    return Response(words, status, headers={"Connection": "close"}, media_type="text/plain")


async def _body(request: Request) -> bytes | None:
    """The body; None if it is too large, and then it is not read further. Raises ClientDisconnect."""
    told = request.headers.get("content-length", "0")
    if not told.isdigit() or int(told) > MAX_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
