"""How the club sees its members' names."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.names import PersonName, display_names, has_substance, strip_invisible, unlinked, utf16_length
from bot.playground.entities import detect


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
    assert shown(("👨\u200d👩\u200d👧" * 12, None, None)) == ["👨\u200d👩\u200d👧" * 7 + "…"]


@pytest.mark.parametrize(
    "name",
    [
        "👨\u200d👩\u200d👧\u200d👦",
        "🇧🇪",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "👍🏽",
        "1\ufe0f\u20e3",
        "❤\ufe0f\u200d🔥",
        "علی\u200cرضا",
        "क्\u200dष",
    ],
)
def test_emoji_and_letters_that_are_joined_stay_joined(name: str) -> None:
    assert shown((name, None, None)) == [name]
    assert shown((f"\u200d{name} \u200d", f"{name}\U000e0061", None)) == [name]


def test_what_joins_nothing_and_accents_that_stand_alone_make_no_other_name() -> None:
    assert shown(("An\u200dna\U000e0061", "Vos", None)) == ["Anna"]
    assert shown(("Ka\u030arin", None, None), ("Kårin", None, None)) == ["Kårin", "Kårin (2)"]
    assert shown(("علی\u200cرضا", None, None), ("علیرضا", None, None))[1] == "علیرضا (2)"


def test_the_initial_has_its_accent_and_an_emoji_is_one() -> None:
    assert shown(("An", "e\u0301tienne", None), ("An", "🇧🇪 x", None), ("An", "👍🏽", None)) == [
        "An É.",
        "An X.",
        "An 👍🏽.",
    ]


LINKS = (
    *("@bert", "x @bert_1 y", "@everyone", "/undo", "/undo@KringBot", "#tag", "$EUR", "t.me/x", "https://evil.example"),
    *("tg://resolve?domain=bert", "evil.be", "a@evil.be", "@gif", "(@bertje)", "www.evil.com/@bert#x"),
)


@pytest.mark.parametrize("name", LINKS)
def test_what_telegram_would_make_a_link_of_looks_the_same_and_is_none(name: str) -> None:
    assert detect(name)
    assert detect(unlinked(name)) == []
    assert unlinked(name).replace("\u2060", "") == name


@given(st.text(st.sampled_from("@/#$.:abcAB12_ é→\u2068٣")))
def test_no_text_has_a_mention_or_a_command_once_its_links_are_taken_away(text: str) -> None:
    assert detect(unlinked(text)) == []


@pytest.mark.parametrize("name", ["Anna", "Anna V.", "J. P.", "An-Sofie O'Neil", "🌟 Zoë (2)", "An (anna)", "50 % / 2"])
def test_a_name_without_links_is_left_as_it_is(name: str) -> None:
    assert unlinked(name) == name


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
        joining = ("\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080)))
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
        assert not any(unicodedata.category(char) == "Cf" and char not in joining for char in name)


@given(people=PEOPLE)
def test_names_do_not_depend_on_the_order_of_people(people: list[PersonName]) -> None:
    assert display_names(reversed(people)) == display_names(people)
