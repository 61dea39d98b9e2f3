"""The Bot API over HTTP: POST /bot<token>/<method>, and GET /file/bot<token>/<path>."""

import asyncio
import contextlib
import hmac
import inspect
import json
from email.utils import format_datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from bot.playground import methods_chats, methods_commands, methods_descriptions, methods_files, methods_messages
from bot.playground.faults import Fault
from bot.playground.forms import decode, read
from bot.playground.ground import Call
from bot.playground.methods import TELEGRAM_HAS, Method
from bot.playground.people import Json
from bot.playground.polling import Polling
from bot.playground.refusal import RefusedError
from bot.playground.world import World


class BotApi:
    """The ASGI application that a bot talks to."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._polling = Polling(world)
        self._closing = asyncio.Event()
        tables = (
            methods_messages.METHODS,
            methods_files.METHODS,
            methods_chats.METHODS,
            methods_commands.METHODS,
            methods_descriptions.METHODS,
            self._polling.methods,
        )
        # Telegram takes method names in any case.
        self._methods = {name.lower(): (name, method) for table in tables for name, method in table.items()}

    def open(self) -> None:
        """Begin: go on with the webhook that is set, if one is."""
        self._polling.open()

    def close(self) -> None:
        """End what waits: the long poll, the webhook, and the faults that keep a call waiting."""
        self._closing.set()
        self._polling.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        send = self._dated(send)
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            await self._download(path.removeprefix("/file/bot"), send)
            return
        token, _, name = path.removeprefix("/bot").partition("/")
        if not self._right(token):
            await _answer(send, RefusedError(401, "Unauthorized").answer())
            return
        request = Request(scope, receive)
        try:
            name, method = self._method(name)
            given = await read(request)
        except RefusedError as refused:
            await _answer(send, refused.answer())
            return
        except HTTPException as error:  # a form that cannot be read
            await _answer(send, RefusedError(error.status_code, f"Bad Request: {error.detail}").answer())
            return
        except ClientDisconnect:  # the bot ended in the middle of its call
            return
        fault = self._world.faults.take(name, _chat_id(given.get("chat_id")))
        if fault and fault.kind == "delay":
            await self._wait(fault.seconds)
            fault = None
        outcome = await self._outcome(name, method, given, fault)
        if fault and fault.kind != "error":
            self._world.log.append(Call(name, dict(given), fault.kind))
            if fault.kind == "silence":
                await self._wait(None)
            await _hang_up(scope, receive)
        else:
            self._world.log.append(Call(name, dict(given), outcome))
            await _answer(send, outcome)

    def _dated(self, send: Send) -> Send:
        """`send` that tells when it was, by Telegram's clock."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self._world.clock.now(), usegmt=True)
                message["headers"] = [*message["headers"], (b"date", date.encode())]
            await send(message)

        return dated

    def _right(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._world.token.encode())

    def _method(self, name: str) -> tuple[str, Method]:
        try:
            return self._methods[name.lower()]
        except KeyError:
            if name.lower() in TELEGRAM_HAS:
                raise RefusedError(501, f"Not Implemented: the playground has no {name}") from None
            raise RefusedError(404, "Not Found") from None

    async def _outcome(self, name: str, method: Method, given: dict[str, Any], fault: Fault | None) -> Json:
        """Do the work, unless a fault or Telegram's limits keep it from being done."""
        if fault and fault.kind == "error":
            extra = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
            return RefusedError(fault.code, fault.description, **extra).answer()
        if fault and fault.kind in ("drop", "silence"):
            return {}
        try:
            if self._world.allowance is not None:
                self._world.allowance.take(name, _chat_id(given.get("chat_id")))
            result = method.run(self._world, decode(given, method.types))
            return {"ok": True, "result": await result if inspect.isawaitable(result) else result}
        except RefusedError as refused:
            return refused.answer()

    async def _wait(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    async def _download(self, rest: str, send: Send) -> None:
        token, _, path = rest.partition("/")
        stored = self._world.files.by_path.get(path)
        if not self._right(token):
            await _answer(send, RefusedError(401, "Unauthorized").answer())
        elif stored is None:
            await _answer(send, RefusedError(404, "Not Found").answer())
        else:
            await _send(send, 200, b"application/octet-stream", stored.upload.content)


def _chat_id(raw: object) -> int | None:
    return int(raw) if isinstance(raw, str) and raw.removeprefix("-").isdecimal() else None


async def _answer(send: Send, answer: Json) -> None:
    status = 200 if answer["ok"] else answer["error_code"]
    await _send(send, status, b"application/json", json.dumps(answer, separators=(",", ":")).encode())


async def _send(send: Send, status: int, type_: bytes, body: bytes) -> None:
    headers = [(b"content-type", type_), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer."""
    scope["state"]["transport"].close()
    while (await receive())["type"] != "http.disconnect":
        pass
