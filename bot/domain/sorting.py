"""Names in the order in which people look for them."""

import re
import unicodedata

from bot.domain.alike import bare

SortKey = tuple[str, str, str]

# Keycaps, whose digit is no part of a name, what tells how a sign is drawn, and what is written or left out at will.
_NOT_READ = re.compile("[0-9#*]\ufe0f?\u20e3|[\ufe00-\ufe0f'’ʼ\u200c\u200d]")
_LAST = "\U0010ffff"


def sort_key(name: str) -> SortKey:
    """What names are sorted by: the letters and digits, word by word; then the accents; then the name as it stands.

    Letter case, emoji and signs do not count ("🌟 Anna" stands with A), nor at first do accents: é stands with e,
    ø with o, ß with ss, æ with ae, ĳ with ij. Latin letters come before Greek, Cyrillic, Hebrew and Arabic ones,
    each alphabet in its own order; names without a letter or digit come last. Two names share a key only when they
    are the same.
    """
    plain = bare(_NOT_READ.sub(lambda found: " " if len(found[0]) > 1 else "", name))
    words = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in plain).split()
    return " ".join(words) or _LAST, unicodedata.normalize("NFKD", name.casefold()), name
