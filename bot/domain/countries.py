"""Countries, the time zones that are in them, and what is paid with there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.languages import get_official_languages
from phonenumbers import SUPPORTED_REGIONS

FALLBACK = "BE"
"""Where the time zone tells no country, as UTC does not."""

CURRENCIES = frozenset(
    code
    for money in get_global("territory_currencies").values()
    for code, _, until, is_tender in money
    if is_tender and not until
)
"""What is paid with in some country today (ISO 4217)."""
TIMEZONES = frozenset(get_global("zone_territories")) & available_timezones()
"""By the name that is theirs today: Asia/Kolkata, and not Asia/Calcutta too."""


def country_of(timezone: str) -> str:
    """The country ("BE") of a time zone ("Europe/Brussels")."""
    found = get_global("zone_territories").get(timezone, FALLBACK)
    return found if is_country(found) else FALLBACK


def is_country(code: str) -> bool:
    """Is this the two-letter code (ISO 3166, capitals) of a country with phone numbers of its own?"""
    return code in SUPPORTED_REGIONS


MOST_NEAR = 9
"""As many countries as a telephone shows at a glance."""
TRADED_MOST = ("EUR", "USD", "GBP", "CHF")
"""Of those paid with where this is written, what the world trades most of (BIS, triennial survey)."""


@cache
def near(country: str) -> Sequence[str]:
    """The country, and some around it that people of its club may deal with, the likeliest first.

    They are in the same part of the world, and an official language of theirs is one of the country's too; else one of
    such a country's. Of many the large ones, which have several time zones, come first.
    """
    found = [country]
    for _ in range(2):
        of_found = {language for each in found for language in _languages(each)}
        alike = [other for other in _zones() if other not in found and _is_around(other, country)]
        alike = [other for other in alike if of_found & _languages(other)]
        found += sorted(alike, key=lambda other: (-len(_zones()[other]), other))
    return found[:MOST_NEAR]


@cache
def timezones_near(country: str) -> Sequence[str]:
    """The time zones of the country and those near it; of one with many, those that stand for the others."""
    common = set(get_global("windows_zone_mapping").values())
    found: list[str] = []
    for each in near(country):
        zones = _zones().get(each, ())
        found += [zone for zone in zones if zone in common] or zones
    return found[: MOST_NEAR + MOST_NEAR // 2]


@cache
def currencies_near(country: str) -> Sequence[str]:
    """What is paid with in the country and those near it, and what is traded most."""
    money = get_global("territory_currencies")
    paid = [
        code for each in near(country) for code, _, until, is_tender in money.get(each, ()) if is_tender and not until
    ]
    return list(dict.fromkeys([*paid, *TRADED_MOST]))[: MOST_NEAR + MOST_NEAR // 2]


@cache
def _zones() -> Mapping[str, list[str]]:
    """The time zones of each country."""
    zones = defaultdict(list)
    for zone in sorted(TIMEZONES):
        if is_country(country := get_global("zone_territories")[zone]):
            zones[country].append(zone)
    return zones


@cache
def _languages(country: str) -> frozenset[str]:
    return frozenset(get_official_languages(country, de_facto=True))


def _is_around(one: str, other: str) -> bool:
    """Is there a part of the world, as time zones are named after, that both are in?"""
    parts = ({zone.partition("/")[0] for zone in _zones().get(country, ())} for country in (one, other))
    return bool(set.intersection(*parts))
