"""The leaderboard card: what is drawn, and that it is legible whatever people are called."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import leaderboard
from bot.pictures.lines import drawable
from bot.pictures.style import AMBER, MARGIN, PALETTE, QUIET, SMALL, TEAL, WIDTH
from tests.support.cards import FOOT, card, row
from tests.support.drawn import Drawing

LONGEST = "Wolfeschlegelsteinhausenbergerdorff-Maximiliana von Habsburg"  # 60 characters
AWKWARD = (
    *("Anna", LONGEST, "W" * 50, "i" * 50, "<b>&amp;\"'</b>", "]]>", "محمد علي", "דוד בן גוריון", "李明", "🎉"),
    *("👨‍👩‍👧 Zoë", "Ελλάς Παπαδόπουλος", "Anna محمد Peeters", "e\u0301" * 40, "?", "\0\u202eAn\ud800na"),
)
STREAKS = ("3 weeks in a row", "104 semaines d’affilée", "12 Wochen hintereinander")
ROWS = st.builds(
    lambda rank, name, given, change, note, new: row(rank, name, given, None if new else change, note, new=new),
    *(st.integers(1, 10), st.sampled_from(AWKWARD), st.integers(1, 12_000)),
    *(st.none() | st.integers(-120, 120), st.sampled_from(("", *STREAKS)), st.booleans()),
)
WORDS = st.sampled_from(
    (
        "time thanked",
        "von 1.234 Dankeschöns kamen in diesem Jahr (2026) durch Menschen, die ihr kennt, zustande",
        "in der Woche davor waren es 1.234",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    )
)
FIGURES = st.builds(
    lambda figure, words: {"figure": figure, "words": words},
    st.sampled_from(("0", "12.345")),
    st.lists(WORDS, min_size=1, max_size=2),
)


@given(
    st.lists(ROWS, max_size=10),
    st.lists(FIGURES, min_size=2, max_size=3) | st.just([]),
    st.sampled_from(AWKWARD),
)
def test_every_text_is_inside_and_none_stands_on_another(rows: list[dict[str, Any]], foot: Any, title: str) -> None:
    drawing = Drawing(leaderboard.draw(card(*rows, foot=foot, title=title)))
    assert drawing.width == WIDTH
    assert drawing.outside(MARGIN - 8) == []  # emoji are higher than letters
    assert drawing.overlapping() == []
    assert drawing.colours <= PALETTE
    assert min(word.size for word in drawing.words) >= SMALL


@given(st.lists(ROWS, min_size=1, max_size=10))
def test_ranks_names_and_counts_are_those_of_the_ranking_in_its_order(rows: list[dict[str, Any]]) -> None:
    drawing = Drawing(leaderboard.draw(card(*rows, foot=[])))
    shown = [drawing.line_at(disc["cy"]) for disc in drawing.shapes("circle")]
    assert [(texts[0], texts[-1]) for texts in shown] == [(str(each["rank"]), each["count"]) for each in rows]
    for texts, each in zip(shown, rows, strict=True):
        letters = Counter(drawable(each["name"]))
        assert Counter(texts[1]) == letters or (texts[1].count("…") and Counter(texts[1].replace("…", "")) <= letters)


def test_the_same_recipe_is_drawn_the_same() -> None:
    assert leaderboard.draw(card(row(1, "Anna", 5))) == leaderboard.draw(card(row(1, "Anna", 5)))


def test_a_bar_is_as_long_as_what_was_given() -> None:
    drawing = Drawing(leaderboard.draw(card(row(1, "Anna", 8), row(2, "Bert", 4), row(2, "Carla", 4), row(4, "Jo", 1))))
    whole, *bars = [float(bar["width"]) for bar in drawing.shapes("rect", fill=TEAL)]
    assert bars == pytest.approx([whole / 2, whole / 2, whole / 8], abs=0.01)


def test_of_the_smallest_share_there_is_still_a_dot() -> None:
    drawing = Drawing(leaderboard.draw(card(row(1, "Anna", 10_000), row(2, "Bert", 1))))
    dot = drawing.shapes("rect", fill=TEAL)[1]
    assert dot["width"] == dot["height"]


def test_who_climbed_has_an_arrow_up_who_lost_places_one_down_and_others_none() -> None:
    rows = row(1, "Anna", 4, 2), row(2, "Bert", 3, -10), row(3, "Carla", 2, 0), row(4, "Dirk", 1, None)
    drawing = Drawing(leaderboard.draw(card(*rows)))
    up, down = drawing.shapes("path")
    assert (up["fill"], down["fill"]) == (TEAL, QUIET)
    assert "l-10 -17z" in up["d"]
    assert "l-10 17z" in down["d"]
    right = {word.right for word in drawing.words if word.text in ("2", "10") and word.size == SMALL}
    assert max(right) - min(right) < 0.1


def test_newcomers_have_a_star_and_streaks_have_steps() -> None:
    rows = row(1, "Anna", 4, new=True), row(2, "Bert", 3, note="3 weeks in a row"), row(3, "Carla", 2)
    drawing = Drawing(leaderboard.draw(card(*rows)))
    assert len(drawing.shapes("path", fill=AMBER)) == 1
    assert len(drawing.shapes("rect", fill=AMBER)) == 3
    assert {"first time!", "3 weeks in a row"} <= set(drawing.lines)


def test_a_name_has_all_the_room_that_the_notes_leave() -> None:
    noted, plain = (
        Drawing(leaderboard.draw(card(row(1, LONGEST, 4, note=note), foot=[]))).lines[3] for note in ("", STREAKS[0])
    )
    assert noted.endswith("…")
    assert plain.endswith("…")
    assert len(noted) > len(plain) + 5


def test_long_titles_are_smaller_before_they_are_cut() -> None:
    def title(words: str) -> str:
        return Drawing(leaderboard.draw(card(title=words))).lines[0]

    assert title("Ondernemerskring Meetjesland Noord") == "Ondernemerskring Meetjesland Noord"
    assert title("Koninklijke Ondernemerskring van Groot-Gent en het Meetjesland").endswith("…")


def test_where_nobody_gave_free_places_and_kind_words_are_shown() -> None:
    drawing = Drawing(leaderboard.draw(card(foot=[])))
    assert "None yet. Who did you meet that one of us could help?" in drawing.lines
    assert drawing.shapes("rect", fill=TEAL) == []


def test_the_foot_tells_the_clubs_figures() -> None:
    lines = Drawing(leaderboard.draw(card(row(1, "Anna", 5)))).lines
    for figure in FOOT:
        assert figure["figure"] in lines
        assert " ".join(figure["words"]) in " ".join(lines)
