"""Reading what a command's message says: whom it names, and the text after that."""

import re

import telegram

from bot.context import NOBODY, person
from bot.domain.errors import NotAPerson, Refusal
from bot.domain.mentions import Mention, TextMention, leading_mentions

REGION = "BE"
"""Where a telephone number without a country code is from."""
_COMMAND = re.compile(r"/\w+(?:@\w+)?\s*")


def arguments(message: telegram.Message) -> str:
    """The text after the command."""
    return _COMMAND.sub("", message.text or "", count=1)


def people_and_text(message: telegram.Message, nobody: type[Refusal]) -> tuple[list[Mention], str]:
    """Whom the command is about (those it mentions, else the author of the message replied to), and the rest.

    Raises `nobody` when it names no one, NotAPerson when it replies to someone who could not be credited.
    """
    text = message.text or ""
    command = _COMMAND.match(text)
    marked = [
        TextMention(entity.offset, entity.length, Mention(person=person(entity.user), is_bot=entity.user.is_bot))
        for entity in message.entities
        if entity.type == telegram.MessageEntity.TEXT_MENTION and entity.user
    ]
    mentions, rest = leading_mentions(text, command.end() if command else 0, marked)
    mentions = mentions or _replied_to(message)
    if not mentions:
        raise nobody
    return mentions, rest


def _replied_to(message: telegram.Message) -> list[Mention]:
    replied = message.reply_to_message
    # In a forum every message "replies" to the one that opened its topic.
    if replied is None or replied.forum_topic_created is not None:
        return []
    author = replied.from_user
    if author is None or author.id in NOBODY or replied.sender_chat is not None:
        raise NotAPerson
    return [Mention(person=person(author), is_bot=author.is_bot)]


def command_name(message: telegram.Message) -> str | None:
    """The command that the message begins with, in small letters and without the bot's name."""
    found = _COMMAND.match(message.text or "")
    return found[0].strip()[1:].partition("@")[0].lower() if found else None
