"""How long contacts are kept: what a club may want, and which months are meant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.club_settings import read_change
from bot.domain.errors import UnknownWord
from bot.domain.retention import MAX_MONTHS, months_before
from bot.texts.catalogues import SPOKEN


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("contacts 1", {"contact_months": 1}),
        ("contacts 1 month", {"contact_months": 1}),
        ("contacts 60 months", {"contact_months": 60}),
        ("names off", {"keep_names": False}),
        ("names on", {"keep_names": True}),
    ],
)
def test_a_club_may_want_it_so(text: str, values: dict[str, object]) -> None:
    change = read_change(text, SPOKEN)
    assert change is not None
    assert change.values == values


@pytest.mark.parametrize("text", ["contacts 0", "contacts 61", "contacts off", "contacts -1", "names few"])
def test_but_not_so(text: str) -> None:
    with pytest.raises(UnknownWord):
        read_change(text, SPOKEN)


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ("2026-11-30", 12, "2025-11-30"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-05-31", 60, "2021-05-31"),
    ],
)
def test_months_are_those_of_the_calendar(now: str, months: int, then: str) -> None:
    assert months_before(datetime.fromisoformat(f"{now}T10:00Z"), months) == datetime.fromisoformat(f"{then}T10:00Z")


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  Hypothesis adds the zone
    st.integers(min_value=1, max_value=MAX_MONTHS),
)
def test_they_are_never_much_longer_or_shorter_than_a_month_each(now: datetime, months: int) -> None:
    assert timedelta(days=28 * months) <= now - months_before(now, months) <= timedelta(days=31 * months)
