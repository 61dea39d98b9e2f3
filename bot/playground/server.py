"""The playground's server: the Bot API and the chat page on one address of this machine."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from bot.playground.botapi import BotApi
from bot.playground.guard import Guard
from bot.playground.page_api import PageApi
from bot.playground.world import World
from bot.serving import Serving, listen_on

_GRACE_S = 0.5  # that requests under way have to end when the server stops


class Playground:
    """A world served on 127.0.0.1, within the running event loop: `async with Playground(world) as server`.

    Port 0 takes a free one. `on_clock` is called whenever the page has moved the clock.
    """

    def __init__(self, world: World, port: int = 0, on_clock: Callable[[], Awaitable[None]] | None = None) -> None:
        self.world = world
        self._port = port
        self._bot_api = BotApi(world)
        self._page = PageApi(world, on_clock)
        self._serving = Serving(Guard(self._bot_api, self._page.app))

    @property
    def url(self) -> str:
        """Where the server is, as in http://127.0.0.1:8080; a bot's base_url is this and "/bot"."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        """Start; raises OSError if the port is taken."""
        listener = listen_on("127.0.0.1", self._port)
        self._port = listener.getsockname()[1]
        await self._serving.start(listener)
        self._bot_api.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop: end what waits, let what is under way end, then close every connection."""
        self._serving.deafen()
        self._bot_api.close()
        self._page.close()
        await self._serving.stop(_GRACE_S)
