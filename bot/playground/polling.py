"""How the bot gets its updates: getUpdates, one at a time, or by the webhook it sets."""

import asyncio
import re
from urllib.parse import urlsplit

from bot.playground.forms import FILE, INTEGER, LIST, TEXT, TRUTH, Params, texts_of
from bot.playground.methods import Method
from bot.playground.people import Json
from bot.playground.refusal import RefusedError, bad_request
from bot.playground.webhook import Webhook
from bot.playground.world import World

_LONGEST_POLL = 50  # seconds
_MOST_UPDATES = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = (None, 443, 80, 88, 8443)
_MOST_CONNECTIONS = 100
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_OTHER_WEBHOOK = "Conflict: terminated by setWebhook request"
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Polling:
    """The one long poll there can be, and the one webhook instead. Its methods are Bot API methods."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._webhook = Webhook(world)
        self._waiting: asyncio.Future[str] | None = None  # what ends the wait: "" for news, or words of conflict
        self._closing = False
        world.updates.on_new = self._on_new

    @property
    def methods(self) -> dict[str, Method]:
        """The methods, by name."""
        polling = {"offset": INTEGER, "limit": INTEGER, "timeout": INTEGER, "allowed_updates": LIST}
        webhook = {
            "url": TEXT,
            "certificate": FILE,
            "ip_address": TEXT,
            "max_connections": INTEGER,
            "allowed_updates": LIST,
            "drop_pending_updates": TRUTH,
            "secret_token": TEXT,
        }
        return {
            "getUpdates": Method(self._get_updates, polling),
            "setWebhook": Method(self._set_webhook, webhook),
            "deleteWebhook": Method(self._delete_webhook, {"drop_pending_updates": TRUTH}),
            "getWebhookInfo": Method(self._get_webhook_info, {}),
        }

    def open(self) -> None:
        """Go on with the webhook that is set, if one is."""
        if self._world.webhook:
            self._webhook.start()

    def close(self) -> None:
        """End the poll that waits, and let no other wait; take nothing to the webhook any more."""
        self._closing = True
        self._webhook.stop()
        self._end()

    def _on_new(self) -> None:
        self._end()
        if self._world.webhook and not self._closing:
            self._webhook.news()

    def _end(self, conflict: str = "") -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(conflict)

    async def _get_updates(self, world: World, params: Params) -> list[Json]:
        if world.webhook:
            raise RefusedError(409, _WEBHOOK_IS_SET)
        self._end(_OTHER_POLL)
        if "allowed_updates" in params:
            world.updates.allow(texts_of("allowed_updates", params["allowed_updates"]))
        limit = min(max(params.get("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        timeout = min(max(params.get("timeout", 0), 0), _LONGEST_POLL)
        world.updates.confirm(params.get("offset", 0))
        if not len(world.updates) and timeout and not self._closing:
            await self._wait(timeout)
        return world.updates.first(limit)

    async def _wait(self, seconds: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            conflict = await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if conflict:
            raise RefusedError(409, conflict)

    def _set_webhook(self, world: World, params: Params) -> bool:
        url = params.get("url", "")
        if not url:
            return self._delete_webhook(world, params)
        _check_address(url)
        if not _SECRET.fullmatch(params.get("secret_token", "x")):
            raise bad_request("secret token contains unallowed characters")
        if "allowed_updates" in params:
            world.updates.allow(texts_of("allowed_updates", params["allowed_updates"]))
        if params.get("drop_pending_updates", False):
            world.updates.clear()
        connections = params.get("max_connections", 0)
        world.webhook = {
            "url": url,
            "max_connections": min(connections, _MOST_CONNECTIONS) if connections > 0 else 40,
        } | ({"secret_token": params["secret_token"]} if "secret_token" in params else {})
        self._end(_OTHER_WEBHOOK)
        self._webhook.start()
        return True

    def _delete_webhook(self, world: World, params: Params) -> bool:
        if params.get("drop_pending_updates", False):
            world.updates.clear()
        world.webhook = {}
        self._webhook.stop()
        return True

    def _get_webhook_info(self, world: World, params: Params) -> Json:
        info = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": world.pending,
            **{name: value for name, value in world.webhook.items() if name != "secret_token"},
        }
        return info | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def _check_address(url: str) -> None:
    """Raises RefusedError unless Telegram would post to it."""
    try:
        address, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if address.scheme != "https" or not address.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
