"""Reading what a command's message says: whom it names, and the text after that."""

import re
from dataclasses import replace

import telegram

from bot.context import NOBODY, person
from bot.domain.direct import take_out_mark
from bot.domain.errors import NoRecipient, NotAPerson, Refusal
from bot.domain.mentions import Mention, TextMention, leading_mentions
from bot.domain.parsing import ReferralDraft, read_referral

# An accent may be a character of its own.
_COMMAND = re.compile(r"/[\w\u0300-\u036f]+(?:@\w+)?\s*")


def arguments(message: telegram.Message) -> str:
    """The text after the command."""
    return _COMMAND.sub("", message.text or "", count=1)


def referral_of(message: telegram.Message, region: str) -> tuple[list[Mention], ReferralDraft]:
    """Whom a /refer is for, and what it says; a phone number without country code is one of `region`.

    Raises NoRecipient, NotAPerson and what `read_referral` raises.
    """
    # Where #inside stood is blank, so that it hides nobody who is mentioned after it.
    text, inside = take_out_mark(message.text or "")
    people, rest = people_and_text(message, NoRecipient, text)
    named = []
    if len(people) > 1 and rest.startswith(":"):
        # "@bert @carla: a website": the last one is not a recipient, but has the need.
        *people, contact = people
        named = [contact.person] if contact.person else []
        rest = (contact.person.first_name if contact.person else f"@{contact.username}") + rest
    draft = read_referral(rest, region)
    units = text.encode("utf-16-le", "surrogatepass")  # what Telegram counts in
    for each in _marked(message):
        words = " ".join(units[2 * each.offset :][: 2 * each.length].decode("utf-16-le", "ignore").split())
        if each.mention.person and words and words in draft.contact:
            named.append(each.mention.person)
    return people, replace(draft, inside=inside or draft.inside, named=tuple(named))


def people_and_text(
    message: telegram.Message, nobody: type[Refusal], text: str | None = None
) -> tuple[list[Mention], str]:
    """Whom the command is about (those it mentions, else the author of the message replied to), and the rest.

    `text` is the message's unless given; then all in it must be in the same place. Raises `nobody` when it names no
    one, NotAPerson when it replies to someone who could not be credited.
    """
    text = message.text or "" if text is None else text
    command = _COMMAND.match(text)
    mentions, rest = leading_mentions(text, command.end() if command else 0, _marked(message))
    mentions = mentions or _replied_to(message)
    if not mentions:
        raise nobody
    return mentions, rest


def _marked(message: telegram.Message) -> list[TextMention]:
    """Whom Telegram marks in the text, as those without a username are mentioned."""
    return [
        TextMention(entity.offset, entity.length, Mention(person=person(entity.user), is_bot=entity.user.is_bot))
        for entity in message.entities
        if entity.type == telegram.MessageEntity.TEXT_MENTION and entity.user
    ]


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
