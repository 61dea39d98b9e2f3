"""Amounts and words as tables have them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.core import get_global
from babel.numbers import get_currency_precision

from bot.domain.amount_numbers import MAX_UNITS
from bot.domain.amounts import Amount
from bot.domain.contact_details import take_out
from bot.domain.errors import AmountOutOfRange, UnreadableAmount
from bot.domain.graphemes import cut
from bot.domain.imports.tables import Cell
from bot.domain.names import has_substance, strip_invisible, utf16_length
from bot.domain.parsing import MAX_CONTACT, MAX_NEED

_CONTACT_ENDS = re.compile(r":|\n| [-–—]+ |, ")
_PLAIN = re.compile(r"\d{1,15}(\.\d{1,4})?")
_NOTHING = re.compile(r"[-–—0.,\s€$£]*")


class BadAmount(Exception):  # noqa: N818  it reads as what is so
    """It cannot be read as an amount, or is one that nobody has."""


@dataclass(frozen=True)
class Words:
    """What a line says of a referral: who has the need, what it is, how to reach them (several joined by ", ")."""

    contact: str
    need: str
    phone: str
    email: str


def cleaned(text: str) -> str:
    """As the ledger keeps people's words: without what cannot be seen, and nothing blank around it."""
    return strip_invisible(text).strip()


def shortened(text: str, limit: int) -> str:
    """As much of it as an entry may hold."""
    return cut(text, limit, utf16_length)


def our_amount(plain: str, currency: str) -> Amount | None:
    """An amount as the export writes it: a plain decimal. Raises BadAmount."""
    if not plain:
        return None
    if currency not in get_global("all_currencies") or not _PLAIN.fullmatch(plain) or not plain.isascii():
        raise BadAmount
    return _amount(Decimal(plain), currency)


def foreign_amount(cell: Cell, currency: str, decimal_sign: str) -> Amount | None:
    """An amount as people and other programs write it; nothing, zero and a dash are none. Raises BadAmount."""
    from bot.domain.amount_reading import read_amount  # only here: its patterns take 70 ms to compile

    if isinstance(cell, int | float):
        try:
            return _amount(Decimal(str(cell)), currency) if cell else None
        except InvalidOperation as error:
            raise BadAmount from error
    if _NOTHING.fullmatch(cell):
        return None
    # 1.500,00 is read everywhere; 99,95 and 1,500.00 too. What is left is as likely as the club writes it.
    try:
        reading = read_amount(cell, currency, decimal_sign)
    except (UnreadableAmount, AmountOutOfRange) as error:
        raise BadAmount from error
    if reading is None or reading.rest:
        raise BadAmount
    return reading.amount


def foreign_words(contact: str, need: str, details: str, country: str) -> Words:
    """Who has the need and what it is, from columns that may hold one, both, and contact details as well."""
    who, what = take_out(cleaned(contact), country), take_out(cleaned(need), country)
    more = take_out(cleaned(details), country)
    name, rest = " ".join(who.text.split()), what.text.strip()
    if not has_substance(name):
        end = _CONTACT_ENDS.search(rest)
        name, rest = (rest[: end.start()], rest[end.end() :]) if end else (rest, "")
        name = " ".join(name.split())
    short = shortened(name, MAX_CONTACT)
    if short != name:
        rest = f"{name}\n{rest}".strip()
    phones = dict.fromkeys((*who.phones, *what.phones, *more.phones))
    emails = dict.fromkeys((*who.emails, *what.emails, *more.emails))
    return Words(short or "?", shortened(rest.strip(), MAX_NEED), ", ".join(phones), ", ".join(emails))


def _amount(number: Decimal, currency: str) -> Amount:
    minor = number.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        minor = minor.quantize(Decimal(1))  # Excel has fractions of a cent where something was divided
    if not 0 < minor <= MAX_UNITS * 10 ** get_currency_precision(currency):
        raise BadAmount
    return Amount(int(minor), currency)
