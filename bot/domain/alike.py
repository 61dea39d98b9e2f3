"""Comparing names as people do: whatever the letter case, the accents, the spaces and the order of the words."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
# Letters that decompose into nothing simpler, as people write them without the key for it.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)


class Introduced(NamedTuple):
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


def like(name: str) -> Callable[[str], bool]:
    """What tells of another name whether it is this one, loosely compared.

    What has neither letter nor digit is compared as it stands.
    """
    own, plain = words(name), name.strip().casefold()
    in_order, in_one = sorted(own), "".join(own)

    def is_it(other: str) -> bool:
        theirs = words(other)
        if not own or not theirs:
            return plain == other.strip().casefold()
        return in_one == "".join(theirs) or in_order == sorted(theirs)

    return is_it


def are_alike(one: str, other: str) -> bool:
    """Are these the same name, loosely compared?"""
    return like(one)(other)


def contact_like(name: str, phones: str) -> Callable[[str, str], bool]:
    """What tells of another name and phone numbers (joined by ", ") whether they are the same person's.

    By one of the numbers, or by the name, loosely compared.
    """
    has_name, numbers = like(name), set(phones.split(", ")) - {""}
    return lambda other, others: not numbers.isdisjoint(others.split(", ")) or has_name(other)
