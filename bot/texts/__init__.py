"""Every sentence a person reads. English is the source; the other languages are catalogues in `locales`."""

from functools import cache
from gettext import NullTranslations

from babel import Locale

from bot.texts.language import Language

# Each language with the locale whose numbers and dates it uses.
_LOCALES = {"en": "en_GB"}
LANGUAGES = tuple(_LOCALES)


@cache
def language(code: str | None) -> Language:
    """The language of this code ("nl", "pt-br"); English where it is not spoken here."""
    spoken = (code or "").lower().partition("-")[0]
    if spoken not in _LOCALES:
        spoken = "en"
    return Language(spoken, Locale.parse(_LOCALES[spoken]), NullTranslations())
