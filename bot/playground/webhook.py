"""The webhook: takes updates to the bot as Telegram's server does.

Each chat's messages come in their order, the next when the bot has said 2xx to the one before; what is pressed, and who
comes and goes, waits for neither. What is not taken is brought again, at once and then less and less often. Source:
tdlib/telegram-bot-api, WebhookActor.cpp. Not played: that updates are dropped after a day.
"""

import asyncio
import json
from collections import deque
from collections.abc import Hashable
from urllib.parse import urlsplit

from bot.playground.faults import Fault
from bot.playground.ground import Delivery
from bot.playground.people import Json
from bot.playground.post import Answer, Post
from bot.playground.world import World

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
"""Before the second time that an update is brought again, and at most."""
_MOST_PATIENCE_S = 3600  # longer than this the bot cannot ask to be left alone
_BY_CHAT = ("message", "edited_message")


class Webhook:
    """Takes what waits to the webhook, while one is set. For use within the running event loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._post = Post()
        self._queues: dict[Hashable, deque[tuple[int, Json]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections = asyncio.Semaphore(1)
        self._turn = 0

    def start(self) -> None:
        """Take all that waits, from the beginning."""
        self.stop()
        self._connections = asyncio.Semaphore(self._world.webhook["max_connections"])
        for place, update in self._world.updates.places():
            self._take(place, update)

    def news(self) -> None:
        """An update came."""
        self._take(*self._world.updates.last())

    def stop(self) -> None:
        """Take nothing any more; what is on its way may or may not have arrived."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._queues.clear()
        self._post.close()

    def _take(self, place: int, update: Json) -> None:
        key = _queue_of(place, update)
        if key in self._queues:
            self._queues[key].append((place, update))
            return
        self._queues[key] = deque([(place, update)])
        task = asyncio.create_task(self._empty(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, key: Hashable) -> None:
        queue = self._queues[key]
        pause = 0.0
        while queue:
            place, update = queue[0]
            async with self._connections:
                answer = await self._bring(update)
            if isinstance(answer, Answer) and 200 <= answer.status < 300:
                queue.popleft()
                self._world.updates.taken(place)
                pause = 0.0
                continue
            self._note(answer)
            asked = answer.retry_after if isinstance(answer, Answer) else None
            await asyncio.sleep(pause if asked is None else min(asked, _MOST_PATIENCE_S))
            pause = min(max(pause * 2, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        del self._queues[key]

    async def _bring(self, update: Json) -> Answer | str:
        """Take one update there; what came of it, in Telegram's words where there was no answer."""
        fault = self._world.faults.take("webhook", _chat_id(update))
        answer = await self._answer(update, fault)
        self._world.deliveries.append(Delivery(update, answer.status if isinstance(answer, Answer) else answer))
        return answer

    async def _answer(self, update: Json, fault: Fault | None) -> Answer | str:
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault is not None and fault.kind != "lost_answer":
            return "Connection timed out"
        if not self._world.hosts:
            return "Failed to resolve host: Name or service not known"
        body = json.dumps(update).encode()
        # As a proxy does: a host that cannot be reached is passed over; one that breaks off may have done the work.
        for _ in self._world.hosts:
            self._turn += 1
            host = self._world.hosts[self._turn % len(self._world.hosts)]
            try:
                answer = await self._post.send(host, self._head(len(body)), body)
            except ConnectionRefusedError:
                continue
            except (OSError, EOFError, ValueError):
                return "Connection reset by peer"
            return "Read timeout expired" if fault is not None and fault.kind == "lost_answer" else answer
        return "Connection refused"

    def _head(self, length: int) -> str:
        url = urlsplit(self._world.webhook["url"])
        lines = [
            f"POST {url.path or '/'}{'?' + url.query if url.query else ''} HTTP/1.1",
            f"Host: {url.netloc}",
            "Content-Type: application/json",
            f"Content-Length: {length}",
            "Accept-Encoding: gzip, deflate",
        ]
        if "secret_token" in self._world.webhook:
            lines.append(f"X-Telegram-Bot-Api-Secret-Token: {self._world.webhook['secret_token']}")
        return "\r\n".join(lines)

    def _note(self, answer: Answer | str) -> None:
        """What getWebhookInfo tells of it."""
        words = f"Wrong response from the webhook: {answer.status}" if isinstance(answer, Answer) else answer
        self._world.webhook["last_error_date"] = self._world.unix_now()
        self._world.webhook["last_error_message"] = words


def _queue_of(place: int, update: Json) -> Hashable:
    """What must come one after the other: a chat's messages, a person's presses, a chat's comings and goings."""
    kind = next((name for name in update if name != "update_id"), "")
    chat_id = _chat_id(update)
    if kind in _BY_CHAT:
        return place if chat_id is None else chat_id
    content = update.get(kind)
    sender = content.get("from") if kind == "callback_query" and isinstance(content, dict) else None
    who = sender.get("id") if isinstance(sender, dict) else chat_id
    return (kind, who) if isinstance(who, int) else place


def _chat_id(update: Json) -> int | None:
    content = next((value for name, value in update.items() if name != "update_id"), None)
    if isinstance(content, dict) and isinstance(content.get("message"), dict):
        content = content["message"]
    chat = content.get("chat") if isinstance(content, dict) else None
    id_ = chat.get("id") if isinstance(chat, dict) else None
    return id_ if type(id_) is int else None
