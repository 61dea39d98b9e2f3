"""Asking Telegram whether somebody is an admin: outside every transaction, and anew for each update.

That somebody is an admin is told to the update that it was asked for and to no other: who was one a moment ago has no
rights by it. That somebody is none, or that Telegram does not say, holds for a while, so that nobody can have Telegram
asked as often as they press.
"""

import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta

from telegram import Bot, ChatMember
from telegram.error import BadRequest, RetryAfter, TelegramError

ANSWER_S = 5.0
"""How long Telegram may take to answer."""
NO_HOLDS_S = 5.0
SILENCE_HOLDS_S = 60.0
"""How long a group is left alone of which Telegram would not speak; or as long as Telegram wants, if that is more."""
_ADMIN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)

_Who = tuple[int, int | None]
"""A chat, and a user in it; None: whoever it is."""


class AdminUnknown(Exception):  # noqa: N818  not an error: a question that has to be asked first
    """Whether this person is an admin must be asked of Telegram before the update can be dealt with."""

    def __init__(self, chat_id: int, user_id: int) -> None:
        super().__init__(chat_id, user_id)
        self.chat_id = chat_id
        self.user_id = user_id


class Rights:
    """Who is an admin of which group. Updates go by their ids in the inbox."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._told: dict[int, dict[_Who, bool | None]] = {}
        self._holding: dict[_Who, tuple[bool | None, float]] = {}

    def is_admin(self, update_id: int, chat_id: int, user_id: int) -> bool | None:
        """Is the person an admin of the group, as far as this update goes? None: Telegram would not say.

        Raises AdminUnknown when that has to be asked first.
        """
        told = self._told.get(update_id, {})
        if (chat_id, user_id) in told:
            return told[chat_id, user_id]
        for who in ((chat_id, user_id), (chat_id, None)):
            answer, until = self._holding.get(who, (None, 0.0))
            if time.monotonic() < until:
                return answer
        raise AdminUnknown(chat_id, user_id)

    async def ask(self, update_id: int, chat_id: int, user_id: int) -> None:
        """Ask Telegram for this update."""
        answer, about, seconds = await self._asked(chat_id, user_id)
        now = time.monotonic()
        self._holding = {who: said for who, said in self._holding.items() if now < said[1]}
        if not answer:
            self._holding[about] = (answer, now + seconds)
        self._told.setdefault(update_id, {})[chat_id, user_id] = answer

    @asynccontextmanager
    async def for_now(self, ended: Collection[int]) -> AsyncIterator[None]:
        """Forget what the updates that `ended` meanwhile were told; after an error, which makes them wait, all were."""
        try:
            yield
        except BaseException:
            self._told.clear()
            raise
        for id_ in ended:
            self._told.pop(id_, None)

    async def _asked(self, chat_id: int, user_id: int) -> tuple[bool | None, _Who, float]:
        """What Telegram says, of whom, and for how many seconds it holds unless it is yes."""
        try:
            member = await self._bot.get_chat_member(chat_id, user_id, read_timeout=ANSWER_S)
        except BadRequest:  # perhaps about this person alone
            return None, (chat_id, user_id), SILENCE_HOLDS_S
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
            return None, (chat_id, None), max(SILENCE_HOLDS_S, seconds)
        except TelegramError:
            return None, (chat_id, None), SILENCE_HOLDS_S
        return member.status in _ADMIN, (chat_id, user_id), NO_HOLDS_S
