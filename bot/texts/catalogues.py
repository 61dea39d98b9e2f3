"""The gettext catalogues: a file `locales/nl.po` makes Kring speak Dutch, and nothing else is needed for it.

They are read at the start, as they are written; there are no compiled files that could be out of step. A catalogue's
header `Language` names the locale whose numbers and dates it uses where nothing is known of the reader's country.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale

ENGLISH = "en"
LOCALES = Path(__file__).parent / "locales"
SPOKEN = (ENGLISH, *sorted(file.stem for file in LOCALES.glob("*.po")))
"""The languages there are; English, the source, first."""


@cache
def catalogue(code: str) -> tuple[NullTranslations, Locale]:
    """The sentences of one of the SPOKEN languages, and its locale."""
    if code == ENGLISH:
        return NullTranslations(), Locale.parse("en_GB")
    from babel.messages.mofile import write_mo  # takes long to import, and a club may speak English only
    from babel.messages.pofile import read_po

    with (LOCALES / f"{code}.po").open("rb") as file:
        read = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled), read.locale or Locale.parse(code)
