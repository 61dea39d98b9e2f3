"""Asking Telegram whether somebody is an admin: outside every transaction, and not remembered for long."""

import time

from telegram import Bot, ChatMember
from telegram.error import TelegramError

REMEMBERED_FOR_S = 60.0
ANSWER_S = 5.0
"""How long Telegram may take to answer; that it did not is remembered as long as an answer is."""
_ADMIN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class AdminUnknown(Exception):  # noqa: N818  not an error: a question that has to be asked first
    """Whether this person is an admin must be asked of Telegram before the update can be dealt with."""

    def __init__(self, chat_id: int, user_id: int) -> None:
        super().__init__(chat_id, user_id)
        self.chat_id = chat_id
        self.user_id = user_id


class Rights:
    """What Telegram said of late about who is an admin; None where it would not say."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[tuple[int, int], tuple[bool | None, float]] = {}

    def is_admin(self, chat_id: int, user_id: int) -> bool | None:
        """Is the person an admin of the group? Raises AdminUnknown when that has to be asked first."""
        known = self._known.get((chat_id, user_id))
        if known is None or time.monotonic() > known[1]:
            raise AdminUnknown(chat_id, user_id)
        return known[0]

    async def ask(self, chat_id: int, user_id: int) -> None:
        """Ask Telegram, and remember for a minute what it said, or that it said nothing."""
        try:
            member = await self._bot.get_chat_member(chat_id, user_id, read_timeout=ANSWER_S)
            answer = member.status in _ADMIN
        except TelegramError:
            answer = None
        now = time.monotonic()
        self._known = {key: said for key, said in self._known.items() if now <= said[1]}
        self._known[chat_id, user_id] = (answer, now + REMEMBERED_FOR_S)
