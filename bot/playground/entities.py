"""Message entities: what Telegram finds in a text by itself, and offsets in UTF-16 units."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from bot.playground.people import Json

_TOP_LEVEL = (
    "ai|app|at|be|biz|brussels|ca|cat|ch|club|co|com|cz|de|dev|dk|edu|es|eu|fi|fr|fun|gent|gg|gov|gr|group|hu|ie|il|im|"
    "in|info|int|io|it|lu|ly|me|mobi|name|net|nl|no|one|online|org|pl|pro|pt|ro|ru|se|shop|site|store|tech|to|tr|tv|ua|"
    "uk|us|vip|vlaanderen|wiki|xyz"
)
# A link goes no further than this: general punctuation ends it, but for joiners and dashes.
_NO_URL = r"\s<>\u2000-\u200b\u200e\u200f\u2016-\u206f"
_URL_PATH = rf"[^{_NO_URL}]*[^{_NO_URL}.,;:!?)\]'\"]"
# In order of precedence: a later one may not touch what an earlier one found. Mentions, commands, hashtags and
# cashtags as in TDLib's find_mentions, find_bot_commands, find_hashtags and find_cashtags; the others are simpler
# than there.
_PATTERNS = [
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}")),
    ("url", re.compile(rf"https?://{_URL_PATH}")),
    ("url", re.compile(rf"(?:tg|ton|tonsite)://[A-Za-z0-9_-]{{1,253}}(?:[/?#]{_URL_PATH})?", re.IGNORECASE)),
    (
        "url",
        re.compile(
            rf"(?<![\w@./-])(?:[\w-]+\.)+(?:{_TOP_LEVEL})(?![\w-])(?:[/?#]{_URL_PATH})?",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@(?:[A-Za-z0-9_]{4,32}|(?i:gif|vid|pic))(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#@])#(?=\w*[^\W\d_])\w{1,256}(?!\w)")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
    ("phone_number", re.compile(r"(?<![\w+.,])(?:\+\d|0\d)(?:[ ./()-]?\d){7,13}(?![\w])")),
]
_HINT = re.compile(r"[@/#.+$]|0\d")
_WHOLE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
# Characters that show nothing: a text of these alone is empty to Telegram.
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\ufeff\U000e0020")
# As TDLib's clean_input_string: controls are blanks; embeddings, overrides and lines drawn over letters are left out.
_CONTROLS: dict[int, str | None] = {code: " " for code in range(32) if code != 10}
_CONTROLS |= dict.fromkeys([13, 0x030A, 0x0333, 0x033F, *range(0x2028, 0x202F)])


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_offsets(text: str) -> Callable[[int], int]:
    """A function from an index in `text` to the offset in UTF-16 units."""
    wide = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]
    return lambda at: at + bisect_left(wide, at)


def clean(text: str) -> str:
    """Take out what Telegram takes out: carriage returns, control characters, halves of characters, some marks."""
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_CONTROLS)


def is_empty(text: str) -> bool:
    """Whether nothing in it can be seen."""
    return all(char.isspace() or char in _INVISIBLE for char in text)


def finish(text: str, entities: Iterable[Json] = ()) -> tuple[str, list[Json]]:
    """Trim a cleaned text and add the entities that Telegram finds by itself; all sorted by offset."""
    given = sorted(entities, key=_order)
    text, given = _trim(text, given)
    found = detect(text, given) if _HINT.search(text) else []
    return text, sorted(given + found, key=_order) if found else given


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at the ends; at the beginning it stays from the first entity on (as TDLib does)."""
    text = text.rstrip(" \n")
    start = len(text) - len(text.lstrip(" \n"))
    start = min([start, *(entity["offset"] for entity in entities)])
    text = text[start:]
    if not entities:
        return text, []
    size = utf16_length(text)
    kept = []
    for entity in entities:
        offset = entity["offset"] - start
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept


def detect(text: str, given: Iterable[Json] = ()) -> list[Json]:
    """The mentions, commands, hashtags, addresses and telephone numbers in a text, outside links and code."""
    offset_of = utf16_offsets(text)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _WHOLE]
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = offset_of(match.start()), offset_of(match.end())
            if all(end <= other_start or start >= other_end for other_start, other_end in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found
