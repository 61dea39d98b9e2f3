"""A name is taken out wherever others wrote it, and nothing else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scrubbing import identifying, landmark, without

ANNA = identifying("Anna", "D'Hondt & Zoë", "anna_dh", 1234567)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("coffee with Anna D'Hondt & Zoë.", "coffee with …."),
        ("coffee with ANNA D'HONDT & ZOË", "coffee with …"),
        ("<b>Anna D'Hondt &amp; Zoë</b>", "<b>…</b>"),
        ("<b>Anna D&#x27;Hondt &amp; Zoë</b>", "<b>…</b>"),
        ("ask @Anna_DH, or anna_dh", "ask …, or …"),
        ("tg://user?id=1234567", "tg://user?id=…"),
        ("ask @anna_dhx, joanna_dh or 12345678", "ask @anna_dhx, joanna_dh or 12345678"),
        ("coffee with Anna", "coffee with Anna"),  # whichever Anna that is
        ("", ""),
    ],
)
def test_whoever_is_meant_for_certain_is_not_named_any_more(text: str, left: str) -> None:
    assert without(text, ANNA, "…") == left


def test_it_is_taken_out_of_all_that_json_holds() -> None:
    before = {"text": "@anna_dh", "rows": [{"name": "Anna D'Hondt & Zoë", "given": 3}], "none": None}
    assert without(before, ANNA, "…") == {"text": "…", "rows": [{"name": "…", "given": 3}], "none": None}


def test_a_short_username_is_taken_out_as_a_mention_only() -> None:
    words = identifying("Will", None, "will", 1234567)
    assert without("it will do; ask @will", words, "…") == "it will do; ask …"


def test_exactly_means_that_letter_case_matters() -> None:
    assert without("Will will", ["Will"], "…", exactly=True) == "… will"


@given(word=st.text(min_size=1), before=st.text(), after=st.text())
def test_whatever_holds_a_word_holds_its_landmark_in_json_too(word: str, before: str, after: str) -> None:
    text = f"{before}{word}{after}"
    assert landmark(word) in text
    assert landmark(word) in json.dumps({"text": text})


@given(text=st.text(), words=st.lists(st.text()))
def test_nothing_to_look_for_leaves_the_text_as_it_is(text: str, words: list[str]) -> None:
    assert without(text, [], "…") == text
    assert without(text, [word for word in words if not word], "…") == text
