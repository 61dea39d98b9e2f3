"""Kring's own address: the webhook, and what an operator's programs ask."""

import socket
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import Route

from bot.intake import Intake
from bot.serving import Serving, listen_on
from bot.settings import Settings
from bot.storage.sole_use import Unusable
from bot.storage.workplace import Workplace
from bot.tally import Tally
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.posts import Posts
from bot.webhook import Webhook

GRACE_S = 5.0
"""How long what is under way may take when the program stops; Telegram posts again what was cut off."""


class Web:
    """Listens from `start` to `stop`."""

    def __init__(self, settings: Settings, workplace: Workplace, intake: Intake | Webhook, tally: Tally) -> None:
        if settings.listens_at is None:
            raise ValueError("no address")
        self._address = settings.listens_at
        health, metrics = Health(workplace), Metrics(workplace, tally, lambda: intake.caught_up)
        routes = [
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/metrics", metrics.show),
        ]
        if isinstance(intake, Webhook) and settings.webhook is not None:
            url, secret = settings.webhook
            posts = Posts(intake, secret, tally)
            routes.append(Route(urlsplit(url).path or "/", posts.take, methods=["POST"]))
        self._serving = Serving(Starlette(routes=routes))

    async def start(self) -> None:
        """Begin to answer. Raises Unusable when the address cannot be had."""
        try:
            listener = self._listener()
        except OSError as error:
            raise Unusable(
                f"LISTEN: {self._address} cannot be used ({error.strerror}); give another, as in 127.0.0.1:8080",
                passes=True,
            ) from error
        await self._serving.start(listener)

    async def stop(self) -> None:
        """Take nothing new, and finish what is in hand."""
        await self._serving.stop(GRACE_S)
        if isinstance(self._address, Path):
            self._address.unlink(missing_ok=True)

    def _listener(self) -> socket.socket:
        if not isinstance(self._address, Path):
            return listen_on(self._address.host, self._address.port)
        return _listen_at(self._address)


def _listen_at(path: Path) -> socket.socket:
    """A Unix socket: for this user, and the group of its folder, such as the proxy's."""
    with suppress(FileNotFoundError):  # what a crash left there
        if stat.S_ISSOCK(path.stat().st_mode):
            path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(path))
        path.chmod(0o660)
    except OSError:
        listener.close()
        raise
    return listener
