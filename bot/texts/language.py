"""A language and how it writes: sentences from the catalogue, money, dates and numbers from Babel."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from gettext import NullTranslations
from typing import TypeVar, cast

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_name
from markupsafe import Markup

from bot.domain.amounts import Amount
from bot.domain.directions import isolated
from bot.domain.erased import ERASED, SOMEONE

Text = TypeVar("Text", bound=str)
"""Plain, or Markup that stays such."""


def marked(sentence: str) -> str:
    """Mark a sentence for the catalogues where it stands away from the `t`, `n` or `plain` that looks it up."""
    return sentence


_ERASED = {SOMEONE: marked("someone who left"), ERASED: marked("name erased")}


@dataclass(frozen=True)
class Language:
    """One language. `t` and `n` take the English sentence, with {names} for what is filled in."""

    code: str
    locale: Locale
    catalogue: NullTranslations

    @property
    def decimal_sign(self) -> str:
        """What it puts between units and cents: 99.95, 99,95."""
        signs = self.locale.number_symbols["latn"]
        return str(signs.get("currencyDecimal", signs["decimal"]))

    def t(self, sentence: str, **values: object) -> Markup:
        """The sentence in this language, as Telegram HTML; what is filled in is data and escaped."""
        said = Markup(self.catalogue.gettext(sentence)).format(**_filled(values))  # noqa: S704  sentences are ours
        return self.known(said)

    def n(self, one: str, many: str, count: int, **values: object) -> Markup:
        """The sentence in the form that `count` asks for; {count} is filled in too."""
        sentence = self.catalogue.ngettext(one, many, count)
        return self.known(Markup(sentence).format(count=count, **_filled(values)))  # noqa: S704  sentences are ours

    def plain(self, sentence: str, **values: object) -> str:
        """The sentence without markup, for buttons and alerts."""
        return self.known(self.catalogue.gettext(sentence).format(**_filled(values)))

    def known(self, text: Text) -> Text:
        """The text with words in the place of what was erased: a member's name, a contact's."""
        if SOMEONE not in text and ERASED not in text:
            return text
        in_words = {sign: self.catalogue.gettext(sentence) for sign, sentence in _ERASED.items()}
        for sign, words in in_words.items():
            text = cast("Text", text.replace(sign, words))
        return text

    def money(self, amount: Amount) -> str:
        """An amount as this language writes it."""
        return format_currency(Decimal(amount.decimal), amount.currency, locale=self.locale)

    def number(self, number: int) -> str:
        """A number as this language writes it."""
        return format_decimal(number, locale=self.locale)

    def percent(self, percent: int) -> str:
        """A number of percents as this language writes it."""
        return format_percent(Decimal(percent) / 100, locale=self.locale)

    def days(self, first: date, last: date) -> str:
        """The days from the first to the last."""
        if first >= last:
            return self.date(first)
        same_month = (first.year, first.month) == (last.year, last.month)
        start, end = self.locale.interval_formats["MMMd"]["d" if same_month else "M"]
        return "".join(self._part(day, pattern) for day, pattern in ((first, start), (last, end)))

    def dated(self, day: date) -> str:
        """A day with its year."""
        return self._with_first(day, format_date(day, "long", locale=self.locale))

    def month(self, at: datetime) -> str:
        """A month with its year."""
        return format_date(at.date(), "LLLL y", locale=self.locale)

    def day(self, day: date) -> str:
        """A day with its year."""
        return self._with_first(day, format_date(day, "long", locale=self.locale))

    def moment(self, at: datetime) -> str:
        """A day of the week, a day and a time (local)."""
        weekday = format_date(at.date(), "EEEE", locale=self.locale)
        return self._at(self.plain("{weekday} {date}", weekday=weekday, date=self.date(at.date())), at)

    def weekly(self, weekday: int, at: time) -> str:
        """A day of the week (0 is Monday) and a time (local)."""
        return self._at(self.locale.days["stand-alone"]["wide"][weekday], at)

    def weekday(self, weekday: int) -> str:
        """A day of the week (0 is Monday), cut short."""
        return str(self.locale.days["stand-alone"]["abbreviated"][weekday])

    def city(self, timezone: str) -> str:
        """What a time zone ("Europe/Brussels") is named after."""
        return get_timezone_location(timezone, locale=self.locale, return_city=True)

    def country(self, code: str) -> str:
        """What a country ("BE") is called."""
        return str(self.locale.territories.get(code, code))

    def currency(self, code: str) -> str:
        """What a currency ("EUR") is called."""
        return get_currency_name(code, locale=self.locale)

    def stamp(self, at: datetime) -> str:
        """A day and a time (local)."""
        return self._at(self.date(at.date()), at)

    def _part(self, day: date, pattern: str) -> str:
        """A day in an interval: Babel knows that with the months cut short; they are written out here."""
        return self._with_first(day, format_date(day, re.sub("M{3,}", "MMMM", pattern), locale=self.locale))

    def _with_first(self, day: date, written: str) -> str:
        """In French the first of a month is its 1er, which the locale data leave out."""
        return written.replace("1", self.plain("1"), 1) if day.day == 1 else written

    def date(self, day: date, *, short: bool = False) -> str:
        """A day without its year: 23 November, 23. November; `short`: 23 Nov, 23. Nov."""
        pattern = "MMMd" if short else "MMMMd"
        return self._with_first(day, format_skeleton(pattern, datetime.combine(day, time()), locale=self.locale))

    def _at(self, day: str, at: datetime | time) -> str:
        return self.plain("{date}, {time}", date=day, time=format_time(at, "HH:mm", locale=self.locale))

    def names(self, names: Sequence[Markup]) -> Markup:
        """Several names as a list: A, B and C."""
        isolates = [isolated(name) for name in names]
        return self.known(Markup(format_list(isolates, locale=self.locale)))  # noqa: S704  each is escaped already


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """What is filled in, with words from right to left kept apart from the sentence around them."""
    return {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
