"""Amounts of money as people type them.

One separator before exactly three digits groups thousands (1.500 and 1,500 are both 1500), because whole
amounts are common and three decimals are not; the answer echoes what was read. Two readings: refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from babel.core import get_global
from babel.numbers import get_currency_precision

from bot.domain.errors import AmountOutOfRange, UnreadableAmount
from bot.domain.names import strip_invisible

MAX_UNITS = 10**9
_LONGEST_WHOLE = 12  # digits; more is surely out of range

# Codes that are words even in capitals ("1500 TOP!", "XXX") are read only as the club's own currency.
_CODES = frozenset(get_global("all_currencies")) - {"ALL", "TOP", "XXX", "XTS"}
# Small letters are read as a code only for these: "1500 bob", "1500 Luc" and "1500 mad" are people and moods.
_EVERYDAY = frozenset(
    ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "JPY", "CNY", "INR"]
)
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP"}
_SIGNS = {"€": "EUR", "$": "$", "£": "GBP", "US$": "USD", "$US": "USD", "£GB": "GBP"}
_DOLLARS = frozenset(["USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN"])

_SP = r"[ \u00a0\u202f\u2009\u2007]"
_DASH = r"[-−–—]"
_CURRENCY = re.compile(r"(?P<sign>US\$|\$US(?![A-Za-z])|£GB|[€$£])|(?P<word>[A-Za-z]{3,7}+)(?:['’]s)?(?![^\W\d])")
_NUMBER = re.compile(
    rf"[0-9]{{1,3}}(?:{_SP}[0-9]{{3}}(?![0-9]))++(?:[.,][0-9]++)?+"  # 1 500,50
    r"|[0-9]++(?:[.,'’][0-9]++)*+"
)
_NO_CENTS = re.compile(rf"[.,]{_DASH}{{1,2}}")  # 1500,-
_THOUSAND = re.compile(rf"{_SP}?[kK](?![^\W_])")
_MINUS = re.compile(_DASH)
_SPACES = re.compile(rf"{_SP}*+")
_END = re.compile(r"(?=\s)|\Z|[.,;:!?…]++(?=\s|\Z|[^\W\d_])")
# A number of something else (a percentage, time, date, sum), or an amount in words that we do not read.
_DOUBT = re.compile(
    rf"{_SP}*+(?:[%‰½¼¾]|[/:×*]{_SP}*+[0-9]"
    r"|(?:percent|procent|prozent|pct|cents?|ct|m|mio|mln|mrd|bn|million|millions|miljoen|millionen|miljard|milliard"
    r"|billion|thousand|duizend|mille|tausend|kr|zł|fr|frank|franken|francs?|yen)(?![^\W_]))",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"[-−–—~±≈=]++{_SP}++(?=[0-9€$£])|[^\w\s#@]*+")
_LETTERS_THEN_SIGN = re.compile(r"[A-Za-z]{1,3}+([^\w\s])")
_LEFT_OVER = re.compile(r"\s*+(?:[,;:.!–—-]++(?=\s|\Z)|[,;.]++)")


@dataclass(frozen=True)
class Amount:
    """An amount in the smallest unit of an ISO 4217 currency (cents for EUR)."""

    minor: int
    currency: str

    @property
    def decimal(self) -> str:
        """A plain decimal such as 1500.50, with as many decimals as the currency has."""
        digits = get_currency_precision(self.currency)
        whole, part = divmod(abs(self.minor), 10**digits)
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def read_amount(text: str, default_currency: str) -> tuple[Amount, str] | None:
    """The amount at the start of `text` and the text after it; None when the text does not start like one.

    Without a currency it is in `default_currency`; $ is the US dollar unless that default is another dollar.
    Raises UnreadableAmount (also for what could be read in two ways) and AmountOutOfRange.
    """
    text = strip_invisible(text).strip()
    negative, before, at = _before_the_number(text, default_currency)
    number = _NUMBER.match(text, at)
    if not number:
        if any(sign in text[:at] for sign in "€$£") or _starts_like_an_amount(text):
            _refuse(text)
        return None

    no_cents = _NO_CENTS.match(text, number.end())
    at = no_cents.end() if no_cents else number.end()
    thousands = _THOUSAND.match(text, at)
    after, at = _currencies(text, thousands.end() if thousands else at, default_currency)
    if not _ends_at(text, at) or (not after and not no_cents and _number_goes_on(number[0], text[at:])):
        _refuse(text)

    currency = _one_currency(before + after, default_currency)
    minor = _minor(number[0], currency, thousands is not None) if currency else None
    if not currency or minor is None or (no_cents and minor % 10 ** get_currency_precision(currency)):
        _refuse(text)
    if negative or not 0 < minor <= MAX_UNITS * 10 ** get_currency_precision(currency):
        raise AmountOutOfRange(_excerpt(text))
    return Amount(minor, currency), _LEFT_OVER.sub("", text[at:], count=1).strip()


def _before_the_number(text: str, default: str) -> tuple[bool, list[str], int]:
    """Whether a minus stands before the number, the currencies that do, and where the number should begin."""
    minus = _MINUS.match(text)
    currencies, at = _currencies(text, minus.end() if minus else 0, default)
    if currencies:
        at = _after_spaces(text, at)
        if later_minus := _MINUS.match(text, at):
            return True, currencies, later_minus.end()
    return minus is not None, currencies, at


def _currencies(text: str, at: int, default: str) -> tuple[list[str], int]:
    """The currencies written one after the other from `at` on, and where they end."""
    found: list[str] = []
    while match := _CURRENCY.match(text, _after_spaces(text, at)):
        glued_to_number = match.start() > 0 and text[match.start() - 1].isdigit()
        code = _SIGNS[match["sign"]] if match["sign"] else _code(match["word"], default, glued_to_number)
        if not code:
            break
        found.append(code)
        at = match.end()
    return found, at


def _code(word: str, default: str, glued_to_number: bool) -> str | None:
    capitals = word.upper()
    if name := _NAMES.get(word.lower()):
        return "$" if name == "USD" else name
    if capitals == default:
        return capitals
    if capitals in _CODES and (word == capitals or glued_to_number or capitals in _EVERYDAY):
        return capitals
    return None


def _one_currency(found: list[str], default: str) -> str | None:
    """The currency meant by all that was written; None when that is more than one."""
    codes = set(found)
    if "$" in codes:
        codes.remove("$")
        if not codes & _DOLLARS:
            codes.add(default if default in _DOLLARS else "USD")
    if not codes:
        return default
    return codes.pop() if len(codes) == 1 else None


def _starts_like_an_amount(text: str) -> bool:
    """Whether a text without a number where one could be still begins like one: ½, .5, (50), ¥50, --5."""
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    if lead and any(unicodedata.category(char) == "Sc" for char in lead[0]):
        return True
    foreign = _LETTERS_THEN_SIGN.match(text)
    if foreign and unicodedata.category(foreign[1]) == "Sc":
        return True
    emoji = lead is not None and any(_is_emoji(char) for char in lead[0])
    return not emoji and (unicodedata.category(rest[:1] or " ")[0] == "N" or rest[:1] in ("€", "$", "£"))


def _ends_at(text: str, at: int) -> bool:
    """Whether an amount can end at `at`: nothing is glued to it, nothing after it makes it another thing."""
    if _DOUBT.match(text, at):
        return False
    next_char = text[_after_spaces(text, at) :][:1]
    if next_char and unicodedata.category(next_char) == "Sc":
        return False
    return _END.match(text, at) is not None or _is_emoji(text[at])


def _number_goes_on(number: str, rest: str) -> bool:
    """Whether the digits after a space could be part of the number: 1 50, 1500 500, 12 11 2026."""
    group = re.match(rf"{_SP}++([0-9]++)", rest)
    if not group:
        return False
    could_be_grouped = re.search(_SP, number) is not None or (number.isdigit() and len(number) <= 3)
    return could_be_grouped or len(group[1]) == 3


def _minor(number: str, currency: str, thousands: bool) -> int | None:
    """The smallest units that `number` (or so many `thousands`) stands for; None for no reading or two."""
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


def _whole_and_part(number: str, digits: int) -> tuple[str, str] | None:
    """The digits before and after the decimal separator; None when `number` cannot be read, or in two ways.

    `digits`: the decimals that the currency has.
    """
    groups = re.split(r"[^0-9]", number)
    separators = re.sub(r"[0-9]", "", re.sub(_SP, " ", number).replace("’", "'"))
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


def _after_spaces(text: str, at: int) -> int:
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) == "So" and ord(char) >= 0x2600


def _excerpt(text: str) -> str:
    """The first word, with the numbers and signs after it: enough to show what was meant."""
    words = re.match(rf"\S*+(?:{_SP}[^A-Za-z\s]++(?!\S))*+", text)
    return (words[0] if words else text)[:24]


def _refuse(text: str) -> NoReturn:
    raise UnreadableAmount(_excerpt(text))
