"""What an admin may type after /settings."""

from datetime import time

import pytest

from bot.domain.club_settings import MAX_DAYS, SETTINGS, Change, read_change
from bot.domain.countries import CURRENCIES, TIMEZONES, is_country
from bot.domain.errors import NoValue, UnknownWord
from bot.domain.slots import WEEKDAYS
from bot.texts import named
from bot.texts.catalogues import SPOKEN

MAX_DATA = 64
"""Bytes of a button's data (Telegram)."""


def change(text: str) -> Change:
    read = read_change(text, SPOKEN)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("language nl", {"language": "nl"}),
        ("country BE", {"own_country": "BE"}),
        ("post fri 08:30", {"post_day": 4, "post_time": time(8, 30)}),
        ("post 8h30 fri", {"post_day": 4, "post_time": time(8, 30)}),
        ("post fri at 8 uur", {"post_day": 4, "post_time": time(8)}),
        ("post sun", {"post_day": 6}),
        ("post 0:00", {"post_time": time(0)}),
        ("timezone Europe/Amsterdam", {"timezone": "Europe/Amsterdam"}),
        ("currency CHF", {"currency": "CHF"}),
        ("reminders off", {"remind_days": 0}),
        ("reminders 0", {"remind_days": 0}),
        ("reminders 1 day", {"remind_days": 1}),
        ("reminders 90 days", {"remind_days": 90}),
        ("question on", {"monthly_question": True}),
        ("question off", {"monthly_question": False}),
        ("pictures on", {"pictures": True}),
        ("pictures off", {"pictures": False}),
    ],
)
def test_a_change_is_read(text: str, values: dict[str, object]) -> None:
    assert change(text).values == values


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("x", "x", ""),
        ("language xx", "xx", "language"),
        ("country XX", "XX", "country"),
        ("country BE NL", "BE NL", "country"),
        ("post fri sat", "fri sat", "post"),
        ("post fri 25:00", "25:00", "post"),
        ("post someday 8:30", "someday 8:30", "post"),
        ("post at", "at", "post"),
        ("timezone Europe", "Europe", "timezone"),
        ("timezone europe/brussels", "europe/brussels", "timezone"),
        ("currency BEF", "BEF", "currency"),
        ("reminders 91", "91", "reminders"),
        ("reminders -1", "-1", "reminders"),
        ("reminders ²", "²", "reminders"),
        ("reminders 1 2", "1 2", "reminders"),
        ("question 7", "7", "question"),
        ("question on off", "on off", "question"),
        ("pictures few", "few", "pictures"),
    ],
)
def test_what_means_nothing_is_named_with_the_setting_that_it_was_for(text: str, word: str, after: str) -> None:
    with pytest.raises(UnknownWord) as raised:
        read_change(text, SPOKEN)
    assert (raised.value.word, raised.value.after) == (word, after)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_alone_lacks_what_it_shall_be(setting: str) -> None:
    with pytest.raises(NoValue):
        read_change(setting, SPOKEN)


def test_nothing_asks_for_no_change() -> None:
    assert read_change("  ", SPOKEN) is None


def test_every_change_can_be_asked_for_by_a_button() -> None:
    asked = [
        *(f"language {code}" for code in SPOKEN),
        *(f"timezone {zone}" for zone in TIMEZONES),
        *(f"currency {code}" for code in CURRENCIES),
        *(f"post {day} 23:59" for day in WEEKDAYS),
        *(f"reminders {days}" for days in range(MAX_DAYS + 1)),
        "country BE",
        "post wed",
        "post 8:30",
        "question on",
        "question off",
        "pictures on",
        "pictures off",
    ]
    for text in asked:
        read = change(text)
        assert change(read.words) == read
        assert len(f"set:{2**63 - 1}:{read.words}".encode()) <= MAX_DATA


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Friday", "fri"),
        ("fri", "fri"),
        ("VRIJDAG", "fri"),
        ("vr", "fri"),
        ("vendredi", "fri"),
        ("ven.", "fri"),
        ("Freitag", "fri"),
        ("Fr.", "fri"),
        ("di", "tue"),
        ("mi", "wed"),
        ("do", "thu"),
        ("so", "sun"),
        ("someday", None),
    ],
)
def test_a_weekday_goes_by_its_name_in_every_language(typed: str, day: str | None) -> None:
    assert named.weekday(typed) == day


@pytest.mark.parametrize("typed", ["Belgium", "België", "BELGIE", "Belgique", "Belgien", "be", "BE"])
def test_a_country_goes_by_its_name_in_every_language_and_by_its_code(typed: str) -> None:
    assert named.country(typed) == "BE"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GB"),
        ("Holland", "NL"),
        ("Côte d’Ivoire", "CI"),
        ("USA", "US"),
        ("Pays Bas", "NL"),
        ("Congo", None),
        ("Benelux", None),
    ],
)
def test_a_country_goes_by_what_everybody_calls_it(typed: str, code: str | None) -> None:
    assert named.country(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("chf", "CHF"),
        ("Franc", "CHF"),
        ("Schweizer Franken", "CHF"),
        ("euros", "EUR"),
        ("€", "EUR"),
        ("dollar", "USD"),
        ("livre sterling", "GBP"),
        ("Belgian franc", None),  # nobody pays with it any more
    ],
)
def test_a_currency_goes_by_its_code_sign_and_names(typed: str, code: str | None) -> None:
    assert named.currency(typed) == code


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("Amsterdam", "Europe/Amsterdam"),
        ("new york", "America/New_York"),
        ("Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Brussel", "Europe/Brussels"),
        ("Wien", "Europe/Vienna"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("UTC", "Etc/UTC"),
        ("GMT", "Etc/GMT"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("GMT+1", None),  # as a zone's name it is west of Greenwich, as people say it east
        ("Central", None),  # of the US, or of Canada?
        ("Europe", None),
    ],
)
def test_a_time_zone_goes_by_its_name_and_by_its_city(typed: str, zone: str | None) -> None:
    assert named.timezone(typed) == zone


def test_every_time_zone_and_currency_goes_by_its_own_name() -> None:
    assert {named.timezone(zone.lower()) for zone in TIMEZONES} == TIMEZONES
    assert {named.currency(code) for code in CURRENCIES} == CURRENCIES
    assert all(is_country(str(named.country(code))) for code in ("BE", "nl", "Fr", "de", "CH", "lu"))
