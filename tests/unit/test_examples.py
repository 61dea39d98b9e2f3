"""A need may be an example for others only when it tells no name and no contact details."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.examples import is_nameless

NAMES = ("Piet Peeters", "Anna", "de Smet", "bert_j")


@pytest.mark.parametrize("need", ["needs a new website", "an IT firm for 20 people", "looks for a café, or a room"])
def test_a_need_without_names_may_be_shown(need: str) -> None:
    assert is_nameless(need, NAMES, "BE")


@pytest.mark.parametrize(
    "need",
    [
        "",
        "...",
        "a website for piet",
        "a website for Mia",
        "Mia wants a website",
        "a roof for the SMETS",
        "the barn of peeters",
        "a mail to bert",
        "call @dirk",
        "call 0470 12 34 56",
        "call 0470",
        "mail an@x.be",
        "more on example.be",
        "a roof\na wall",
        "a very long story " * 6,
    ],
)
def test_anything_that_could_tell_who_it_is_may_not(need: str) -> None:
    assert not is_nameless(need, NAMES, "BE")


@given(st.text(max_size=30), st.sampled_from(["piet", "Piet", "PEETERS", "anna", "Smet"]), st.text(max_size=30))
def test_no_name_gets_through_whatever_stands_around_it(before: str, name: str, after: str) -> None:
    assert not is_nameless(f"{before} {name} {after}", NAMES, "BE")


@given(st.text(max_size=30), st.sampled_from(["0470 12 34 56", "an@x.be"]), st.text(max_size=30))
def test_no_contact_details_get_through(before: str, details: str, after: str) -> None:
    assert not is_nameless(f"{before} {details} {after}", NAMES, "BE")
