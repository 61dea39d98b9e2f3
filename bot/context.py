"""What a handler is given besides the update: the work, the club, the person, and a voice."""

from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import telegram
from telegram.ext import Application, CallbackContext, ExtBot

from bot import speech
from bot.commands import Command
from bot.domain.errors import AdminsOnly, AnonymousSender, CannotCheckAdmin, GroupOnly
from bot.domain.models import Club, Member, Person, Source
from bot.domain.names import strip_invisible
from bot.domain.operator import Operator
from bot.domain.outgoing import Buttons, Outgoing
from bot.logs import also_about
from bot.rights import Rights
from bot.services import clubs, members
from bot.services.clubs import Defaults
from bot.texts import is_spoken, language, language_of
from bot.texts.language import Language

if TYPE_CHECKING:
    from bot.storage.work import Work

GROUPS = (telegram.Chat.GROUP, telegram.Chat.SUPERGROUP)
# Who Telegram names as sender where the real one is hidden: anonymous admins, channels, linked channels.
NOBODY = frozenset({1087968824, 136817688, 777000})


@dataclass(frozen=True)
class House:
    """What stays the same from update to update."""

    defaults: Defaults
    daily_limit: int
    rights: Rights
    operator: Operator
    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Turn:
    """One update's turn: the transaction it is dealt with in, and its id in the inbox."""

    work: "Work"
    house: House
    update_id: int


turn: ContextVar[Turn] = ContextVar("turn")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of one update."""

    def __init__(self, application: "Application[Any, Any, Any, Any, Any, Any]", **ids: Any) -> None:
        super().__init__(application, **ids)
        self.work = turn.get().work
        self.house = turn.get().house
        self._update_id = turn.get().update_id
        self._update: telegram.Update | None = None
        self._club: Club | None = None
        self._reads: str | None = None
        self._member: Member | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """The context of this update, as python-telegram-bot asks for it."""
        context = super().from_update(update, application)
        if isinstance(update, telegram.Update):
            context._update = update
        return context

    @property
    def incoming(self) -> telegram.Update:
        """The update that this is the context of."""
        if self._update is None:
            raise TypeError("no update")
        return self._update

    @property
    def chat(self) -> telegram.Chat:
        """The chat it happens in."""
        if self.incoming.effective_chat is None:
            raise TypeError("an update without a chat")
        return self.incoming.effective_chat

    @property
    def message(self) -> telegram.Message:
        """The message that it is about: a command, or the one whose button was pressed."""
        if self.incoming.effective_message is None:
            raise TypeError("an update without a message")
        return self.incoming.effective_message

    @property
    def source(self) -> Source:
        """The message as the business key of what it makes.

        A message that only its sender and the bot see has no id of its own (Telegram says 0): the update's stands in.
        """
        return Source(self.message.chat_id, self.message.message_id or -self.incoming.update_id)

    @property
    def sent_at(self) -> datetime:
        """When the person did this: typed or edited it; of a press on a button Telegram does not tell."""
        if self.incoming.callback_query is not None:
            return self.work.now
        return self.message.edit_date or self.message.date

    @property
    def in_group(self) -> bool:
        """Does it happen in a group?"""
        return self.chat.type in GROUPS

    @property
    def sender(self) -> Person | None:
        """Who did it, if it is a person who can be named."""
        user, message = self.incoming.effective_user, self.incoming.effective_message
        pressed = self.incoming.callback_query is not None
        if user is None or user.is_bot or user.id in NOBODY:
            return None
        if not pressed and message is not None and message.sender_chat is not None:
            return None
        return person(user, reachable=self.chat.type == telegram.Chat.PRIVATE)

    async def club(self) -> Club:
        """The club of this group. Raises GroupOnly in a private chat."""
        if not self.in_group:
            raise GroupOnly
        if self._club is None:
            title = " ".join(strip_invisible(self.chat.title or "").split())
            self._club = await clubs.of_chat(self.work, self.chat.id, title, self._defaults())
            also_about(club=self._club.id)
        return self._club

    async def member(self) -> Member:
        """The sender as a member of this group's club. Raises AnonymousSender when it is nobody."""
        if self._member is None:
            if self.sender is None:
                raise AnonymousSender
            present = self.incoming.callback_query is None
            self._member = await members.join(self.work, await self.club(), self.sender, present=present)
            self._reads = self._member.language
        return self._member

    async def meet(self) -> None:
        """Keep who the sender is, outside any club."""
        if self.sender is not None:
            known = await members.meet(self.work, self.sender)
            self._reads = known.language

    def is_admin(self, club: Club, user_id: int) -> bool | None:
        """Is this person an admin of the club's group now? None: Telegram would not say."""
        return self.house.rights.is_admin(self._update_id, club.chat_id, user_id)

    def require_admin(self, club: Club, user_id: int) -> None:
        """Raise AdminsOnly or CannotCheckAdmin unless this person is an admin of the club's group."""
        said = self.is_admin(club, user_id)
        if said is None:
            raise CannotCheckAdmin
        if not said:
            raise AdminsOnly

    def daily_limit(self, club: Club) -> int:
        """How many entries of a kind a member of the club may record in a day; 0: any number."""
        return self.house.daily_limit if club.own_limit is None else club.own_limit

    def own_language(self) -> Language:
        """The language of the person, for what only they read: as they chose, else as their Telegram has it."""
        user = self.incoming.effective_user
        return language(self._reads or (user.language_code if user else None))

    async def here(self) -> tuple[Language, ZoneInfo]:
        """The language and time zone of this chat: the club's in a group, the person's in private."""
        if self.in_group:
            club = await self.club()
            return language_of(club), club.zone
        return self.own_language(), self.house.defaults.slot.zone

    async def say(self, text: str, buttons: Buttons = (), *, about: str | None = None) -> None:
        """Say something in this chat."""
        await self._put(speech.message(self.chat.id, text, buttons, thread=self._thread, about=about))

    async def show(self, recipe: dict[str, Any], caption: str, buttons: Buttons = ()) -> None:
        """Say something in this chat under the picture of this recipe; too many words go without it."""
        await self._put(speech.photo(self.chat.id, recipe, caption, buttons, thread=self._thread))

    async def reply(self, text: str, buttons: Buttons = (), *, about: str | None = None) -> None:
        """Answer this message."""
        await self._put(self.as_reply(text, buttons, about=about))

    def as_reply(self, text: str, buttons: Buttons = (), *, about: str | None = None) -> Outgoing:
        """The answer to this message, to be said now or if something else is refused."""
        message = self.incoming.effective_message
        reply_to = message.message_id if message and message.message_id and self.in_group else None
        return speech.message(self.chat.id, text, buttons, thread=self._thread, reply_to=reply_to, about=about)

    async def alert(self, text: str = "", *, window: bool = False) -> None:
        """Answer the press on a button."""
        if self.incoming.callback_query is not None:
            await self._put(speech.alert(self.incoming.callback_query.id, text, window=window))

    @property
    def private_link(self) -> str:
        """The address that opens the private chat with the bot."""
        return f"https://t.me/{self.bot.username}?start=hello"

    def _defaults(self) -> Defaults:
        """What a club starts with that begins now: the language of who brings the bot, if it is one of ours."""
        user, defaults = self.incoming.effective_user, self.house.defaults
        if not self._is_bot_brought or user is None or not is_spoken(user.language_code):
            return defaults
        return replace(defaults, language=language(user.language_code).code)

    @property
    def _is_bot_brought(self) -> bool:
        """Does this tell that the bot is in the group now? Telegram does by two updates, in no promised order."""
        message = self.incoming.message
        if message is None:
            return self.incoming.my_chat_member is not None
        return bool(message.group_chat_created) or self.bot.id in [user.id for user in message.new_chat_members]

    @property
    def _thread(self) -> int | None:
        message = self.incoming.effective_message
        return message.message_thread_id if message is not None and message.is_topic_message else None

    async def _put(self, outgoing: Outgoing) -> None:
        await self.work.outbox.put(outgoing)


def person(user: telegram.User, *, reachable: bool = False) -> Person:
    """Telegram's description of someone, as ours."""
    return Person(
        user_id=user.id,
        first_name=storable(user.first_name),
        last_name=storable(user.last_name or "") or None,
        username=user.username,
        language_code=user.language_code,
        reachable=reachable,
    )


def storable(text: str) -> str:
    """NUL, which JSON can carry and PostgreSQL cannot keep, is left out."""
    return text.replace("\0", "")
