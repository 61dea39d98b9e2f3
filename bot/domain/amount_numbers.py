"""Numbers as people type them before or after a currency, and what they are in its smallest unit."""

import re

from babel.numbers import get_currency_precision

from bot.domain.currencies import SPACE

MAX_UNITS = 10**9
_LONGEST_WHOLE = 12  # digits; more is surely out of range

_APOSTROPHES = "'’‘ʼ‵′`´"  # what Swiss keyboards group thousands by
NUMBER = re.compile(
    rf"[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}}(?![0-9]))++(?:[.,][0-9]++)?+"  # 1 500,50
    rf"|[0-9]++(?:[.,{_APOSTROPHES}][0-9]++)*+"
)


def in_smallest_unit(number: str, currency: str, thousands: bool) -> int | None:
    """What `number` (or so many `thousands`) is in the smallest unit of `currency`; None for no reading or two."""
    digits = get_currency_precision(currency)
    # 12k, 1,5k and 1.25k; but 1.500k is 1500 to some and 1500000 to others.
    if thousands and not re.fullmatch(r"[0-9]+(?:[.,][0-9]{1,2})?", number):
        return None
    parts = _whole_and_part(number, 2 if thousands else digits)
    if parts is None:
        return None
    whole, part = parts
    # Also keeps int() away from thousands of digits.
    if len(whole) > _LONGEST_WHOLE:
        return MAX_UNITS**3
    return int(whole + part.ljust(digits + (3 if thousands else 0), "0"))


def goes_on(number: str, rest: str) -> bool:
    """Whether the digits after a space could be part of the number: 1 50, 1500 500, 12 11 2026."""
    group = re.match(rf"{SPACE}++([0-9]++)", rest)
    if not group:
        return False
    could_be_grouped = re.search(SPACE, number) is not None or (number.isdigit() and len(number) <= 3)
    return could_be_grouped or len(group[1]) == 3


def _whole_and_part(number: str, digits: int) -> tuple[str, str] | None:
    """The digits before and after the decimal separator; None when `number` cannot be read, or in two ways.

    `digits`: the decimals that the currency has.
    """
    groups = re.split(r"[^0-9]", number)
    separators = re.sub(rf"[{_APOSTROPHES}]", "'", re.sub(SPACE, " ", re.sub(r"[0-9]", "", number)))
    part = ""
    if _last_is_decimal(groups, separators, digits):
        part, separators = groups.pop(), separators[:-1]
    elif digits >= 3 and separators in (".", ","):
        return None  # 1.500 KWD: one and a half, or fifteen hundred
    if len(part) > digits or len(set(separators)) > 1 or (separators and not _are_thousands(groups)):
        return None
    whole = "".join(groups)
    return None if len(whole) > 1 and whole.startswith("0") else (whole, part)


def _last_is_decimal(groups: list[str], separators: str, digits: int) -> bool:
    if not separators or separators[-1] not in ".," or separators.count(separators[-1]) > 1:
        return False
    if len(separators) > 1:
        return True
    # One separator: before three digits it groups thousands, unless what is before it is no group and the
    # currency has three decimals (1500.500 KWD).
    return len(groups[1]) != 3 or (digits >= 3 and not _starts_a_group(groups[0]))


def _are_thousands(groups: list[str]) -> bool:
    return _starts_a_group(groups[0]) and all(len(group) == 3 for group in groups[1:])


def _starts_a_group(digits: str) -> bool:
    return len(digits) <= 3 and not digits.startswith("0")
