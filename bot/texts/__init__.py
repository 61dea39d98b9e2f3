"""Every sentence a person reads. English is the source; the other languages are catalogues in `locales`."""

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.languages import get_official_languages

from bot.texts.catalogues import ENGLISH, SPOKEN, catalogue
from bot.texts.language import Language

if TYPE_CHECKING:
    from bot.domain.models import Club


@cache
def language(code: str | None, country: str | None = None) -> Language:
    """The language of this code ("nl", "pt-br"); English where it is not spoken here.

    Numbers and dates are as they are written in the code's own country, else in `country` where the language is at
    home there, else where its catalogue says.
    """
    asked, _, own_country = (code or "").replace("_", "-").partition("-")
    spoken = asked.lower() if is_spoken(code) else ENGLISH
    translations, home = catalogue(spoken)
    places = [own_country.upper()] if own_country and is_spoken(code) else []
    if country and spoken in get_official_languages(country, de_facto=True):
        places.append(country)
    known = (Locale.negotiate([f"{spoken}_{place}"], [f"{spoken}_{place}"]) for place in places)
    return Language(spoken, next(filter(None, known), home), translations)


def is_spoken(code: str | None) -> bool:
    """Is there a catalogue for this code, or is it English?"""
    return (code or "").replace("_", "-").partition("-")[0].lower() in SPOKEN


def language_of(club: "Club") -> Language:
    """The language in which a club's group is answered."""
    return language(club.language, club.country)
