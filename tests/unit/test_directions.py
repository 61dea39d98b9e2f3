"""Words from right to left in sentences from left to right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.domain.directions import isolated
from bot.texts import language

FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize("text", ["", "Anna", "Zoë → Łukasz", "Анна", "👨\u200d👩", "12 €", "漢字"])
def test_words_from_left_to_right_are_left_alone(text: str) -> None:
    assert isolated(text) == text


@pytest.mark.parametrize("text", ["أحمد", "שרה כהן", "Ahmed أحمد", "علی\u200cرضا (2)", "شقة ١٢"])
def test_words_from_right_to_left_get_an_isolate_once(text: str) -> None:
    assert isolated(text) == f"{FSI}{text}{PDI}"
    assert isolated(isolated(text)) == isolated(text)
    assert isolated(f"Bert, {FSI}{text}{PDI}") == f"Bert, {FSI}{text}{PDI}"


def test_each_line_has_its_own() -> None:
    assert isolated("أحمد\nBert\nشارع") == f"{FSI}أحمد{PDI}\nBert\n{FSI}شارع{PDI}"


def test_markup_stays_markup() -> None:
    shown = isolated(Markup("<b>أحمد</b>"))
    assert isinstance(shown, Markup)
    assert shown == f"{FSI}<b>أحمد</b>{PDI}"


@given(st.text(st.sampled_from("ab 1אب\n👍<&") | st.characters(exclude_characters=FSI + PDI)))
def test_isolates_are_balanced_in_every_line_and_nothing_else_changes(text: str) -> None:
    for line in isolated(text).split("\n"):
        assert (line.count(FSI), line.count(PDI)) in ((0, 0), (1, 1))
        inside = line.startswith(FSI) and line.endswith(PDI)
        assert inside or not any(unicodedata.bidirectional(char) in ("R", "AL", "RLO", "RLE") for char in line)
    assert isolated(text).replace(FSI, "").replace(PDI, "") == text


def test_what_is_filled_into_a_sentence_keeps_its_direction() -> None:
    lang, name = language("en"), Markup("<b>{}</b>").format("أحمد")
    assert lang.t("<b>#{number}</b> {giver} → {recipient}", number=12, giver=name, recipient="Bert") == (
        f"<b>#12</b> {FSI}<b>أحمد</b>{PDI} → Bert"
    )
    assert lang.plain("{thanked}'s contact", thanked="שרה") == f"{FSI}שרה{PDI}'s contact"
    listed = lang.names([name, Markup("Bert")])
    assert listed == f"{FSI}<b>أحمد</b>{PDI} and Bert"
    assert lang.n("{names} has the details.", "{names} have the details.", 2, names=listed).count(FSI) == 1
