"""Whom a command names: the @usernames and text mentions that it begins with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.models import Person
from bot.domain.names import WORD_JOINER

# Telegram's usernames are of Latin letters, digits and underscores, 32 at most. A full stop or comma may follow.
# Who copies one from a list of ours has the word joiner with it.
_USERNAME = re.compile(rf"@{WORD_JOINER}?([A-Za-z0-9_]{{2,32}})(?![A-Za-z0-9_@])")
_BETWEEN = re.compile(r"[\s,;&+]*(?:(?:and|en|et|und)\s+(?=@))?", re.IGNORECASE)
# Every bot's username ends so, and no person's may.
_BOT = "bot"


@dataclass(frozen=True)
class Mention:
    """Someone named in a command: by @username, or as a `person` (a text mention, a reply)."""

    username: str | None = None
    person: Person | None = None
    is_bot: bool = False


@dataclass(frozen=True)
class TextMention:
    """A text mention's place in the text, in UTF-16 units as Telegram counts, and whom it names."""

    offset: int
    length: int
    mention: Mention


def leading_mentions(text: str, start: int, marked: list[TextMention]) -> tuple[list[Mention], str]:
    """Read the mentions that follow position `start` of `text`; return them, each once, and the text after.

    A mention further on is part of what is said ("ask @carla too"), not a recipient. Places that lie outside
    the text or inside a character are ignored.
    """
    places = _places(text, marked)
    found: dict[object, Mention] = {}
    position = _skip(text, start)
    while True:
        if position in places:
            end, mention = places[position]
        elif match := _USERNAME.match(text, position):
            end = match.end()
            name = match[1]
            mention = Mention(username=name, is_bot=name.lower().endswith(_BOT))
        else:
            return list(found.values()), text[position:]
        key = mention.person.user_id if mention.person else (mention.username or "").lower()
        found.setdefault(key, mention)
        position = _skip(text, end)


def usernames(text: str) -> list[str]:
    """The @usernames in `text`, without their @."""
    return _USERNAME.findall(text)


def _skip(text: str, position: int) -> int:
    match = _BETWEEN.match(text, position)
    return match.end() if match else position


def _places(text: str, marked: list[TextMention]) -> Mapping[int, tuple[int, Mention]]:
    """Start and end of each text mention as positions in the Python string."""
    if not marked:
        return {}
    position_of = {0: 0}
    units = 0
    for position, character in enumerate(text, start=1):
        units += 2 if ord(character) > 0xFFFF else 1
        position_of[units] = position
    return {
        position_of[place.offset]: (position_of[place.offset + place.length], place.mention)
        for place in marked
        if place.length > 0 and place.offset in position_of and place.offset + place.length in position_of
    }
