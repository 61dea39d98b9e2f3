"""Which country a time zone is in."""

from babel.core import get_global
from phonenumbers import SUPPORTED_REGIONS

FALLBACK = "BE"
"""Where the time zone tells no country, as UTC does not."""


def country_of(timezone: str) -> str:
    """The country ("BE") of a time zone ("Europe/Brussels")."""
    found = get_global("zone_territories").get(timezone, FALLBACK)
    return found if is_country(found) else FALLBACK


def is_country(code: str) -> bool:
    """Is this the two-letter code (ISO 3166, capitals) of a country with phone numbers of its own?"""
    return code in SUPPORTED_REGIONS
