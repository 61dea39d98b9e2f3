"""Characters as people see them, and cutting a text between them."""

import unicodedata
from collections.abc import Callable, Iterator

from bot.domain.directions import FIRST_STRONG_ISOLATE, POP_ISOLATE

ELLIPSIS = "…"
_ZERO_WIDTH_JOINER = "\u200d"
_EXTENDING = frozenset("\u200c\u200d") | {chr(code) for code in (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))}
_REGIONAL = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two make a flag


def graphemes(text: str) -> Iterator[str]:
    """The parts of `text` that people see as one character each, emoji families, flags and keycaps among them.

    UAX #29 in short: what extends a character stays with it, a joiner keeps what follows it, flags are pairs.
    """
    start = 0
    for at in range(1, len(text)):
        if not _belongs(text[at], text[start:at]):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _belongs(char: str, before: str) -> bool:
    """Is `char` seen as one with the part that ends `before` it?"""
    if char in _EXTENDING or unicodedata.category(char)[0] == "M" or before[-1] == _ZERO_WIDTH_JOINER:
        return True
    return (char in _REGIONAL and before in _REGIONAL) or (before == "\r" and char == "\n")


def cut(text: str, limit: int, measure: Callable[[str], int] = len) -> str:
    """`text`, or as much of it as `limit` allows with an ellipsis at its end; `measure` tells a text's length.

    It is cut between two characters as people see them (only one that is too long by itself is cut in the middle),
    and isolates that are open there are closed.
    """
    if measure(text) <= limit:
        return text
    kept = _beginning(graphemes(text), limit, measure) or _beginning(text, limit, measure)
    return kept.rstrip() + ELLIPSIS + POP_ISOLATE * _open_isolates(kept)


def _beginning(parts: Iterator[str] | str, limit: int, measure: Callable[[str], int]) -> str:
    """As many of the parts as leave room for the ellipsis, and for the ends of isolates."""
    kept, length = "", measure(ELLIPSIS)
    for part in parts:
        length += measure(part)
        if length + _open_isolates(kept + part) > limit:
            break
        kept += part
    return kept


def _open_isolates(text: str) -> int:
    return max(text.count(FIRST_STRONG_ISOLATE) - text.count(POP_ISOLATE), 0)
