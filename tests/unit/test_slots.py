"""The club's weekly moment, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_time
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.slots import WEEKDAYS, Slot, instant_of, next_slot, parse_time, parse_weekday

BRUSSELS = ZoneInfo("Europe/Brussels")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SUNDAY = 6


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_next_monday_at_nine() -> None:
    monday = Slot(0, time(9), BRUSSELS)
    assert next_slot(monday, utc("2026-11-18T12:00")) == utc("2026-11-23T08:00")
    assert next_slot(monday, utc("2026-11-23T07:59:59")) == utc("2026-11-23T08:00")


def test_a_slot_is_strictly_after_the_instant_asked_about() -> None:
    monday = Slot(0, time(9), BRUSSELS)
    assert next_slot(monday, utc("2026-11-23T08:00")) == utc("2026-11-30T08:00")


def test_nine_oclock_stays_nine_oclock_when_summer_comes_and_goes() -> None:
    monday = Slot(0, time(9), BRUSSELS)
    assert next_slot(monday, utc("2026-03-23T08:00")) == utc("2026-03-30T07:00")
    assert next_slot(monday, utc("2026-10-19T07:00")) == utc("2026-10-26T08:00")


def test_a_time_that_spring_skips_becomes_the_first_instant_after_the_gap() -> None:
    in_the_gap = Slot(SUNDAY, time(2, 30), BRUSSELS)
    assert next_slot(in_the_gap, utc("2026-03-28T12:00")) == utc("2026-03-29T01:00")
    assert next_slot(in_the_gap, utc("2026-03-29T01:00")) == utc("2026-04-05T00:30")


def test_a_time_that_autumn_repeats_is_its_first_occurrence_and_only_that() -> None:
    doubled = Slot(SUNDAY, time(2, 30), BRUSSELS)
    assert next_slot(doubled, utc("2026-10-24T12:00")) == utc("2026-10-25T00:30")
    assert next_slot(doubled, utc("2026-10-25T00:30")) == utc("2026-11-01T01:30")
    assert next_slot(doubled, utc("2026-10-25T01:00")) == utc("2026-11-01T01:30")


def test_lord_howe_changes_its_clocks_by_half_an_hour() -> None:
    slot = Slot(SUNDAY, time(2, 15), LORD_HOWE)  # 2:00 becomes 2:30 on 4 October 2026
    assert next_slot(slot, utc("2026-10-03T00:00")) == utc("2026-10-03T15:30")
    doubled = Slot(SUNDAY, time(1, 45), LORD_HOWE)  # 2:00 becomes 1:30 on 5 April 2026
    assert next_slot(doubled, utc("2026-04-04T00:00")) == utc("2026-04-04T14:45")
    assert next_slot(doubled, utc("2026-04-04T14:45")) == utc("2026-04-11T15:15")


def test_india_is_half_an_hour_off_all_year() -> None:
    assert next_slot(Slot(0, time(9), ZoneInfo("Asia/Kolkata")), utc("2026-11-18T12:00")) == utc("2026-11-23T03:30")


def test_a_day_that_a_country_skipped_counts_as_the_first_instant_after_it() -> None:
    friday = Slot(4, time(9), ZoneInfo("Pacific/Apia"))  # Samoa had no 30 December 2011
    skipped = next_slot(friday, utc("2011-12-24T00:00"))
    assert skipped == utc("2011-12-30T10:00")
    assert skipped.astimezone(friday.zone).isoformat() == "2011-12-31T00:00:00+14:00"
    assert next_slot(friday, skipped - timedelta(seconds=1)) == skipped


ZONES = [
    "Europe/Brussels",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/New_York",
    "America/Santiago",
    "Etc/GMT+12",
]


@given(
    weekday=st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    after=st.integers(1_577_836_800, 2_050_000_000).map(lambda unix: datetime.fromtimestamp(unix, UTC)),
)
def test_slots_follow_each_other_week_by_week(weekday: int, at: time, zone: ZoneInfo, after: datetime) -> None:
    slot = Slot(weekday, at, zone)
    instant = next_slot(slot, after)
    assert timedelta(0) < instant - after <= timedelta(days=7, hours=1)
    for _ in range(60):
        following = next_slot(slot, instant)
        assert timedelta(days=7, hours=-1) <= following - instant <= timedelta(days=7, hours=1)
        assert next_slot(slot, following - timedelta(microseconds=1)) == following
        local = following.astimezone(zone)
        assert local.weekday() == weekday
        assert local.fold == 0
        wall = datetime.combine(local.date(), at)
        just_before = (following - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        in_a_gap = just_before < wall < local.replace(tzinfo=None)
        assert local.time() == at or in_a_gap
        instant = following


def test_midnight_is_found_where_the_clock_skips_it() -> None:
    day = date(2026, 9, 6)  # Chile goes from 24:00 to 1:00
    assert instant_of(day, time(0), ZoneInfo("America/Santiago")) == utc("2026-09-06T04:00")


def test_weekdays_are_three_letters() -> None:
    assert [parse_weekday(day) for day in WEEKDAYS] == list(range(7))
    assert parse_weekday(" Fri ") == 4


@pytest.mark.parametrize("text", ["", "monday", "m", "0", "mån"])
def test_any_other_weekday_is_nonsense(text: str) -> None:
    with pytest.raises(ValueError, match="weekday"):
        parse_weekday(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09:00", time(9)),
        (" 9:00 ", time(9)),
        ("23:59", time(23, 59)),
        ("8.30", time(8, 30)),
        ("8u30", time(8, 30)),
        ("8U30", time(8, 30)),
        ("8h30", time(8, 30)),
        ("8 h 30", time(8, 30)),
        ("8\u202fh\u202f30", time(8, 30)),
        ("8 uur 30", time(8, 30)),
        ("8 Uhr 30", time(8, 30)),
        ("8u", time(8)),
        ("8 u.", time(8)),
        ("20h", time(20)),
        ("8 heures", time(8)),
        ("1 heure", time(1)),
        ("8.30 uur", time(8, 30)),
        ("8:30 Uhr", time(8, 30)),
        ("8:30h", time(8, 30)),
        ("8am", time(8)),
        ("8:30 pm", time(20, 30)),
        ("8.30 p.m.", time(20, 30)),
        ("12am", time(0)),
        ("12:15 pm", time(12, 15)),
    ],
)
def test_times_are_read_as_four_languages_write_them(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "9",
            "830",
            "0830",
            "24:00",
            "25:00",
            "12:60",
            "8h75",
            "9:5",
            "8h5",
            "09:00:00",
            "٠٩:٠٠",
            "-1:00",
            "8,30",
        ),
        *("13pm", "0 am", "8h30pm", "8 h 30 uur", "noon", "half negen", "8:30 and", "9-10", "u30", "pm"),
    ],
)
def test_any_other_time_is_nonsense(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  its words are Python's own where the hour or minute is too high
        parse_time(text)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WRITTEN = [
    "{h}:{m:02}",
    "{h:02}:{m:02}",
    "{h}.{m:02} uur",
    "{h}u{m:02}",
    "{h}h{m:02}",
    "{h} h {m:02}",
    "{h}:{m:02} Uhr",
]


@given(at=TIMES, how=st.sampled_from(WRITTEN))
def test_a_time_is_read_back_as_members_write_it(at: time, how: str) -> None:
    assert parse_time(how.format(h=at.hour, m=at.minute)) == at


@given(at=TIMES, locale=st.sampled_from(["nl_BE", "fr_FR", "fr_CA", "de_CH", "en_GB", "en_US", "en_AU"]))
def test_a_time_is_read_back_as_software_writes_it(at: time, locale: str) -> None:
    assert parse_time(format_time(at, "short", locale=locale)) == at


@given(text=st.text(st.sampled_from("0123456789:.hupam Uhr"), max_size=10) | st.text(max_size=10))
def test_any_text_is_a_time_or_nonsense(text: str) -> None:
    try:
        at = parse_time(text)
    except ValueError:
        return
    assert any(char.isdigit() for char in text)
    assert (at.second, at.microsecond, at.tzinfo) == (0, 0, None)
