"""Amounts of money as people type them.

One separator before exactly three digits groups thousands (1.500 and 1,500 are both 1500), because whole
amounts are common and three decimals are not. Two readings that are as likely: refused. One that is less likely than
the other, as 1.500 from someone who writes a decimal point: read, and marked as doubtful.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from babel.numbers import get_currency_precision

from bot.domain import amount_context as context
from bot.domain.amount_numbers import MAX_UNITS, NUMBER, goes_on, in_smallest_unit
from bot.domain.amounts import Amount, mentions_money
from bot.domain.currencies import SPACE, after_its_dot, after_spaces, currencies, is_unusual, one_currency
from bot.domain.errors import AmountOutOfRange, UnreadableAmount
from bot.domain.names import strip_invisible

_LONGEST_EXCERPT = 24
_FEWER_THAN = 100  # so little is seldom the business that a thanks is for

_DASH = r"[-−–—]"
_NO_CENTS = re.compile(rf"[.,](?:{_DASH}{{1,2}}|={{1,2}})")  # 1500,- and 1500,=
_THOUSAND = re.compile(rf"(?:[kK]|{SPACE}[kK](?!\.))(?:(?![^\W_])|(?=(?:EUR|CHF|USD|GBP)(?![^\W_])))")
_MINUS = re.compile(_DASH)
_END = re.compile(r"(?=\s)|\Z|[.,;:!?…]++(?=\s|\Z|[^\W\d_])")
_LEAD = re.compile(rf"[-−–—~±≈=]++{SPACE}++(?=[0-9€$£])|[^\w\s#@]*+")
_LETTERS_THEN_SIGN = re.compile(r"[A-Za-z]{1,3}+([^\w\s])")
_LEFT_OVER = re.compile(r"\s*+(?:[,;:.!–—-]++(?=\s|\Z)|[,;.]++)")
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])")
_TIME_OR_DAY = re.compile(r"(?:[0-2]?[0-9]|3[01])([.,])[0-5][0-9]")


@dataclass(frozen=True)
class Reading:
    """An amount with the text after it. `doubtful`: who typed it may have meant something else, and should be told."""

    amount: Amount
    rest: str
    doubtful: bool


@dataclass(frozen=True)
class _Typed:
    """An amount as it stands in a text: `number`, what is around it, and where all of that ends."""

    number: str
    before: list[str]
    after: list[str]
    negative: bool
    about: bool
    no_cents: bool
    thousands: bool
    end: int

    @property
    def bare(self) -> bool:
        """Does nothing beside it say that it is money?"""
        return not (self.before or self.after or self.no_cents)


def read_amount(text: str, default_currency: str, decimal_sign: str = "") -> Reading | None:
    """The amount at the start of `text`; None when the text does not start like one.

    Without a currency it is in `default_currency`; $ is the US dollar unless that default is another dollar.
    `decimal_sign` is what the writer's language puts before cents ("." or ","): by that, 1.500 or 1,500 is doubtful.
    Raises UnreadableAmount (also for what could be read in two ways) and AmountOutOfRange.
    """
    text = strip_invisible(text).strip()
    typed = _find(text, default_currency)
    if typed is None:
        return None
    if typed.bare and context.is_idiom(text, typed.end):
        return None
    if typed.bare and (counted := context.counts(typed.number, text, typed.end)):
        priced = context.each(text, counted)
        if _is_few(typed) and not priced and not mentions_money(text[counted:]):
            return None
        _refuse(text, max(counted, priced))
    _check_what_follows(text, typed)
    currency = one_currency(typed.before + typed.after, default_currency)
    minor = in_smallest_unit(typed.number, currency, typed.thousands) if currency else None
    if not currency or minor is None or (typed.no_cents and minor % 10 ** get_currency_precision(currency)):
        _refuse(text, typed.end)
    if typed.negative or not 0 < minor <= MAX_UNITS * 10 ** get_currency_precision(currency):
        raise AmountOutOfRange(_excerpt(text, typed.end))
    doubtful = is_unusual(typed.before + typed.after, default_currency) or _is_doubtful(text, typed, decimal_sign)
    left_over = _LEFT_OVER.match(text, typed.end)
    rest = text[left_over.end() if left_over else typed.end :].strip()
    return Reading(Amount(minor, currency), rest, doubtful)


def _find(text: str, default: str) -> _Typed | None:
    """The number that `text` starts with, and what is around it; None without one. Raises UnreadableAmount."""
    start, about = context.lead(text)
    negative, before, at = _before_the_number(text, start, default)
    number = NUMBER.match(text, at)
    if not number:
        if end := context.in_words(text, at) or context.foreign_before(text, start):
            _refuse(text, end)
        if (before and re.match(r"[^\w\s]*+[0-9]", text[at:])) or _starts_like_an_amount(text[start:]):
            _refuse(text)
        if any(sign in text[start:at] for sign in "€$£"):
            _refuse(text)
        return None
    no_cents = _NO_CENTS.match(text, number.end())
    at = no_cents.end() if no_cents else number.end()
    thousands = _THOUSAND.match(text, at)
    after, at = currencies(text, thousands.end() if thousands else at, default)
    return _Typed(number[0], before, after, negative, about, no_cents is not None, thousands is not None, at)


def _before_the_number(text: str, at: int, default: str) -> tuple[bool, list[str], int]:
    """Whether a minus stands before the number, the currencies that do, and where the number should begin."""
    minus = _MINUS.match(text, at)
    found, at = currencies(text, minus.end() if minus else at, default)
    if found:
        at = after_its_dot(text, at)
        if later_minus := _MINUS.match(text, at):
            return True, found, later_minus.end()
    return minus is not None, found, at


def _check_what_follows(text: str, typed: _Typed) -> None:
    """Raises UnreadableAmount where what follows makes the number part of something else."""
    at = typed.end
    spoils = context.cents(text, at) if typed.after else context.larger(text, at)
    if not typed.before and not typed.after:
        spoils = spoils or context.other_money(text, at)
    if end := spoils or context.goes_on(text, at):
        _refuse(text, end)
    if not _ends_at(text, at) or (not typed.after and not typed.no_cents and goes_on(typed.number, text[at:])):
        _refuse(text, at)
    if typed.bare and text[at : at + 1] == "." and _DAY_AND_MONTH.fullmatch(typed.number):
        _refuse(text, at + 1)  # 24.12. is Christmas


def _is_few(typed: _Typed) -> bool:
    whole = re.sub(r"[^0-9]", "", re.sub(r"[.,][0-9]{1,2}\Z", "", typed.number))
    return not typed.thousands and len(whole) < len(str(_FEWER_THAN))


def _is_doubtful(text: str, typed: _Typed, decimal_sign: str) -> bool:
    """Is another reading possible, if less likely: about so much, three decimals, a count, a time?"""
    if typed.about:
        return True
    if typed.no_cents:
        return False
    if decimal_sign and re.fullmatch(rf"[0-9]{{1,3}}{re.escape(decimal_sign)}[0-9]{{3}}", typed.number):
        return True
    if not typed.bare or typed.thousands:
        return False
    clock = _TIME_OR_DAY.fullmatch(typed.number)
    if clock:
        return bool(decimal_sign) and clock[1] != decimal_sign
    return typed.number.isdecimal() and context.may_count(typed.number, text, typed.end)


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
    """Whether an amount can end at `at`: nothing but a tax or an emoji is glued to it."""
    next_char = text[after_spaces(text, at) :][:1]
    if next_char and unicodedata.category(next_char) == "Sc":
        return False
    return _END.match(text, at) is not None or _is_emoji(text[at]) or context.tax(text, at) > 0


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) == "So" and ord(char) >= 0x2600


def _excerpt(text: str, end: int) -> str:
    """What was read, in whole words and with the numbers and signs after it: enough to show what was meant."""
    words = re.compile(rf"\S*+(?:{SPACE}[^A-Za-z\s]++(?!\S))*+").match(text, end)
    return text[: words.end() if words else end].rstrip()[:_LONGEST_EXCERPT]


def _refuse(text: str, end: int = 0) -> NoReturn:
    raise UnreadableAmount(_excerpt(text, end))
