"""Which language a code stands for, and how each writes the days."""

from datetime import UTC, date, datetime, time
from gettext import NullTranslations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import is_spoken, language
from bot.texts.catalogues import SPOKEN
from bot.texts.language import Language


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        ("nl", "nl_BE"),
        ("NL-nl", "nl_NL"),
        ("fr_CH", "fr_CH"),
        ("de-Latn-CH", "de_CH"),
        ("de-CH-1901", "de_CH"),
        ("nl-XX", "nl_BE"),  # no such country
        ("nl-", "nl_BE"),
        ("nl- ", "nl_BE"),
        ("de-äö", "de_DE"),
        ("de-x-private", "de_DE"),
        ("fr-419", "fr_BE"),
        ("pt-BR", "en_GB"),
        ("zh-Hans-CN", "en_GB"),
        ("", "en_GB"),
        (None, "en_GB"),
    ],
)
def test_a_language_code_of_any_app_is_a_language_with_the_numbers_of_its_country(
    code: str | None, locale: str
) -> None:
    assert str(language(code).locale) == locale
    assert language(code).code == locale[:2]


@given(st.sampled_from([*SPOKEN, "it", ""]), st.text(max_size=12))
def test_whatever_an_app_says_its_language_is_there_is_one_to_answer_in(asked: str, tail: str) -> None:
    for code in (f"{asked}-{tail}", f"{asked}_{tail}", asked + tail):
        lang = language(code)
        assert lang.code in SPOKEN
        assert not is_spoken(code) or lang.locale.language == lang.code


@pytest.mark.parametrize(
    ("code", "first", "last", "days"),
    [
        ("fr", date(2026, 11, 1), date(2026, 11, 7), "1er–7 novembre"),
        ("fr", date(2026, 10, 26), date(2026, 11, 1), "26 octobre – 1er novembre"),
        ("fr", date(2026, 11, 1), date(2026, 11, 1), "1er novembre"),
        ("fr", date(2026, 11, 11), date(2026, 11, 17), "11–17 novembre"),
        ("nl", date(2026, 11, 1), date(2026, 11, 7), "1–7 november"),
        ("de", date(2026, 11, 1), date(2026, 11, 7), "1.–7. November"),
        ("en-US", date(2026, 11, 1), date(2026, 11, 7), "November 1 – 7"),
    ],
)
def test_the_days_of_a_week_are_named_as_the_language_names_them(code: str, first: date, last: date, days: str) -> None:
    assert language(code).days(first, last).replace("\u2009", " ") == days


def test_a_language_more_may_be_any_that_babel_knows() -> None:
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    for code in (name for name in locale_identifiers() if "_" not in name):
        lang = Language(code, Locale.parse(code), NullTranslations())
        for first in (date(2026, 10, 26), date(2026, 11, 2)):
            assert lang.days(first, date(2026, 11, 7))
        assert all([lang.moment(at), lang.month(at), lang.weekly(4, time(8, 30)), lang.percent(50), lang.decimal_sign])
