"""Amounts as members type them after /thanks."""

from dataclasses import replace
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_currency, get_currency_precision
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.amount_reading import Reading, read_amount
from bot.domain.amounts import Amount
from bot.domain.errors import AmountOutOfRange, Refusal, UnreadableAmount

READ = [
    # text, smallest units, currency, the rest, why
    ("1500", 150000, "EUR", "", "a bare number is in the club's currency"),
    ("€1500", 150000, "EUR", "", "sign before"),
    ("1500€", 150000, "EUR", "", "sign after"),
    ("€1.500", 150000, "EUR", "", "one separator before three digits groups thousands"),
    ("1,500", 150000, "EUR", "", "and so does a comma"),
    ("€ 1.500,50", 150050, "EUR", "", "both kinds: the last is the decimal one"),
    ("1,500.50", 150050, "EUR", "", "the English way round"),
    ("1 500 EUR", 150000, "EUR", "", "a group of three after a space"),
    ("1 500,50", 150050, "EUR", "", "with decimals"),
    ("1\u00a0500,50 €", 150050, "EUR", "", "no-break space"),
    ("1\u202f500,50", 150050, "EUR", "", "narrow no-break space"),
    ("1\u2009500", 150000, "EUR", "", "thin space"),
    ("1'500", 150000, "EUR", "", "the Swiss way"),
    ("1’500.50", 150050, "EUR", "", "with a typographic apostrophe"),
    ("1500,-", 150000, "EUR", "", "no cents, the Dutch way"),
    ("1.500,- euro", 150000, "EUR", "", "grouped and without cents"),
    ("1500,–", 150000, "EUR", "", "a phone makes the dash longer"),
    ("EUR 99.95", 9995, "EUR", "", "code before"),
    ("eur99.95", 9995, "EUR", "", "letter case and spaces do not matter"),
    ("99,95 euro", 9995, "EUR", "", "the word"),
    ("99,95 euros site", 9995, "EUR", "site", "in plural"),
    ("€ 100 euro's", 10000, "EUR", "", "the same currency twice is one currency"),
    ("99,9", 9990, "EUR", "", "one decimal"),
    ("0,50", 50, "EUR", "", "less than a unit"),
    ("€1,5k", 150000, "EUR", "", "thousands"),
    ("12k", 1200000, "EUR", "", "thousands"),
    ("12 k€", 1200000, "EUR", "", "the French way"),
    ("1.000.000", 100000000, "EUR", "", "several equal separators group"),
    ("1000000000", 10**11, "EUR", "", "the most we take"),
    ("$20", 2000, "USD", "", "dollar"),
    ("US$ 20", 2000, "USD", "", "as Dutch locales write it"),
    ("$20 CAD", 2000, "CAD", "", "the code says which dollar"),
    ("1500 dollars", 150000, "USD", "", "the word"),
    ("£1,250", 125000, "GBP", "", "pound"),
    ("CHF 1'200.50", 120050, "CHF", "", "francs"),
    ("5000 JPY", 5000, "JPY", "", "a currency without decimals"),
    ("1500.500 KWD", 1500500, "KWD", "", "a currency with three"),
    ("500PLN", 50000, "PLN", "", "code after, glued"),
    ("1 website", 100, "EUR", "website", "a number and a word"),
    ("1500 2 websites", 150000, "EUR", "2 websites", "2 can be no part of 1500"),
    ("€ 1.500 #12 Piet", 150000, "EUR", "#12 Piet", "the rest is left as it is"),
    ("1500, thanks!", 150000, "EUR", "thanks!", "a comma after the amount is none of it"),
    ("1500. Thanks", 150000, "EUR", "Thanks", "nor is a full stop"),
    ("1500 - website", 150000, "EUR", "website", "nor is a dash"),
    ("1500👍", 150000, "EUR", "👍", "an emoji may be glued to it"),
    ("1500 all good", 150000, "EUR", "all good", "ALL is Albanian money only to Albanians"),
    ("1500 Luc was great", 150000, "EUR", "Luc was great", "LUC is a currency and Luc a member"),
    ("\u200e€1500\u200f", 150000, "EUR", "", "pasted text brings direction marks"),
]

NO_AMOUNT = [
    "",
    "  ",
    "thanks",
    "#12",
    "top job",
    "TOP 10",
    "EUR thanks",
    "- website",
    "@an",
    "🎉 5 stars",
    "(website)",
]

UNREADABLE = [
    *("12abc", "1.5.00.3", "1e5", "1,2345", "٣", "15٣", "--5", "½", "1½", "0.500", "0,500", "01500", "1️⃣"),
    *("1.2m", "1.2 mio", "2 miljoen", "5 cents", "1500 kr", "1,500k", "1 500k"),  # doubtful scales and money
    *("50%", "50 %", "15:30", "12/11", "12 / 11", "12-11-2026", "12 11 2026", "1500-2000"),  # other numbers
    *("JPY 1.50", "1.500 KWD", "99.955,555", "1.500.00", "1,500.50.10", "1'50"),  # decimals and groups
    *("1 50", "1500 500", "1 5000", "1 500.000", "1 500'000"),
    *("€5 USD", "£ 5 EUR", "¥50", "50₺", "CA$20", "99€95", "€", "€ thanks"),
    *(".5", "€.5", "(1500)", "+1500", "- 50", '"1500"'),
]


@pytest.mark.parametrize(("text", "minor", "currency", "rest", "why"), READ)
def test_an_amount_is_read_as_it_is_meant(text: str, minor: int, currency: str, rest: str, why: str) -> None:
    reading = read_amount(text, "EUR")
    assert reading is not None
    assert (reading.amount, reading.rest) == (Amount(minor, currency), rest), why


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_a_text_that_does_not_start_like_an_amount_has_none(text: str) -> None:
    assert read_amount(text, "EUR") is None


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_starts_like_an_amount_and_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount) as refused:
        read_amount(text, "EUR")
    assert refused.value.text
    assert text.startswith(refused.value.text)


@pytest.mark.parametrize(
    "text", ["0", "-50", "−50", "€0,00", "€-50", "-€50", "€ -50", "1000000001", "1.000.000k", "9" * 5000]
)
def test_nothing_less_than_nothing_and_more_than_a_thousand_million_are_refused(text: str) -> None:
    expected = UnreadableAmount if text.endswith("k") else AmountOutOfRange
    with pytest.raises(expected):
        read_amount(text, "EUR")


def test_a_dollar_is_the_clubs_own_dollar() -> None:
    assert read_amount("$20", "CAD") == Reading(Amount(2000, "CAD"), "", doubtful=False)
    assert read_amount("US$20", "CAD") == Reading(Amount(2000, "USD"), "", doubtful=False)


def test_a_code_that_is_also_a_word_is_money_where_it_is_the_clubs_own() -> None:
    assert read_amount("1500 TOP", "TOP") == Reading(Amount(150000, "TOP"), "", doubtful=False)
    assert read_amount("1500 mad", "MAD") == Reading(Amount(150000, "MAD"), "", doubtful=False)


@pytest.mark.parametrize(
    ("amount", "decimal"),
    [
        (Amount(150050, "EUR"), "1500.50"),
        (Amount(5, "EUR"), "0.05"),
        (Amount(1500, "JPY"), "1500"),
        (Amount(1500, "KWD"), "1.500"),
        (Amount(-150, "EUR"), "-1.50"),
    ],
)
def test_an_amount_is_exported_as_a_plain_decimal(amount: Amount, decimal: str) -> None:
    assert amount.decimal == decimal


LOCALES = ["nl_BE", "nl_NL", "fr_BE", "fr_FR", "de_DE", "de_CH", "en_GB", "en_US"]


@given(
    minor=st.integers(1, 10**11),
    currency=st.sampled_from(["EUR", "GBP", "USD", "CHF"]),
    default=st.sampled_from(["EUR", "GBP", "USD", "CHF"]),
    locale=st.sampled_from(LOCALES),
)
def test_an_amount_as_the_members_country_writes_it_is_read_back(
    minor: int, currency: str, default: str, locale: str
) -> None:
    units = Decimal(minor).scaleb(-get_currency_precision(currency))
    written = format_currency(units, currency, locale=locale)
    decimal_sign = str(Locale.parse(locale).number_symbols["latn"]["decimal"])
    reading = read_amount(f"{written} for the kitchen", default, decimal_sign)
    assert reading == Reading(Amount(minor, currency), "for the kitchen", doubtful=False)
    bare = format_currency(units, currency, format="#,##0.00", locale=locale)
    assert read_amount(bare, currency, decimal_sign) == Reading(Amount(minor, currency), "", doubtful=False)


MONEY_LIKE = st.text(st.sampled_from("0123456789.,'’ -–€$£¥%kKmEURusd#\u00a0\u202f\n٣½:/()"), max_size=25)


AROUND = (
    "1500 12 2k 1.500,50 €20 2026 3 euro EUR $ CHF fr. ca. zo'n about for voor een a mille thousand duizend ton"
    " grand million half en et of à - x + / , . klanten chairs uur mars btw HT dank merci per maand keer 50 canadiens"
)
"""What stands in and around amounts in four languages."""
WORDY = st.lists(st.sampled_from(AROUND.split()), max_size=7).map(" ".join)


def outcome(text: str, decimal_sign: str = "") -> Reading | Refusal | None:
    try:
        return read_amount(text, "EUR", decimal_sign)
    except (UnreadableAmount, AmountOutOfRange) as refused:
        return refused


@given(text=MONEY_LIKE | WORDY | st.text(max_size=60) | st.text(st.characters(), max_size=40))
@example("9" * 4096)
@example("1 " * 2048)
@example("een " * 1024)
@example("duizend" * 585)
@example("ca. " * 1024)
@example("for 1" + "'" * 4000)
@example("1500" + " euro" * 800)
@example("1500 " + "nieuwe " * 580)
@example("\ud800\x005")
def test_any_text_gives_an_amount_or_a_refusal(text: str) -> None:
    try:
        found = read_amount(text, "EUR")
    except Refusal:
        return
    if found:
        amount = found.amount
        assert 0 < amount.minor <= 10**9 * 10 ** get_currency_precision(amount.currency)
        assert len(found.rest) < len(text)


@given(text=WORDY)
def test_a_refusal_shows_the_beginning_of_what_was_typed(text: str) -> None:
    refused = outcome(text)
    if isinstance(refused, UnreadableAmount | AmountOutOfRange):
        assert refused.text
        assert text.startswith(refused.text)


@given(text=WORDY, decimal_sign=st.sampled_from([".", ","]))
def test_a_habit_makes_an_amount_doubtful_and_changes_none(text: str, decimal_sign: str) -> None:
    without, reading = outcome(text), outcome(text, decimal_sign)
    if isinstance(without, Reading) and isinstance(reading, Reading):
        assert reading in (without, replace(without, doubtful=True))
    else:
        assert type(without) is type(reading)


@given(minor=st.integers(1, 10**11))
def test_the_exported_decimal_holds_exactly_the_amount(minor: int) -> None:
    assert Decimal(Amount(minor, "EUR").decimal) * 100 == minor
