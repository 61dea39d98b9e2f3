"""What every request passes first: only from this machine's own names, and not too large a body."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_BOT_PATHS = ("/bot", "/file/bot")
UPLOAD_PATH = "/api/upload"
BODY_LIMIT, UPLOAD_LIMIT = 1_000_000, 60_000_000  # bytes: of the page's requests, of the bot's and of a file
_PAGE_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]


class Guard:
    """Passes requests on to the bot's application or the page's, or refuses them.

    The Host is checked because a foreign site can have its name resolve to this machine (DNS rebinding),
    and the type of a POST's body because a foreign page can send a form, but neither JSON nor mere bytes, unasked
    (CORS).
    """

    def __init__(self, bot_api: ASGIApp, page: ASGIApp) -> None:
        self._bot_api = bot_api
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        from_bot = scope["path"].startswith(_BOT_PATHS)
        is_upload = scope["path"] == UPLOAD_PATH
        wanted = b"application/octet-stream" if is_upload else b"application/json"
        limit = UPLOAD_LIMIT if from_bot or is_upload else BODY_LIMIT
        length = headers.get(b"content-length", b"0")
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        send = send if from_bot else _with_page_headers(send)
        if not _own(headers.get(b"host", b"").decode("latin-1")):
            await _refuse(receive, send, 403, "this server answers to localhost only")
        elif not length.isdigit() or int(length) > limit:
            await _refuse(receive, send, 413, "Request Entity Too Large")
        elif scope["method"] == "POST" and not from_bot and kind != wanted:
            await _refuse(receive, send, 415, f"send {wanted.decode()}")
        else:
            await (self._bot_api if from_bot else self._page)(scope, _limited(receive, limit), send)


def _own(host: str) -> bool:
    name, _, port = host.rpartition(":")
    return host.lower() in _OWN_NAMES or (name.lower() in _OWN_NAMES and port.isdigit())


def _with_page_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in _PAGE_HEADERS}
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in own]
            message = {**message, "headers": kept + _PAGE_HEADERS}
        await send(message)

    return send_with_headers


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive`, but a body that turns out too long (its length need not be told) ends in a 413."""
    left = limit

    async def receive_limited() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, "Request Entity Too Large")
        return message

    return receive_limited


async def _drain(receive: Receive) -> None:
    """Read the request's body, within reason: a client that is still sending would not see the answer."""
    left = UPLOAD_LIMIT
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return


async def _refuse(receive: Receive, send: Send, status: int, words: str) -> None:
    await _drain(receive)
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": words, "error": words}
    body = json.dumps(answer).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
