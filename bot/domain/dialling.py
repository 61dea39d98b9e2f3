"""How a region's phone numbers are dialled, from the numbering plans of the phonenumbers library."""

import re
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata, PhoneNumber, parse
from phonenumbers.phonemetadata import PhoneNumberDesc

_NOTHING = r"(?!)"
_COUNTRY_CODE = re.compile(r"\(?\+\s?([0-9]{3})")


@dataclass(frozen=True)
class Dialling:
    """Patterns of the digits (after a + or not) that one dials in a region, and their number.

    `complete` is a number with its 0 or country code; `after_label` one that may lack these, or a mistyped one;
    `mobile` a mobile without its 0. `lengths` is of numbers with their 0; empty where none has a 0.
    """

    complete: re.Pattern[str]
    after_label: re.Pattern[str]
    mobile: re.Pattern[str]
    lengths: frozenset[int]


@lru_cache
def dialling(region: str) -> Dialling:
    """How `region` ("BE") dials; of an unknown region only what starts with a country code is known."""
    plan = PhoneMetadata.metadata_for_region(region)
    anyone = _pattern(plan.general_desc if plan else None)
    prefix = (plan and plan.national_prefix) or _NOTHING
    code = plan.country_code if plan else _NOTHING
    possible = (plan.general_desc.possible_length if plan and plan.general_desc else None) or ()
    complete = rf"(?:\+|00)[1-9]\d{{7,14}}|{prefix}(?:{anyone})"
    return Dialling(
        re.compile(complete),
        re.compile(rf"{complete}|(?:{code})?(?:{anyone})|0\d{{7,10}}"),
        re.compile(_pattern(plan.mobile if plan else None)),
        frozenset(1 + length for length in possible) if prefix == "0" else frozenset(),
    )


def parsed(typed: str, region: str) -> PhoneNumber | None:
    """The number that `typed` is in `region`, which need not exist; None when it is none at all."""
    code = _COUNTRY_CODE.match(typed)
    if code and not any(int(code[1][:length]) in COUNTRY_CODE_TO_REGION_CODE for length in (1, 2, 3)):
        return None  # as the library would say, after a slow search
    try:
        return parse(typed, region)
    except NumberParseException:
        return None


def _pattern(desc: PhoneNumberDesc | None) -> str:
    return (desc and desc.national_number_pattern) or _NOTHING
