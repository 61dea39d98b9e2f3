"""The world of the playground: people, chats and the bot, as tests and stories move them."""

import re
import zlib
from collections.abc import Iterable
from typing import Literal

from bot.playground.chats import Chat
from bot.playground.files import Upload
from bot.playground.ground import CAPTION_LIMIT
from bot.playground.membership import Membership
from bot.playground.people import ANONYMOUS_ADMIN, CHANNEL_SENDER, Json, User, named, set_language
from bot.playground.people import rename as rename_user
from bot.playground.refusal import NotAllowedError

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


class World(Membership):
    """Everything that happens in the playground, in memory. Not for use from several threads.

    Methods raise NotAllowedError for what Telegram's apps would not let a person do.
    """

    def person(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "en",
    ) -> User:
        """A new person."""
        person = named(1001 + len(self.people), first_name, last_name, username, language_code)
        self.people[person.id] = person
        return person

    def rename(
        self,
        person: User,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        username: str | None = None,
    ) -> None:
        """Change the names given; an empty last name or username is taken away."""
        rename_user(person, first_name, last_name, username)
        self.announce("chats", None, {"user_id": person.id})

    def speaks(self, person: User, language_code: str) -> None:
        """From now on the person's app is in this language (an IETF tag: nl, pt-br); "" is an app that tells none."""
        if language_code and not _LANGUAGE_TAG.fullmatch(language_code):
            raise NotAllowedError(f"{language_code!r} is no language that an app can be in")
        set_language(person, language_code)
        self.announce("chats", None, {"user_id": person.id})

    def group(
        self,
        title: str,
        owner: User,
        members: Iterable[User] = (),
        kind: Literal["supergroup", "group"] = "supergroup",
    ) -> Chat:
        """A new group of these people, without the bot."""
        number = len(self.chats)
        chat = Chat((-1001000000000 if kind == "supergroup" else -4000001) - number, kind, title)
        chat.status = {
            owner.id: "creator",
            **{person.id: "member" for person in members if person is not owner},
        }
        self.chats[chat.id] = chat
        self.announce("chats", None, {"chat_id": chat.id})
        return chat

    def may_see(self, person: User, chat: Chat) -> bool:
        """Whether the person can open the chat: it is their own with the bot, or a group they are in."""
        return chat.has(person.id) and chat.migrated_to is None

    def may_write(self, person: User, chat: Chat) -> bool:
        """Whether the person can write in the chat: they see it, have not blocked the bot there, and the group
        lets its members write."""
        if not self.may_see(person, chat):
            return False
        return chat.has(self.bot.id) if chat.type == "private" else chat.may(person.id, "can_send_messages")

    def say(
        self,
        person: User,
        chat: Chat,
        text: str,
        *,
        reply_to: int | None = None,
        entities: list[Json] | None = None,
        anonymous: bool = False,
        as_channel: bool = False,
    ) -> Json:
        """A person writes a message; returns it.

        Anonymous: as an admin who hides behind the group. As channel: as a channel of their own. Commands,
        mentions and the like are found in the text; `entities` adds what typing cannot say (text_mention).
        """
        if not self.may_write(person, chat):
            raise NotAllowedError(f"{person['first_name']} cannot write in {chat.title}")
        content = self.typed(text, entities)
        sender = person.sender()
        if anonymous:
            if not chat.admin(person.id):
                raise NotAllowedError("only admins can be anonymous")
            sender, content["sender_chat"] = ANONYMOUS_ADMIN, chat.card()
        elif as_channel:
            title = f"{person['first_name']}'s channel"
            channel = {"id": -1009000000000 - person.id, "title": title, "type": "channel"}
            sender, content["sender_chat"] = CHANNEL_SENDER, channel
        if reply_to is not None:
            content["reply_to_message"] = quoted(self._message(chat, reply_to))
        chat.started = True
        return self.post(chat, sender, content)

    def send_document(self, person: User, chat: Chat, upload: Upload, caption: str = "") -> Json:
        """A person sends a file, with words under it or without; returns the message."""
        if not self.may_write(person, chat):
            raise NotAllowedError(f"{person['first_name']} cannot write in {chat.title}")
        if not upload.content:
            raise NotAllowedError("the file is empty")
        words = self.typed(caption, None, CAPTION_LIMIT) if caption else {}
        content: Json = {"caption" if name == "text" else f"caption_{name}": value for name, value in words.items()}
        chat.started = True
        return self.post(chat, person.sender(), {"document": self.files.store(upload, None).document()} | content)

    def edit(self, person: User, chat: Chat, message_id: int, text: str, entities: list[Json] | None = None) -> Json:
        """A person changes the text of a message of their own; returns the message as it is now."""
        if not self.may_write(person, chat):
            raise NotAllowedError(f"{person['first_name']} cannot write in {chat.title}")
        old = self._message(chat, message_id)
        if old["from"]["id"] != person.id or "text" not in old:
            raise NotAllowedError("only one's own messages can be edited")
        kept = {key: value for key, value in old.items() if key != "entities"}
        changed = {"from": person.sender(), "edit_date": self.unix_now()} | self.typed(text, entities)
        edited = self.replace(chat, kept | changed)
        if self.bot_sees(chat, edited):
            self.updates.add("edited_message", edited)
        return edited

    def press(self, person: User, chat: Chat, message_id: int, data: str) -> str:
        """A person presses a button of the bot's; returns the query's id, for `answers`.

        The data need not be that of a button: an altered app can send anything, so the bot must expect it.
        """
        if not self.may_see(person, chat):
            raise NotAllowedError(f"{person['first_name']} does not see {chat.title}")
        message = self._message(chat, message_id)
        if message["from"]["id"] != self.bot.id:
            raise NotAllowedError("only the bot's messages have buttons")
        query_id = str(4_300_000_000_000_000_000 + len(self.answers) + len(self.unanswered))
        self.unanswered.add(query_id)
        query = {
            "id": query_id,
            "from": person.sender(),
            "message": message,
            "chat_instance": str(zlib.crc32(str(chat.id).encode())),
            "data": data,
        }
        self.updates.add("callback_query", query)
        return query_id

    def answer(self, query_id: str, text: str | None, show_alert: bool) -> bool:
        """The bot answers a press; False if there is none of this id that waits for an answer."""
        if query_id not in self.unanswered:
            return False
        self.unanswered.remove(query_id)
        self.answers[query_id] = {"text": text, "show_alert": show_alert}
        self.announce("answer", None, {"query_id": query_id})
        return True

    def _message(self, chat: Chat, message_id: int) -> Json:
        try:
            return chat.messages[message_id]
        except KeyError:
            raise NotAllowedError(f"there is no message {message_id} in {chat.title}") from None


def quoted(message: Json) -> Json:
    """A message as `reply_to_message` shows it: without what it replied to in its turn."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
