"""People's names as the club sees them, and the characters that no shown text may carry."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from bot.domain.erased import SOMEONE
from bot.domain.graphemes import cut, graphemes

MAX_NAME = 40
_MAX_USERNAME = 32  # Telegram's own limit
_MAX_SHOWN = 50
_MAX_INITIAL = 12  # an emoji family with its colours has eleven

_JOINERS = "\u200c\u200d"  # emoji families and Persian need them inside a text
_TAGS = range(0xE0020, 0xE0080)  # the tail of flags such as Scotland's
_LINE_BREAKS = "\n\v\f\x85\u2028\u2029"
_BLANKS = "\t\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show as nothing

_SEEN = r"[^\x00-\x7f\s\u200c\u200d]"  # what a joiner may join
_LOOSE_JOINER = re.compile(rf"(?<!{_SEEN})[\u200c\u200d]|[\u200c\u200d](?!{_SEEN})")
_LOOSE_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0020-\U000e007f]+")

WORD_JOINER = "\u2060"
# Where Telegram would go on reading a mention, command, hashtag, cashtag or address.
_LINKING = re.compile(r"[@/#$](?=[\w/])|\.(?=\w\w)")


def strip_invisible(text: str) -> str:
    """`text` without what cannot be seen, stored or sent: control and bidi characters, NUL, lone surrogates,
    noncharacters (XML has no place for them). Line breaks of any kind become line feeds, blanks spaces."""
    if _is_plain(text):
        return text
    return "".join(_seen(text.replace("\r\n", "\n").replace("\r", "\n")))


def _is_plain(text: str) -> bool:
    """Is it of letters, digits, signs and spaces of ASCII alone, as most are? Then nothing in it needs a look."""
    return text.isascii() and text.isprintable()


def _seen(text: str) -> Iterator[str]:
    for char in text:
        if char in _LINE_BREAKS:
            yield "\n"
        elif char in _BLANKS:
            yield " "
        elif char in _JOINERS or ord(char) in _TAGS or not _is_invisible(char):
            yield char


def _is_invisible(char: str) -> bool:
    is_noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return is_noncharacter or unicodedata.category(char) in ("Cc", "Cf", "Cs")


def utf16_length(text: str) -> int:
    """The length of `text` as Telegram counts it, in UTF-16 code units: an emoji is mostly two, a letter one."""
    return len(text) + sum(char > "\uffff" for char in text)


def shown_length(html: str) -> int:
    """The length of Telegram HTML as Telegram counts it: without the markup, in UTF-16 code units."""
    return utf16_length(unescape(re.sub(r"<[^>]*>", "", html)))


def has_substance(text: str) -> bool:
    """Whether `text` has a character that is seen and is not punctuation: a letter, a digit, an emoji."""
    return any(unicodedata.category(char)[0] in "LNS" for char in strip_invisible(text))


def unlinked(text: str) -> str:
    """`text` looking the same, in which Telegram finds no mention, command, hashtag or address.

    A list of names must ping nobody, and Telegram makes a mention of any @word it sees. It reads a word of letters,
    digits and underscores after the @ (TDLib's match_mentions; its server says the same in a pattern), so one
    character that is seen by nobody, breaks no line and is none of these ends it. Leaving out the @ instead would
    show @petra, who is known by her username only, as one called petra.
    """
    return _LINKING.sub(lambda found: found[0] + WORD_JOINER, text)


class PersonName(NamedTuple):
    """What Telegram tells of a person's name. `id` is any number of the person's own; `username` has no @.

    `first` is SOMEONE for who asked to be forgotten.
    """

    id: int
    first: str
    last: str | None
    username: str | None


def display_names(people: Iterable[PersonName]) -> dict[int, str]:
    """A short name for each of `people` by id; no two are alike, letter case ignored, but those who were forgotten.

    The first name alone; for those who share it with the initial of the last name, then the full last name,
    then the username in brackets, then (2), (3) in the order of ids. One line of at most 50 characters, and so
    100 UTF-16 units.
    """
    forms: dict[int, list[str]] = {}
    forgotten: dict[int, str] = {}
    for person in sorted(people, key=lambda person: person.id):
        if person.first == SOMEONE:
            forgotten[person.id] = SOMEONE
        else:
            forms[person.id] = _forms(person)
    step = dict.fromkeys(forms, 0)
    while True:
        shown = {id_: forms[id_][step[id_]] for id_ in forms}
        sharing = Counter(map(_key, shown.values()))
        raised = [id_ for id_ in forms if sharing[_key(shown[id_])] > 1 and step[id_] + 1 < len(forms[id_])]
        if not raised:
            return _numbered(shown, sharing) | forgotten
        for id_ in raised:
            step[id_] += 1


def _forms(person: PersonName) -> list[str]:
    """The ways to show the person, from short to exact."""
    first, last = _one_line(person.first), _one_line(person.last or "")
    username = cut(_one_line(person.username or "").lstrip("@"), _MAX_USERNAME)
    if not first:
        first, last = last, ""
    if not first:
        return [username or "?"]
    # Without a last name the first stands for it, so that one Anna is "Anna" beside "Anna V.".
    forms = [cut(first, MAX_NAME)] * (1 if last else 3)
    if last:
        initial = _initial(last)
        forms += [f"{cut(first, MAX_NAME - 2 - len(initial))} {initial}.", cut(f"{first} {last}", MAX_NAME)]
    if username:
        forms.append(f"{cut(first, _MAX_SHOWN - 3 - len(username))} ({username})")
    return forms


def _numbered(shown: dict[int, str], sharing: Counter[str]) -> dict[int, str]:
    """`shown` (in the order of ids) with a number for the second and later bearers of the same name."""
    taken = {key for key, bearers in sharing.items() if bearers == 1}
    last_number: Counter[str] = Counter()
    names: dict[int, str] = {}
    for id_, name in shown.items():
        if sharing[_key(name)] > 1:
            base = cut(name, _MAX_SHOWN - 6)
            while _key(name) in taken:
                last_number[base] += 1
                name = f"{base} ({last_number[base] + 1})"
            taken.add(_key(name))
        names[id_] = name
    return names


def _initial(last: str) -> str:
    """The first letter or digit with its accents; of a name without one its first sign, emoji kept whole."""
    characters = last if _is_plain(last) else list(graphemes(last))
    initial = next((each for each in characters if each[0].isalnum()), characters[0])[:_MAX_INITIAL]
    return initial.upper() if len(initial.upper()) == len(initial) else initial


def _one_line(text: str) -> str:
    """`text` on one line, "" if nothing can be seen of it. What joins emoji or letters stays where it does."""
    if _is_plain(text):
        return " ".join(text.split())
    line = _LOOSE_TAGS.sub(r"\1", _LOOSE_JOINER.sub("", strip_invisible(text)))
    # Composed: on the way out Telegram drops some marks that stand alone, such as the ring of å (TDLib's misc.cpp).
    line = unicodedata.normalize("NFC", " ".join(line.split()))
    return line if any(_is_drawn(char) for char in line) else ""


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char) != "Cf" and unicodedata.category(char)[0] not in "MZ"


def _key(name: str) -> str:
    if _is_plain(name):
        return name.casefold()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")
