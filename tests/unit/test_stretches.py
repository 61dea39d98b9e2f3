"""The periods of /export, as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnknownWord
from bot.domain.periods import (
    MONTHS,
    BackwardPeriod,
    Days,
    FuturePeriod,
    Period,
    UnknownPeriod,
    bounds,
    read_stretch,
    start_of,
)
from bot.texts.catalogues import SPOKEN, catalogue
from bot.texts.periods import read
from bot.texts.vocabulary import in_english

BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Brussels", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia"]).map(ZoneInfo)
DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def said(typed: str) -> str:
    """The period in the words that mean the same at any time."""
    return str(read_stretch(in_english("period", typed), TODAY))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("week", "week"), ("Maand", "month"), ("TRIMESTRE", "quarter"), ("Jahr", "year"), ("alles", "all")),
        *((year, "2026-01-01..2026-12-31") for year in ("2026", " 2026 ")),
        *((q3, "2026-07-01..2026-09-30") for q3 in ("q3", "Q3 2026", "2026-q3", "2026 Q3", "q3/2026", "2026q3")),
        *((q3, "2026-07-01..2026-09-30") for q3 in ("k3", "K3 2026", "kw3", "t3 2026", "2026-T3", "Trim. 3 2026")),
        *((q3, "2026-07-01..2026-09-30") for q3 in ("3e kwartaal", "kwartaal 3", "3ème trimestre", "3. Quartal 2026")),
        *((may, "2026-05-01..2026-05-31") for may in ("2026-05", "2026-5", "05-2026", "5/2026", "05.2026", "may")),
        *((march, "2026-03-01..2026-03-31") for march in ("march", "maart 2026", "mars", "März 2026", "MÄRZ")),
        *((march, "2026-03-01..2026-03-31") for march in ("mrt", "Mar. 2026", "2026 maart", "2026-mars")),
        ("2026-01..2026-06", "2026-01-01..2026-06-30"),
        ("2026-01-15..2026-03-31", "2026-01-15..2026-03-31"),
        ("2026-01-15", "2026-01-15..2026-01-15"),
        ("2024..2025", "2024-01-01..2025-12-31"),
        *(
            (half, "2026-01-01..2026-06-30")
            for half in ("jan..jun 2026", "q1..q2", "januari tot juni 2026", "jan-juni")
        ),
        *((half, "2026-01-01..2026-06-30") for half in ("janvier à juin", "Jan. bis Juni 2026", "january – june")),
        *(
            (half, "2026-01-01..2026-06-30")
            for half in ("2026-01…2026-06", "jan...juni", "Q1 to Q2 2026", "1/2026 - q2")
        ),
    ],
)
def test_a_period_is_said_as_people_say_it(typed: str, meant: str) -> None:
    assert said(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, "year") for typed in ("this year", "dit jaar", "cette année", "dieses Jahr", "THE YEAR", "l'année")),
        *((typed, "month") for typed in ("this month", "deze maand", "ce mois", "ce mois-ci", "diesen Monat")),
        *((typed, "week") for typed in ("deze week", "diese Woche", "cette semaine")),
        *((typed, "quarter") for typed in ("dit kwartaal", "ce trimestre", "dieses Quartal")),
        *(
            (typed, "2025-01-01..2025-12-31")
            for typed in ("last year", "vorig jaar", "letztes Jahr", "l’année dernière", "l'an passé", "previous year")
        ),
        *(
            (typed, "2026-10-01..2026-10-31")
            for typed in ("last month", "vorige maand", "de afgelopen maand", "le mois dernier", "letzten Monat")
        ),
        *(
            (typed, "2026-07-01..2026-09-30")
            for typed in ("last quarter", "vorig kwartaal", "le trimestre précédent", "letztes Quartal")
        ),
        *(
            (typed, "2026-11-23..2026-11-29")
            for typed in ("last week", "vorige week", "la semaine dernière", "letzte Woche")
        ),
    ],
)
def test_this_and_last_are_understood_in_each_language(typed: str, meant: str) -> None:
    assert said(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("jan t/m juni", "1/2026 t/m 6/2026", "van januari tot en met juni 2026", "jan tem juni", "Januar bis Juni"),
        *("von Januar bis Juni", "de janvier à juin", "du 1er janvier au 30 juin", "1.1.2026 bis 30.6.2026"),
        *("1/1/2026 t/m 30/6/2026", "from 1 january 2026 until june 30, 2026", "1 januari - 30 juni 2026", "q1 t/m q2"),
    ],
)
def test_a_half_year_is_said_as_people_say_it(typed: str) -> None:
    assert said(typed) == "2026-01-01..2026-06-30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, "2026-09-01..2026-11-30") for typed in ("since september", "vanaf september", "depuis septembre")),
        *((typed, "2025-12-05..2026-11-30") for typed in ("seit 5. Dezember", "sinds 5/12/2025", "ab 5.12.2025")),
        ("2025-2026", "2025-01-01..2026-12-31"),
        ("15 maart", "2026-03-15..2026-03-15"),
        ("15.03.2026", "2026-03-15..2026-03-15"),
        ("dec 24th", "2025-12-24..2025-12-24"),
    ],
)
def test_days_and_what_goes_on_are_understood_too(typed: str, meant: str) -> None:
    assert said(typed) == meant


@given(today=DATES, unit=st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR, Period.WEEK]))
def test_the_last_one_ends_the_day_before_this_one_begins(today: date, unit: Period) -> None:
    last = read_stretch(f"last {unit}", today)
    assert isinstance(last, Days)
    assert last.first < last.last < today
    next_day = last.last + timedelta(days=1)
    if unit is not Period.WEEK:
        began = start_of(unit, datetime(today.year, today.month, today.day, 12, tzinfo=UTC), ZoneInfo("UTC"), NOON)
        assert began is not None
        assert next_day == began.date()
    assert read_stretch(f"last {unit}", last.last + timedelta(days=1)) == last


@pytest.mark.parametrize("typed", ["2027", "1 december 2026", "2030-01..2030-02", "vanaf 2027"])
def test_what_is_still_to_come_is_refused_as_such_and_as_it_was_typed(typed: str) -> None:
    with pytest.raises(FuturePeriod) as told:
        read(typed, TODAY, Period.ALL)
    assert told.value.word == typed
    with pytest.raises(UnknownPeriod) as unknown:
        read("Volgend JAAR", TODAY, Period.ALL)
    assert unknown.value.word == "Volgend JAAR"


def test_no_word_is_what_was_not_said() -> None:
    assert read(" \u200b", TODAY, Period.WEEK) is Period.WEEK


def test_without_its_year_it_is_the_latest_that_has_begun() -> None:
    assert said("november") == "2026-11-01..2026-11-30"
    assert said("december") == "2025-12-01..2025-12-31"
    assert said("q4") == "2026-10-01..2026-12-31"
    assert str(read_stretch("q4", date(2026, 9, 30))) == "2025-10-01..2025-12-31"


def test_before_an_end_that_has_its_year_it_is_the_latest_before_that() -> None:
    assert said("november..february 2026") == "2025-11-01..2026-02-28"
    assert said("q3..2026-02-15") == "2025-07-01..2026-02-15"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "decade",
            "q5",
            "q0",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2026-1-15-2",
            "1850",
            "12345",
            "2026..",
            "..2026",
        ),
        *(
            "week..month",
            "2026-01..all",
            "q",
            "3",
            "may june",
            "2026 2025",
            "١٢",
            "²",
            "x" * 5000,
            "a..b..c",
            "2026-q3-q4",
        ),
    ],
)
def test_what_is_no_period_is_refused_with_the_word_it_hangs_on(typed: str) -> None:
    with pytest.raises(UnknownWord) as unknown:
        said(typed)
    assert len(unknown.value.word) <= 40


@pytest.mark.parametrize("typed", ["2026-06..2026-01", "2026..2025", "2026-03-02..2026-03-01"])
def test_what_ends_before_it_begins_is_refused_as_such(typed: str) -> None:
    with pytest.raises(BackwardPeriod):
        said(typed)


@given(st.text(st.characters(codec="utf-8")) | st.from_regex(r"[0-9q.\-/ a-z]{0,24}", fullmatch=True))
def test_any_text_is_a_period_or_refused(typed: str) -> None:
    try:
        stretch = read_stretch(in_english("period", typed), TODAY)
    except (UnknownWord, BackwardPeriod):
        return
    assert read_stretch(str(stretch), TODAY) == stretch


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_the_months_of_every_language_mean_one_month(code: str, width: str) -> None:
    for form in ("format", "stand-alone"):
        for number, name in catalogue(code)[1].months[form][width].items():
            assert in_english("period", name.upper()).rstrip(".") == MONTHS[number - 1]


@given(first=DATES, days=st.integers(0, 800), today=DATES)
def test_two_days_are_read_as_they_are_written(first: date, days: int, today: date) -> None:
    stretch = Days(first, first + timedelta(days=days))
    assert read_stretch(str(stretch), today) == stretch


@given(today=DATES, zone=ZONES)
def test_the_periods_of_a_year_follow_each_other_without_a_gap(today: date, zone: ZoneInfo) -> None:
    def ends(typed: str) -> tuple[datetime | None, datetime]:
        return bounds(read_stretch(typed, today), NOON, zone, NOON)

    year = ends(str(today.year))
    for parts in ([f"{today.year}-{month}" for month in range(1, 13)], [f"q{n} {today.year}" for n in range(1, 5)]):
        each = [ends(part) for part in parts]
        assert [until for _, until in each[:-1]] == [since for since, _ in each[1:]]
        assert (each[0][0], each[-1][1]) == year


@given(
    stretch=st.builds(lambda day, days: Days(day, day + timedelta(days=days)), DATES, st.integers(0, 800)), zone=ZONES
)
def test_a_period_begins_and_ends_at_local_midnight(stretch: Days, zone: ZoneInfo) -> None:
    since, until = bounds(stretch, NOON, zone, NOON)
    assert since is not None
    last = (until - timedelta(microseconds=1)).astimezone(zone).date()
    assert since.astimezone(zone).date() >= stretch.first  # midnight itself, where the clock shows it
    assert (since - timedelta(microseconds=1)).astimezone(zone).date() < stretch.first
    assert last <= stretch.last < until.astimezone(zone).date()


@given(today=DATES, month=st.sampled_from(MONTHS))
def test_a_month_without_its_year_began_within_the_last_twelve_months(today: date, month: str) -> None:
    stretch = read_stretch(month, today)
    assert isinstance(stretch, Days)
    assert stretch.first <= today
    assert (today - stretch.first).days < 366


def test_a_period_up_to_now_holds_what_is_recorded_at_this_instant() -> None:
    since, until = bounds(Period.MONTH, NOON, BRUSSELS, NOON)
    assert since == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert until > NOON
    assert bounds(Period.ALL, NOON, BRUSSELS, NOON)[0] is None


@pytest.mark.parametrize(
    ("typed", "stretch"),
    [
        ("jan 2025..mar", "2025-01-01..2025-03-31"),
        ("nov 2024..feb", "2024-11-01..2025-02-28"),
        ("2025-11..q1", "2025-11-01..2026-03-31"),
        ("2025..q1", "2025-01-01..2026-03-31"),
        ("2026..mar", "2026-01-01..2026-03-31"),  # the next one is still to come
    ],
)
def test_an_end_without_its_year_is_the_next_one_after_a_beginning_that_has_one(typed: str, stretch: str) -> None:
    assert str(read_stretch(in_english("period", typed), date(2026, 11, 30))) == stretch
