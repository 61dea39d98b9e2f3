"""What the languages spoken here call countries, currencies, weekdays and time zones, as people type them.

Each of these functions takes what was typed, letter case and accents ignored, and gives the international code; None
for what no language calls so. The names are Babel's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name
from phonenumbers import SUPPORTED_REGIONS

from bot.domain.countries import CURRENCIES, TIMEZONES
from bot.domain.slots import WEEKDAYS
from bot.texts.catalogues import SPOKEN, catalogue
from bot.texts.vocabulary import english, plain

_COUNTRIES = {"uk": "GB", "england": "GB", "usa": "US", "holland": "NL"}
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP"} | {
    name + ending: code
    for name, code in (("dollar", "USD"), ("pound", "GBP"), ("franc", "CHF"))
    for ending in ("", "s")
}


def country(typed: str) -> str | None:
    """The country ("BE") of "Belgien"."""
    return _countries().get(_key(typed))


def currency(typed: str) -> str | None:
    """The currency ("CHF") of "Schweizer Franken"; a dollar is a US dollar, a franc a Swiss one."""
    return _currencies().get(_key(english("currency", typed)))


def weekday(typed: str) -> str | None:
    """The weekday ("fri") of "vendredi" and "vr."."""
    return _weekdays().get(_key(typed))


def timezone(typed: str) -> str | None:
    """The time zone ("Europe/Brussels") of its name, of a name that it had once, and of its city ("Bruxelles")."""
    return _timezones().get(_key(typed))


@cache
def _countries() -> dict[str, str]:
    names = ((locale.territories[code], code) for locale in _locales() for code in SUPPORTED_REGIONS)
    return _unique(names) | _COUNTRIES | {code.lower(): code for code in SUPPORTED_REGIONS}


@cache
def _currencies() -> dict[str, str]:
    names = (
        (get_currency_name(code, count, locale), code)
        for locale in _locales()
        for code in CURRENCIES
        for count in (None, 1, 2)
    )
    return _unique(names) | _CURRENCIES | {code.lower(): code for code in CURRENCIES}


@cache
def _weekdays() -> dict[str, str]:
    return _unique(
        (locale.days["format"][width][number], name)
        for locale in _locales()
        for width in ("wide", "abbreviated")
        for number, name in enumerate(WEEKDAYS)
    )


@cache
def _timezones() -> dict[str, str]:
    once = {old: zone for old, zone in get_global("zone_aliases").items() if zone in TIMEZONES}
    names = {zone: zone for zone in TIMEZONES} | once
    # Of Etc/GMT+1 the last part is no city, and it is west of London: who types GMT+1 means the other side.
    cities = [(name.rpartition("/")[2], zone) for name, zone in names.items() if not name.startswith("Etc/GMT")]
    for locale in _locales():
        cities += [
            (shown["city"], names[name])
            for name, shown in locale.time_zones.items()
            if name in names and "city" in shown
        ]
    return _unique(cities) | {_key(name): zone for name, zone in names.items()}


def _locales() -> Iterator[Locale]:
    return (catalogue(code)[1] for code in SPOKEN)


def _unique(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each name stands for, without those that stand for several things."""
    meant = defaultdict(set)
    for name, code in names:
        meant[_key(name)].add(code)
    return {name: codes.pop() for name, codes in meant.items() if len(codes) == 1}


def _key(name: str) -> str:
    return plain(name).replace("’", "'").replace("_", " ").replace("-", " ").rstrip(".")
