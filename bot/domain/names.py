"""People's names as the club sees them, and the characters that no shown text may carry."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_NAME = 40
_MAX_USERNAME = 32  # Telegram's own limit
_MAX_SHOWN = 50

_JOINERS = "\u200c\u200d"  # emoji families and Persian need them inside a text
_TAGS = range(0xE0020, 0xE0080)  # the tail of flags such as Scotland's
_LINE_BREAKS = "\n\v\f\x85\u2028\u2029"
_BLANKS = "\t\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show as nothing


def strip_invisible(text: str) -> str:
    """`text` without what cannot be seen, stored or sent: control and bidi characters, NUL, lone surrogates,
    noncharacters (XML has no place for them). Line breaks of any kind become line feeds, blanks spaces."""
    return "".join(_seen(text.replace("\r\n", "\n").replace("\r", "\n")))


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


def has_substance(text: str) -> bool:
    """Whether `text` has a character that is seen and is not punctuation: a letter, a digit, an emoji."""
    return any(unicodedata.category(char)[0] in "LNS" for char in strip_invisible(text))


@dataclass(frozen=True)
class PersonName:
    """What Telegram tells of a person's name. `id` is any number of the person's own; `username` has no @."""

    id: int
    first: str
    last: str | None
    username: str | None


def display_names(people: Iterable[PersonName]) -> dict[int, str]:
    """A short name for each of `people` by id; no two are alike, letter case ignored.

    The first name alone; for those who share it with the initial of the last name, then the full last name,
    then the username in brackets, then (2), (3) in the order of ids. One line of at most 50 characters, and so
    100 UTF-16 units.
    """
    forms = {person.id: _forms(person) for person in sorted(people, key=lambda person: person.id)}
    step = dict.fromkeys(forms, 0)
    while True:
        shown = {id_: forms[id_][step[id_]] for id_ in forms}
        sharing = Counter(map(_key, shown.values()))
        raised = [id_ for id_ in forms if sharing[_key(shown[id_])] > 1 and step[id_] + 1 < len(forms[id_])]
        if not raised:
            return _numbered(shown, sharing)
        for id_ in raised:
            step[id_] += 1


def _forms(person: PersonName) -> list[str]:
    """The ways to show the person, from short to exact."""
    first, last = _one_line(person.first), _one_line(person.last or "")
    username = _cut(_one_line(person.username or "").lstrip("@"), _MAX_USERNAME)
    if not first:
        first, last = last, ""
    if not first:
        return [username or "?"]
    # Without a last name the first stands for it, so that one Anna is "Anna" beside "Anna V.".
    forms = [_cut(first, MAX_NAME)] * (1 if last else 3)
    if last:
        initial = next((char for char in last if char.isalnum()), last[0])
        initial = initial.upper() if len(initial.upper()) == 1 else initial
        forms += [f"{_cut(first, MAX_NAME - 3)} {initial}.", _cut(f"{first} {last}", MAX_NAME)]
    if username:
        forms.append(f"{_cut(first, _MAX_SHOWN - 3 - len(username))} ({username})")
    return forms


def _numbered(shown: dict[int, str], sharing: Counter[str]) -> dict[int, str]:
    """`shown` (in the order of ids) with a number for the second and later bearers of the same name."""
    taken = {key for key, bearers in sharing.items() if bearers == 1}
    last_number: Counter[str] = Counter()
    names: dict[int, str] = {}
    for id_, name in shown.items():
        if sharing[_key(name)] > 1:
            base = _cut(name, _MAX_SHOWN - 6)
            while _key(name) in taken:
                last_number[base] += 1
                name = f"{base} ({last_number[base] + 1})"
            taken.add(_key(name))
        names[id_] = name
    return names


def _one_line(text: str) -> str:
    line = "".join(char for char in strip_invisible(text) if unicodedata.category(char) != "Cf")
    line = " ".join(line.split())
    return line if any(unicodedata.category(char)[0] not in "MZ" for char in line) else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
