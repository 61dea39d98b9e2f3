"""The periods up to now."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, start_of

BRUSSELS = ZoneInfo("Europe/Brussels")
WEEK_BEGAN = datetime(2026, 11, 16, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "start"),
    [
        (Period.WEEK, WEEK_BEGAN),
        (Period.MONTH, datetime(2026, 10, 31, 23, tzinfo=UTC)),
        (Period.QUARTER, datetime(2026, 9, 30, 22, tzinfo=UTC)),
        (Period.YEAR, datetime(2025, 12, 31, 23, tzinfo=UTC)),
        (Period.ALL, None),
    ],
)
def test_a_period_begins_at_local_midnight_except_the_clubs_own_week(period: Period, start: datetime | None) -> None:
    assert start_of(period, NOW, BRUSSELS, WEEK_BEGAN) == start


def test_the_month_is_the_clubs_month_not_that_of_utc() -> None:
    new_years_eve_in_utc = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    for period in (Period.MONTH, Period.QUARTER, Period.YEAR):
        assert start_of(period, new_years_eve_in_utc, BRUSSELS, WEEK_BEGAN) == datetime(2026, 12, 31, 23, tzinfo=UTC)


@given(
    now=st.integers(946_684_800, 2_200_000_000).map(lambda unix: datetime.fromtimestamp(unix, UTC)),
    zone=st.sampled_from(["Europe/Brussels", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia"]).map(ZoneInfo),
)
def test_longer_periods_begin_no_later_than_shorter_ones_and_all_hold_now(now: datetime, zone: ZoneInfo) -> None:
    year, quarter, month = (start_of(p, now, zone, now) for p in (Period.YEAR, Period.QUARTER, Period.MONTH))
    assert year is not None
    assert quarter is not None
    assert month is not None
    assert year <= quarter <= month <= now
    assert month.astimezone(zone).day == 1
    assert quarter.astimezone(zone).month in (1, 4, 7, 10)
    assert (year.astimezone(zone).month, year.astimezone(zone).year) == (1, now.astimezone(zone).year)
