"""Comparing names as people do: whatever the letter case, the accents, the spaces and the order of the words."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
# Letters that decompose into nothing simpler, as people write them without the key for it.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True)
class Introduced:
    """Whom a referral is about, and what tells that another is about the same person."""

    id: int
    number: int
    contact: str
    phone: str
    email: str


def bare(text: str) -> str:
    """`text` in small letters and without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold().translate(_PLAIN)


def words(text: str) -> list[str]:
    """The words of `text` in small letters and without accents."""
    return _WORD.findall(bare(text))


def are_alike(one: str, other: str) -> bool:
    """Are these the same name, loosely compared? What has neither letter nor digit is compared as it stands."""
    first, second = words(one), words(other)
    if not first or not second:
        return one.strip().casefold() == other.strip().casefold()
    return sorted(first) == sorted(second) or "".join(first) == "".join(second)


def is_same_contact(name: str, phones: str, other_name: str, other_phones: str) -> bool:
    """Is it the same person, by one of the phone numbers (joined by ", ") or by the name, loosely compared?"""
    shared = set(phones.split(", ")) & set(other_phones.split(", ")) - {""}
    return bool(shared) or are_alike(name, other_name)
