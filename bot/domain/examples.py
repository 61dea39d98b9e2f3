"""Which need from the ledger may stand as an example before somebody else's eyes."""

import re
from collections.abc import Iterable

from bot.domain.contact_details import take_out

MAX_EXAMPLE = 80
_MAX_DIGITS = 3
_WORD = re.compile(r"[^\W\d_]+")
# A link, a username, or text over several lines says more than a need does.
_TELLING = re.compile(r"[@\n]|://|www\.|\w\.\w")


def is_nameless(need: str, names: Iterable[str], region: str) -> bool:
    """Does the need tell nobody's name and no contact details? `names` are those that could be in it.

    Any word with a capital may be a name, except a short one all in capitals (an IT firm). Rather too strict: there
    is always a made-up example.
    """
    if not 0 < len(need) <= MAX_EXAMPLE or _TELLING.search(need) or sum(map(str.isdigit, need)) > _MAX_DIGITS:
        return False
    if take_out(need, region).text != need:
        return False
    words = _WORD.findall(need)
    if any(word != word.lower() and not (word.isupper() and len(word) in (2, 3)) for word in words):
        return False
    known = {part.casefold() for name in names for part in _WORD.findall(name)}
    return bool(words) and not any(len(word) > 1 and word.casefold() in known for word in words)
