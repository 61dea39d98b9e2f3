"""Cutting texts between characters as people see them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.directions import isolated
from bot.domain.graphemes import cut, graphemes
from bot.domain.names import utf16_length

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
SEEN_AS_ONE = [
    "a",
    "é",
    "e\u0301",
    "👨\u200d👩\u200d👧\u200d👦",
    "🇧🇪",
    "👍🏽",
    "1\ufe0f\u20e3",
    SCOTLAND,
    "❤\ufe0f\u200d🔥",
    "ب\u0651\u064e",
]


@pytest.mark.parametrize("one", SEEN_AS_ONE)
@pytest.mark.parametrize("other", SEEN_AS_ONE)
def test_what_is_seen_as_one_character_is_one(one: str, other: str) -> None:
    assert list(graphemes(one + other)) == [one, other]


def test_flags_are_pairs() -> None:
    assert list(graphemes("🇧🇪🇳🇱🇫")) == ["🇧🇪", "🇳🇱", "🇫"]


@given(st.text())
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


def test_a_text_that_fits_is_left_as_it_is_and_another_ends_with_an_ellipsis() -> None:
    assert cut("Anna", 4) == "Anna"
    assert cut("Annabel", 5) == "Anna…"
    assert cut("Anna bel", 6) == "Anna…"


def test_an_emoji_is_kept_whole_or_left_out() -> None:
    family = "👨\u200d👩\u200d👧"
    assert cut(f"An {family}{family}", 9) == f"An {family}…"
    assert cut(f"An {family}{family}", 8) == "An…"
    assert cut("🎉🎉🎉", 5, utf16_length) == "🎉🎉…"
    assert cut("a" + "\u0301" * 50, 10) == "a" + "\u0301" * 8 + "…"


def test_an_isolate_that_is_cut_is_closed() -> None:
    assert cut("12 " + isolated("أحمد أحمد"), 10) == "12 \u2068أحمد…\u2069"


ANY_TEXT = st.lists(st.sampled_from([*SEEN_AS_ONE, " ", "\n", "\u2068", "\u2069"]) | st.characters()).map("".join)


@given(text=ANY_TEXT.map(isolated), limit=st.integers(2, 40), measure=st.sampled_from([len, utf16_length]))
def test_a_cut_text_is_no_longer_than_asked(text: str, limit: int, measure: Callable[[str], int]) -> None:
    assert measure(cut(text, limit, measure)) <= limit
