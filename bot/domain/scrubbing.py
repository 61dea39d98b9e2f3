"""Taking somebody's name out of what others wrote, and of what was said with it."""

import re
from collections.abc import Collection
from html import escape
from typing import Any

_PLAIN = re.compile("[A-Za-z0-9_ ]+")
_MIN_LANDMARK = 3
_MIN_USERNAME = 5  # Telegram's own limit; what is shorter would be found in ordinary words


def identifying(first_name: str, last_name: str | None, username: str | None, user_id: int) -> list[str]:
    """What stands for one person alone in a text that anybody wrote: not a first name, which others share."""
    found = [str(user_id)]
    if last_name:
        found.append(f"{first_name} {last_name}")
    if username:
        found.append(f"@{username}")
        if len(username) >= _MIN_USERNAME:
            found.append(username)
    return found


def landmark(word: str) -> str:
    """The longest plain part of the word: whatever holds the word holds this, also where a database looks for it that
    folds no letter case beyond English, and in JSON, which may hide accents. "" where there is none to go by."""
    longest = max(_PLAIN.findall(word), key=len, default="")
    return longest if len(longest) >= _MIN_LANDMARK else ""


def without(value: Any, words: Collection[str], instead: str, *, exactly: bool = False) -> Any:
    """The text, or whatever JSON holds it, with `instead` in the place of each of these words, as HTML too.

    A name inside a longer word is not meant. In any letter case, unless `exactly`.
    """
    if not any(words):
        return value
    return _replaced(value, _pattern(words, 0 if exactly else re.IGNORECASE), instead)


def _replaced(value: Any, pattern: re.Pattern[str], instead: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda _: instead, value)
    if isinstance(value, dict):
        return {name: _replaced(inner, pattern, instead) for name, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, pattern, instead) for inner in value]
    return value


def _pattern(words: Collection[str], flags: int) -> re.Pattern[str]:
    forms = {form for word in words if word for form in (word, escape(word, quote=False), escape(word))}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in longest_first), flags)
