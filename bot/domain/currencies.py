"""Currencies as people write them beside a number: signs, ISO 4217 codes, names."""

import re

from babel.core import get_global

SPACE = r"[ \u00a0\u202f\u2009\u2007]"

# Codes that are words even in capitals ("1500 TOP!", "XXX") are read only as the club's own currency.
_CODES = frozenset(get_global("all_currencies")) - {"ALL", "TOP", "XXX", "XTS"}
# Small letters are read as a code only for these: "1500 bob", "1500 Luc" and "1500 mad" are people and moods.
_EVERYDAY = frozenset(
    ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "JPY", "CNY", "INR"]
)
_ALSO_WORDS = frozenset(["CAD"])  # 2 CAD drawings
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "$",
    "dollars": "$",
    "pound": "GBP",
    "pounds": "GBP",
} | dict.fromkeys(["eurootje", "eurootjes", "euroke", "eurokes", "euri", "eurs"], "EUR")
# Francs are Swiss only to a club that counts in them.
_FRANCS = frozenset(["fr", "frs", "sfr", "sfrs", "franc", "francs", "franken", "frank"])
_SIGNS = {"€": "EUR", "$": "$", "£": "GBP", "£GB": "GBP"}
_DOLLARS = frozenset(["USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN"])
_CURRENCY = re.compile(
    rf"(?P<us>US{SPACE}?\$|\${SPACE}?USA?(?![^\W\d]))|(?P<can>\${SPACE}?CAN?(?![^\W\d]))"
    r"|(?P<sign>£GB|[€$£])|(?P<word>[A-Za-z]{2,9}+)(?:['’]s)?(?![^\W\d])"
)
_DOT = re.compile(rf":|\.(?={SPACE})")
_AFTER_FR = re.compile(r"(?<=[Ff][Rr])\.|(?<=[Ff][Rr][Ss])\.")
_SPACES = re.compile(rf"{SPACE}*+")


def currencies(text: str, at: int, default: str) -> tuple[list[str], int]:
    """The currencies written one after the other from `at` on, and where they end. $ stands for any dollar."""
    found: list[str] = []
    while match := _CURRENCY.match(text, after_spaces(text, at)):
        glued_to_number = match.start() > 0 and text[match.start() - 1].isdigit()
        codes = _codes(match, default, glued_to_number)
        if not codes:
            break
        found += codes
        at = match.end()
    return found, at


def after_its_dot(text: str, at: int) -> int:
    """Where the number begins after a currency that ends at `at` and has a colon or dot: "EUR: 5", "Fr.5"."""
    dot = _DOT.match(text, at) or _AFTER_FR.match(text, at)
    return after_spaces(text, dot.end() if dot else at)


def one_currency(found: list[str], default: str) -> str | None:
    """The currency meant by all that was written; None when that is more than one."""
    codes = set(found)
    if "$" in codes:
        codes.remove("$")
        if not codes & _DOLLARS:
            codes.add(default if default in _DOLLARS else "USD")
    if not codes:
        return default
    return codes.pop() if len(codes) == 1 else None


def is_unusual(found: list[str], default: str) -> bool:
    """Is the only currency found one that few clubs use, or that is a word as well, and not the club's own?"""
    codes = set(found)
    return len(codes) == 1 and not codes & {default, "$"} and (not codes <= _EVERYDAY or codes <= _ALSO_WORDS)


def after_spaces(text: str, at: int) -> int:
    """Where the spaces at `at` end; a line break is none."""
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _codes(match: re.Match[str], default: str, glued_to_number: bool) -> list[str]:
    if match["us"]:
        return ["$", "USD"]
    if match["can"]:
        return ["$", "CAD"]
    if match["sign"]:
        return [_SIGNS[match["sign"]]]
    word = match["word"]
    capitals = word.upper()
    if name := _NAMES.get(word.lower()):
        return [name]
    is_franc = default == "CHF" and word.lower() in _FRANCS
    is_code = capitals in _CODES and (word == capitals or glued_to_number or capitals in _EVERYDAY)
    if is_franc or is_code or capitals == default:
        return [default if is_franc else capitals]
    return []
