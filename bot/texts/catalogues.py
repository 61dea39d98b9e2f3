"""The gettext catalogues: a file `locales/nl.po` makes Kring speak Dutch, and nothing else is needed for it.

They are read at the start, as they are written; there are no compiled files that could be out of step. A catalogue's
header `Language` names the locale whose numbers and dates it uses where nothing is known of the reader's country.
What a catalogue does not translate is said in English.
"""

import string
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ENGLISH = "en"
LOCALES = Path(__file__).parent / "locales"
SPOKEN = (ENGLISH, *sorted(file.stem for file in LOCALES.glob("*.po")))
"""The languages there are; English, the source, first."""


class BrokenCatalogueError(Exception):
    """A catalogue that cannot be used; the text is for the operator: which it is, and what is wrong with it."""


@cache
def catalogue(code: str) -> tuple[NullTranslations, Locale]:
    """The sentences of one of the SPOKEN languages, and its locale. Raises BrokenCatalogueError."""
    if code == ENGLISH:
        return NullTranslations(), Locale.parse("en_GB")
    path, compiled = LOCALES / f"{code}.po", BytesIO()
    try:
        with path.open("rb") as file:
            read = read_po(file, abort_invalid=True)
        for message in read:
            _check(message)
        write_mo(compiled, read)
        compiled.seek(0)
        return GNUTranslations(compiled), read.locale or Locale.parse(code)
    except (PoFileError, UnknownLocaleError, ValueError, OSError) as error:
        raise BrokenCatalogueError(f"The catalogue {path.name} cannot be used: {error}") from error


def _check(message: Message) -> None:
    """Raise ValueError where a translation wants what the English sentence does not fill in: it could never be said."""
    sources = [message.id] if isinstance(message.id, str) else [*message.id, "{count}"]
    forms = [message.string] if isinstance(message.string, str) else message.string or ()
    known = {name for sentence in sources for name in _filled_in(sentence)}
    for form in forms if message.id else ():
        if unknown := set(_filled_in(form)) - known:
            where = f"“{form}” (line {message.lineno})"
            raise ValueError(f"{where} fills in {{{unknown.pop()}}}, which its English does not")


def _filled_in(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
