"""The words that people type after a command: in every club those of every language are understood.

In a catalogue each stands with its context, as in `msgctxt "period"`, `msgid "week"`; where a language has several
words for one thing they are all named, with spaces between, and `_` for one within (`tot_en_met`). The months are no
part of it: each language's locale knows them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.domain.alike import bare
from bot.domain.names import strip_invisible
from bot.domain.periods import MONTHS
from bot.texts.catalogues import SPOKEN, catalogue

WORDS: Mapping[str, tuple[str, ...]] = {
    "period": (
        *("week", "month", "quarter", "year", "all", "q"),
        *("this", "last", "the", "from", "since", "to"),
    ),
    "switch": ("on", "off"),
    "import": ("undo",),
    "setting": (
        *("language", "country", "post", "at", "timezone", "currency"),
        *("reminders", "days", "question", "pictures"),
        *("limit", "default", "totals", "everyone", "admins"),
        *("contacts", "months", "names"),
    ),
    "forget": ("contact",),
    "help": ("board",),
    "column": (*("date", "from", "to", "contact", "need", "phone", "email", "amount", "note", "name", "username"),),
    "currency": ("dollar", "pound", "franc"),
}
_LETTERS = r"[^\W\d_]++(?:\.(?!\.))?"
COMMAND = "command"
"""The context of the commands' names."""


def english(kind: str, typed: str) -> str:
    """The English word for what was typed in any language, letter case and accents ignored; else `typed`."""
    return _meanings(kind).get(plain(typed), typed)


def in_english(kind: str, typed: str) -> str:
    """The same with each word in a text of several, which may be glued to numbers and signs: k3..okt is q3..october.

    The dot of a word that is cut short goes. What is no such word stays, without accents and letter case; there is
    one space between words.
    """
    return _tokens(kind).sub(lambda word: english(kind, word[0].rstrip(".")), " ".join(plain(typed).split()))


def local_names(command: str) -> tuple[str, ...]:
    """What a command is called in the other languages."""
    names = (name for code in SPOKEN for name in catalogue(code)[0].pgettext(COMMAND, command).split())
    return tuple(name for name in dict.fromkeys(names) if name != command)


def shown_name(code: str, command: str) -> str:
    """What a command is called first of all in one language."""
    return catalogue(code)[0].pgettext(COMMAND, command).split()[0]


def plain(typed: str) -> str:
    """Without accents, invisible characters and letter case: année, ANNEE and annee are one."""
    return bare(strip_invisible(typed)).strip()


@cache
def _meanings(kind: str) -> dict[str, str]:
    return dict(_words(kind))


@cache
def _tokens(kind: str) -> re.Pattern[str]:
    """The words of a text: those with more than letters in them, such as t/m, and whatever consists of letters."""
    mixed = sorted((word for word in _meanings(kind) if not word.isalpha()), key=len, reverse=True)
    return re.compile("|".join([*(rf"\b{re.escape(word)}\b" for word in mixed), _LETTERS]))


def _words(kind: str) -> Iterator[tuple[str, str]]:
    for word in WORDS[kind]:
        yield word, word
        for code in SPOKEN:
            for local in catalogue(code)[0].pgettext(kind, word).split():
                yield plain(local).replace("_", " "), word
    if kind == "period":
        yield from _months()


def _months() -> Iterator[tuple[str, str]]:
    for code in SPOKEN:
        names = catalogue(code)[1].months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, local in names[form][width].items():
                    yield plain(local).rstrip("."), MONTHS[number - 1]
