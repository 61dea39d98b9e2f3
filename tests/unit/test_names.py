"""How the club sees its members' names."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.names import PersonName, display_names, has_substance, strip_invisible, utf16_length


def shown(*people: tuple[str, str | None, str | None]) -> list[str]:
    names = display_names(PersonName(id_, *person) for id_, person in enumerate(people, start=1))
    return [names[id_] for id_ in range(1, len(people) + 1)]


def test_the_first_name_alone_is_enough_when_nobody_shares_it() -> None:
    assert shown(("Anna", "Vos", "anna"), ("Bert", None, None)) == ["Anna", "Bert"]


def test_the_initial_tells_two_annas_apart() -> None:
    assert shown(("Anna", "Vos", None), ("anna", "peeters", None)) == ["Anna V.", "anna P."]


def test_an_anna_without_a_last_name_stays_anna() -> None:
    assert shown(("Anna", "Vos", None), ("Anna", None, "anna")) == ["Anna V.", "Anna"]


def test_the_last_name_is_full_when_the_initial_is_shared_too() -> None:
    assert shown(("Anna", "Vos", None), ("Anna", "Vermeulen", None), ("Anna", "Peeters", None)) == [
        "Anna Vos",
        "Anna Vermeulen",
        "Anna P.",
    ]


def test_the_username_and_then_a_number_tell_namesakes_apart() -> None:
    assert shown(("An", "Vos", "an1"), ("An", "Vos", "an2")) == ["An (an1)", "An (an2)"]
    assert shown(("An", "Vos", None), ("An", "Vos", None), ("An", "Vos", "an")) == [
        "An Vos",
        "An Vos (2)",
        "An (an)",
    ]


def test_a_number_is_not_given_to_two_people() -> None:
    assert shown(("An", None, None), ("An", None, None), ("An (2)", None, None)) == ["An", "An (3)", "An (2)"]


def test_a_name_in_wide_letters_or_other_case_is_the_same_name() -> None:
    assert shown(("ＡＮ", "Vos", None), ("an", "Wit", None)) == ["ＡＮ V.", "an W."]


def test_a_name_with_nothing_to_see_falls_back() -> None:
    assert shown(("\u3164", None, "ghost"), ("\u200b\u202e", None, None), ("", "Vos", None)) == [
        "ghost",
        "?",
        "Vos",
    ]


def test_marks_that_turn_the_text_around_are_dropped() -> None:
    assert shown(("An\u202e\nna\x00\ud800", None, None)) == ["An na"]


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    assert shown(("A" * 60, None, None)) == ["A" * 39 + "…"]


def test_visible_text_keeps_line_breaks_and_emoji_families() -> None:
    assert strip_invisible("a\r\nb\u2028c\td 👨\u200d👩") == "a\nb\nc d 👨\u200d👩"
    assert strip_invisible("\ufeffa\0\ud800\ufffe\x7f") == "a"


@pytest.mark.parametrize(
    ("text", "expected"), [("a", True), ("7", True), ("🎉", True), ("-!.", False), ("\u200d", False)]
)
def test_substance_is_more_than_punctuation(text: str, expected: bool) -> None:
    assert has_substance(text) is expected


@pytest.mark.parametrize(
    ("text", "units"),
    [("", 0), ("Zoë", 3), ("€", 1), ("🎉", 2), ("👨\u200d👩", 5), ("\uffff\U00010000", 3), ("\ud800", 1)],
)
def test_a_text_is_measured_as_telegram_counts_it(text: str, units: int) -> None:
    assert utf16_length(text) == units


@given(text=st.text())
def test_the_measure_is_that_of_the_encoded_text(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


FEW = st.sampled_from(
    ["An", "an", "ＡＮ", "An V.", "An (2)", "An Vos", "An (x)", "", "\u200b", "Straße", "STRASSE", "?"]
)
ANY_NAME = FEW | st.text(st.characters(), max_size=70)
PEOPLE = st.lists(
    st.builds(PersonName, st.integers(), ANY_NAME, st.none() | ANY_NAME, st.none() | ANY_NAME),
    max_size=25,
    unique_by=lambda person: person.id,
)


@given(people=PEOPLE)
@example([PersonName(id_, "An", "Vos", None) for id_ in range(150)])
@example([PersonName(id_, "A" * 60, "B" * 60, "c" * 60) for id_ in range(3)])
@example([PersonName(id_, "🎉" * 60, "🎂" * 60, "🎈" * 60) for id_ in range(3)])
def test_shown_names_are_short_visible_and_all_different(people: list[PersonName]) -> None:
    names = display_names(people)
    assert names.keys() == {person.id for person in people}
    assert len({name.casefold() for name in names.values()}) == len(people)
    for name in names.values():
        assert name.strip()
        assert len(name) <= 50
        assert utf16_length(name) <= 100
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)


@given(people=PEOPLE)
def test_names_do_not_depend_on_the_order_of_people(people: list[PersonName]) -> None:
    assert display_names(reversed(people)) == display_names(people)
