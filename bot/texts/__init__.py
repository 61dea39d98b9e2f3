"""Every sentence a person reads. English is the source; the other languages are catalogues in `locales`."""

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, localedata
from babel.languages import get_official_languages

from bot.texts.catalogues import ENGLISH, SPOKEN, catalogue
from bot.texts.language import Language

if TYPE_CHECKING:
    from bot.domain.models import Club


@lru_cache(maxsize=1024)  # codes are what apps say they are, so there is no end to them
def language(code: str | None, country: str | None = None) -> Language:
    """The language of this code ("nl", "pt-br"); English where it is not spoken here.

    Numbers and dates are as they are written in the code's own country, else in `country` where the language is at
    home there, else where its catalogue says.
    """
    asked, *tags = _tags(code)
    spoken = asked if asked in SPOKEN else ENGLISH
    translations, home = catalogue(spoken)
    places = [tag for tag in tags if len(tag) == len("BE")] if asked == spoken else []
    if country and spoken in get_official_languages(country, de_facto=True):
        places.append(country)
    known = (name for place in places if localedata.exists(name := f"{spoken}_{place.upper()}"))
    found = next(known, None)
    return Language(spoken, Locale.parse(found) if found else home, translations)


def is_spoken(code: str | None) -> bool:
    """Is there a catalogue for this code, or is it English?"""
    return _tags(code)[0] in SPOKEN


def language_of(club: "Club") -> Language:
    """The language in which a club's group is answered."""
    return language(club.language, club.country)


def _tags(code: str | None) -> list[str]:
    return (code or "").replace("_", "-").lower().split("-")
