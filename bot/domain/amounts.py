"""Amounts of money. bot/domain/amount_reading.py reads them as people type them."""

import re
from dataclasses import dataclass

from babel.numbers import get_currency_precision

_MONEY = re.compile(r"[€$£] ?[0-9]|[0-9][.,][-–—=](?!\w)|[0-9] ?(?:[€$£]|(?:eur|euros?|k)(?![^\W_]))", re.IGNORECASE)


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


def mentions_money(text: str) -> bool:
    """Is there an amount with its currency anywhere in `text`?"""
    return _MONEY.search(text) is not None
