"""Words in pictures: what can be drawn, how wide it is, what fits, and that none of it is ever markup."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.graphemes import graphemes
from bot.pictures import fonts, lines
from bot.pictures.lines import drawable, fitted, measure, visual, wrapped
from bot.pictures.svg import Anchor, element, picture, text

FAMILY = "👨‍👩‍👧"
HOSTILE = st.text(st.characters() | st.sampled_from("<>&\"'\0\x07\ud800\u202e\u2066\ufffe\n]"), max_size=40)


@pytest.fixture
def packaged_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without fonts of its own."""
    packaged = fonts.typefaces()[:3]
    monkeypatch.setattr(fonts, "typefaces", lambda: packaged)
    monkeypatch.setattr(lines, "typefaces", lambda: packaged)
    monkeypatch.setattr(lines, "drawing", fonts.drawing.__wrapped__)


@pytest.mark.parametrize(
    "name", ["Anna", "Đặng Ngọc", "Ελλάς", "Привет", "محمد علي", "דוד בן גוריון", "O'Neill-Ångström", "Anna (2)", ""]
)
@pytest.mark.usefixtures("packaged_only")
def test_a_name_that_the_fonts_have_is_drawn_as_it_is(name: str) -> None:
    assert drawable(name) == name


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Anna 🎉", "Anna"),
        ("🎉Anna🎉", "Anna"),
        ("Anna 李", "Anna"),
        ("李明 (liming)", "liming"),
        ("Zoë李 Peeters", "Z. Peeters"),
        ("李明", "?"),
        (f"{FAMILY}", "?"),
        ("李 - 明", "?"),
    ],
)
@pytest.mark.usefixtures("packaged_only")
def test_what_no_font_has_is_left_out_and_never_a_box(name: str, drawn: str) -> None:
    assert drawable(name) == drawn


def test_a_name_is_one_line_without_what_cannot_be_seen() -> None:
    assert drawable("An\u202ena\0 \n Pee\ud800ters ") == "Anna Peeters"


def test_accents_that_come_apart_are_put_together() -> None:
    assert drawable("Zoe\u0308") == "Zoë"


@given(st.text())
def test_what_is_drawable_stays_so(name: str) -> None:
    once = drawable(name)
    assert drawable(once) == once
    assert all(fonts.drawing(cluster) for cluster in graphemes(once))


def test_a_text_is_as_wide_as_its_letters() -> None:
    # Noto Sans 2.15: H is 741 of 1000 units wide, i 258; together in bold 1064.
    assert measure("Hi", 100) == pytest.approx(74.1 + 25.8)
    assert measure("Hi", 100, bold=True) == pytest.approx(106.4)
    assert measure("", 100) == 0
    assert measure("mmm", 20) == pytest.approx(measure("mmm", 40) / 2)


def test_what_fits_is_not_cut() -> None:
    assert fitted("Anna Peeters", 40, measure("Anna Peeters", 40)) == "Anna Peeters"


def test_what_is_too_wide_is_cut_with_an_ellipsis_that_fits_as_well() -> None:
    cut = fitted("Anna Peeters", 40, 200)
    assert cut == "Anna Pe…"
    assert measure(cut, 40) <= 200 < measure("Anna Pee…", 40)
    assert fitted("Anna Peeters", 40, measure("Anna …", 40)) == "Anna…"
    assert fitted("Anna", 40, 1) == "…"


@given(
    st.lists(st.sampled_from(["e\u0301", FAMILY, "🇧🇪", "👍🏽", "न", "स्ते", "م", "a", " "])).map("".join),
    st.integers(0, 400),
)
def test_a_text_is_cut_between_what_reads_as_characters(name: str, width: int) -> None:
    whole, cut = drawable(name), fitted(name, 40, width)
    assert cut == whole or measure(cut, 40) <= width or cut == "…"
    clusters = list(graphemes(whole))
    assert cut == whole or cut in {"".join(clusters[:end]).rstrip() + "…" for end in range(len(clusters))}


def test_a_text_is_broken_between_words_into_even_lines() -> None:
    assert wrapped("Anna Peeters", 40, 1000) == ["Anna Peeters"]
    assert wrapped("came through people you know", 40, measure("came through people you", 40)) == [
        "came through",
        "people you know",
    ]
    assert wrapped("Anna Peeters", 40, 10) == ["…", "…"]
    assert wrapped("", 40, 10) == []


def test_what_takes_too_many_lines_is_cut_in_the_last() -> None:
    width = measure("one two", 40)
    assert wrapped("one two one two one two one two", 40, width) == ["one two", "one t…"]
    assert wrapped("one two one two one two", 40, width, most=3) == ["one two"] * 3


@given(st.text(st.sampled_from("aW \u0645"), max_size=60), st.integers(20, 900), st.integers(1, 4))
def test_lines_fit_and_say_all_unless_they_are_cut(text: str, width: int, most: int) -> None:
    lines = wrapped(text, 40, width, most=most)
    assert len(lines) <= most
    assert all(measure(line, 40) <= width or line == "…" for line in lines)
    assert " ".join(lines) == drawable(text) or any("…" in line for line in lines)


def test_words_from_right_to_left_stand_in_the_order_in_which_they_are_read() -> None:
    assert [run.text for run in visual("Anna محمد علي Zo")] == ["Anna", " ", "محمد علي", " ", "Zo"]
    assert [run.text for run in visual("محمد علي Zo 2")] == ["Zo 2", " ", "محمد علي"]


@given(HOSTILE)
def test_whatever_people_write_is_text(words: str) -> None:
    svg = picture(100, 100, text(words, 0, 50, 20), element("title", words, id=words))
    root = ET.fromstring(svg)  # noqa: S314  our own
    drawn = "".join(each.text or "" for each in root if each.tag.endswith("text"))
    assert {each.tag.rpartition("}")[2] for each in root} <= {"text", "title"}
    assert sorted(drawn) == sorted(drawable(words))


def test_numbers_are_written_short_and_names_of_attributes_as_svg_has_them() -> None:
    assert element("rect", x=1.0, y=0.333333, rx=1e-9, stroke_width=2) == (
        '<rect x="1" y="0.33" rx="0" stroke-width="2"></rect>'
    )


@pytest.mark.parametrize(("anchor", "left"), [("start", "100"), ("middle", "50.05"), ("end", "0.1")])
def test_a_text_is_anchored_where_it_is_told(anchor: Anchor, left: str) -> None:
    assert f'x="{left}"' in text("Hi", 100, 50, 100, anchor=anchor)
