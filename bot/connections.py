"""The HTTP connections to Telegram.

httpx, which python-telegram-bot calls by itself, looks through all its connections at every call, and many calls that
begin together compete for the same one: two milliseconds each. Here a call takes the connection that was put back
last, or a new one. What is sent and read is made by the same libraries.
"""

from collections.abc import AsyncIterable
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_S, WRITE_S, ANSWER_S = 10.0, 20.0, 20.0
"""How long Telegram may take to be reached, to take what is sent, and to answer."""
KEPT_S = 5.0
"""How long a connection may be idle. Long before Telegram closes it, or a call might be lost on its way there."""

Headers = list[tuple[bytes, bytes]]

NEVER_LEFT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError)
"""Causes of an error after which a request can be made again: it never left. After any other failure of the network
Telegram may have done the work, and only its answer was lost."""


class Connections(BaseRequest):
    """How python-telegram-bot makes its requests: each over a connection of its own to the one Bot API server."""

    def __init__(self, api_url: str) -> None:
        self._maker = _maker(httpcore.URL(api_url).origin)
        self._origin = httpcore.URL(api_url).origin
        self._own_headers = [(b"Host", httpx.URL(api_url).netloc), (b"User-Agent", self.USER_AGENT.encode())]
        self._idle: list[httpcore.AsyncConnectionInterface] = []

    @property
    def read_timeout(self) -> float | None:
        """How many seconds an answer may take, unless a request says otherwise."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Nothing: the first request makes the first connection."""

    async def shutdown(self) -> None:
        """Close the connections."""
        while self._idle:
            await self._idle.pop().aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; returns the answer's HTTP status and content. Raises TimedOut and NetworkError."""
        timeouts = {
            "connect": _or(connect_timeout, CONNECT_S),
            "write": _or(write_timeout, WRITE_S),
            "read": _or(read_timeout, ANSWER_S),
        }
        headers, content = _body(url, request_data)
        request = httpcore.Request(
            method,
            url,
            headers=[*self._own_headers, *headers],
            content=content,
            extensions={"timeout": timeouts},
        )
        try:
            return await self._answer(request)
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error

    async def _answer(self, request: httpcore.Request) -> tuple[int, bytes]:
        connection = await self._connection()
        try:
            response = await connection.handle_async_request(request)
            content = await response.aread()
            await response.aclose()
        except BaseException:
            await connection.aclose()
            raise
        if connection.is_idle():
            self._idle.append(connection)
        else:
            await connection.aclose()  # the other side wants it closed
        return response.status, content

    async def _connection(self) -> httpcore.AsyncConnectionInterface:
        """One that is idle, else a new one. It is its caller's alone."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return self._maker.create_connection(self._origin)


def _maker(origin: httpcore.Origin) -> httpcore.AsyncConnectionPool:
    """What makes connections there: directly, or through the proxy that the environment names (HTTPS_PROXY, …)."""
    scheme, through = origin.scheme.decode(), getproxies()
    address = None if proxy_bypass(origin.host.decode()) else through.get(scheme, through.get("all"))
    proxy = httpx.Proxy(address) if address else None
    return httpcore.AsyncConnectionPool(
        ssl_context=_tls() if scheme == "https" else None,
        proxy=httpcore.Proxy(str(proxy.url), proxy.raw_auth) if proxy else None,
        keepalive_expiry=KEPT_S,
    )


@cache
def _tls() -> SSLContext:
    """The certificates to trust, read once: it takes longer than connecting."""
    return httpx.create_ssl_context()


def _body(url: str, data: RequestData | None) -> tuple[Headers, bytes | AsyncIterable[bytes]]:
    """The headers and the content of a request with these parameters and files; files are read as they are sent."""
    if data is not None and data.contains_files:
        request = httpx.Request("POST", url, data=data.json_parameters, files=data.multipart_data)
        headers = [(name, value) for name, value in request.headers.raw if name != b"Host"]
        return headers, request.stream if isinstance(request.stream, AsyncIterable) else request.read()
    content = data.url_encoded_parameters().encode() if data else b""
    return [(b"Content-Type", b"application/x-www-form-urlencoded"), (b"Content-Length", b"%d" % len(content))], content


def _or(given: Any, default: float) -> Any:
    return default if given is BaseRequest.DEFAULT_NONE else given
