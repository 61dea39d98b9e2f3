"""What an admin may type after /settings."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.club_settings import MAX_DAYS, MAX_LIMIT, Change, Setting, read_change, settings
from bot.domain.countries import CURRENCIES, TIMEZONES, is_country
from bot.domain.errors import NoValue, UnknownWord
from bot.domain.models import Club
from bot.domain.slots import WEEKDAYS
from bot.texts import named
from bot.texts.catalogues import SPOKEN

MAX_DATA = 64  # bytes of a button's data (Telegram)
SETTINGS = settings(SPOKEN)
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
GENT = Club(
    id=2**63 - 1,
    chat_id=-1,
    title="Kring Gent",
    language="nl",
    timezone="Europe/Brussels",
    own_country=None,
    currency="EUR",
    post_day=0,
    post_time=time(9),
    week_began_at=NOW,
    next_slot_at=NOW,
    bot_left_at=None,
    remind_days=7,
    monthly_question=True,
    pictures=True,
    own_limit=None,
    open_totals=True,
    contact_months=12,
    keep_names=True,
)
ELSEWHERE = [
    GENT,
    replace(GENT, timezone="America/New_York", currency="USD", post_time=time(0), own_limit=0, open_totals=False),
    replace(GENT, timezone="Etc/UTC", own_country="JP", post_day=6, post_time=time(23, 59), remind_days=0),
    replace(GENT, timezone="America/Argentina/Buenos_Aires", pictures=False, monthly_question=False, own_limit=1000),
]


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
        ("limit 1", {"own_limit": 1}),
        ("limit 1000", {"own_limit": 1000}),
        ("limit off", {"own_limit": 0}),
        ("limit 0", {"own_limit": 0}),
        ("limit default", {"own_limit": None}),
        ("totals everyone", {"open_totals": True}),
        ("totals admins", {"open_totals": False}),
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
        ("limit 1001", "1001", "limit"),
        ("limit -1", "-1", "limit"),
        ("limit 5 6", "5 6", "limit"),
        ("totals off", "off", "totals"),
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
        *(f"limit {count}" for count in range(MAX_LIMIT + 1)),
        *("country BE", "question on", "question off", "pictures on", "pictures off"),
        *("limit default", "totals everyone", "totals admins"),
    ]
    for text in asked:
        words = change(text).words(GENT)
        assert change(words).values == change(text).values
        assert len(f"set:{GENT.id}:{words}".encode()) <= MAX_DATA


def test_the_part_that_is_not_named_is_asked_for_as_the_club_has_it() -> None:
    assert change("post fri").words(GENT) == "post fri 09:00"
    assert change("post 8:30").words(GENT) == "post mon 08:30"


@pytest.mark.parametrize("club", ELSEWHERE, ids=lambda club: club.timezone)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.name)
def test_how_a_club_has_it_is_written_in_words_that_are_read_as_the_same(setting: Setting, club: Club) -> None:
    read = setting.read(setting.written(club).split())
    assert setting.written(replace(club, **read)) == setting.written(club)


@pytest.mark.parametrize("club", ELSEWHERE, ids=lambda club: club.timezone)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.name)
def test_what_is_offered_can_be_set_is_no_more_than_a_telephone_shows_and_fits_behind_a_button(
    setting: Setting, club: Club
) -> None:
    groups = setting.offered(club)
    for words in (words for group in groups for words in group):
        assert setting.read(words.split())
        assert len(f"set:{club.id}:{setting.name} {words}".encode()) <= MAX_DATA
    assert 1 <= sum(map(len, groups)) <= 30
    assert all(len(set(group)) == len(group) for group in groups)


def test_what_is_near_a_club_comes_first() -> None:
    def offered(name: str, club: Club) -> list[str]:
        return [words for group in SETTINGS[name].offered(club) for words in group]

    assert offered("country", GENT)[0] == "BE"
    assert {"NL", "FR", "DE", "LU"} <= set(offered("country", GENT))
    assert offered("timezone", GENT)[0] == "Europe/Brussels"
    assert {"Europe/Amsterdam", "Europe/Paris", "Europe/Berlin"} <= set(offered("timezone", GENT))
    assert "Europe/Busingen" not in offered("timezone", GENT)  # Berlin stands for it
    assert offered("currency", GENT)[:2] == ["EUR", "CHF"]
    assert {"America/New_York", "America/Chicago", "America/Los_Angeles"} <= set(offered("timezone", ELSEWHERE[1]))
    assert offered("currency", ELSEWHERE[2])[0] == "JPY"


def test_the_post_is_offered_on_every_day_at_hours_and_half_an_hour_sooner_and_later() -> None:
    days, hours, steps = SETTINGS["post"].offered(replace(GENT, post_time=time(8, 30)))
    assert tuple(days) == WEEKDAYS
    assert (hours[0], hours[-1], len(hours)) == ("06:30", "21:30", 16)
    assert steps == ["08:00", "09:00"]
    assert SETTINGS["post"].offered(replace(GENT, post_time=time(0)))[2] == ["00:30"]
    assert SETTINGS["post"].offered(replace(GENT, post_time=time(23, 45)))[2] == ["23:15"]


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
