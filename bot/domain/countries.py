"""Countries, the time zones that are in them, and what is paid with there."""

from zoneinfo import available_timezones

from babel.core import get_global
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
