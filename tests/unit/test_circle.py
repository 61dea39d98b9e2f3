"""The circle's picture: what is drawn, and that it is legible in clubs of any size, whatever people are called."""

import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import circle
from bot.pictures.arrows import CLEAR, Disc, arrow
from bot.pictures.lines import drawable
from bot.pictures.style import AMBER, INK, MARGIN, PALE, PALETTE, QUIET, SMALL, SOFT, TEAL, WIDTH
from bot.pictures.table import Table, laid
from tests.support.drawn import Drawing
from tests.support.rounds import club

LONGEST = "Wolfeschlegelsteinhausenbergerdorff-Maximiliana von Habsburg"  # 60 characters
AWKWARD = (
    *("Anna", "Marie-Christine", LONGEST, "W" * 50, "i" * 50, "<b>&amp;\"'</b>", "]]>", "محمد علي", "דוד בן גוריון"),
    *("李明", "🎉", "👨‍👩‍👧 Zoë", "Ελλάς Παπαδόπουλος", "Anna محمد Peeters", "e\u0301" * 40, "?", "\0\u202eAn\ud800na"),
)
BESIDE = 0.01
"""Coordinates are floats."""


@st.composite
def clubs(draw: st.DrawFn, most: int = 120) -> dict[str, Any]:
    """A club of any size, in which anyone may have referred to anyone, or nobody to nobody: those may have left."""
    size = draw(st.integers(1, most))
    names = draw(st.lists(st.sampled_from(AWKWARD), min_size=size, max_size=size))
    member = st.integers(0, size - 1)
    pairs = st.tuples(member, member).filter(lambda pair: pair[0] != pair[1])
    strengths = st.integers(1, 12) | st.integers(1, 900)
    arrows = draw(st.dictionaries(pairs, strengths, max_size=200)) if size > 1 else {}
    return club(names, arrows, draw(st.dictionaries(member, st.integers(1, 40), max_size=20)))


def lively(size: int, seed: int = 1) -> dict[str, Any]:
    """A club in which everyone but each seventh gave to some others."""
    choice = random.Random(seed)  # noqa: S311  no secret
    linked = [each for each in range(size) if each % 7 != 3]
    pairs = [tuple(choice.sample(linked, 2)) for _ in range(2 * size) if size > 1]
    arrows = {(giver, taker): choice.randint(1, 5) for giver, taker in pairs}
    return club([f"No{each}" for each in range(size)], arrows, dict.fromkeys(linked[::3], 2))


def table(recipe: dict[str, Any]) -> Table:
    return laid(recipe["members"], recipe["arrows"])


def boxes(laid_out: Table) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each name, from the middle of the table."""
    half = laid_out.line / 2
    return [
        (min(x, x + side * width), seat.y - half, max(x, x + side * width), seat.y + half)
        for seat in laid_out.seats
        for x, width, side in [(seat.name.x, seat.name.width, seat.side)]
    ]


@settings(max_examples=60)
@given(clubs())
def test_names_stand_neither_on_each_other_nor_on_a_disc_nor_on_a_ring(recipe: dict[str, Any]) -> None:
    laid_out = table(recipe)
    named = boxes(laid_out)
    discs = [(seat.x - r, seat.y - r, seat.x + r, seat.y + r) for seat in laid_out.seats for r in [seat.radius]]
    for at, (left, top, right, bottom) in enumerate(named):
        for other in (*named[:at], *named[at + 1 :], *discs):
            beside = right <= other[0] + BESIDE or other[2] <= left + BESIDE
            assert beside or bottom <= other[1] + BESIDE or other[3] <= top + BESIDE
        reach = max(abs(left), abs(right))
        assert reach <= min(laid_out.second[0].reach(top), laid_out.second[0].reach(bottom))


@settings(max_examples=30)
@given(clubs(), st.sampled_from(AWKWARD), st.sampled_from(("", "In the picture: 60 of 93 members.", LONGEST * 3)))
def test_every_text_is_inside_and_none_stands_on_another(recipe: dict[str, Any], title: str, note: str) -> None:
    drawing = Drawing(circle.draw(recipe | {"title": title, "note": note}))
    assert drawing.width == WIDTH
    assert drawing.outside(MARGIN - 8) == []  # emoji are higher than letters
    assert drawing.overlapping() == []
    assert drawing.colours <= PALETTE
    assert min(word.size for word in drawing.words) >= SMALL


@settings(max_examples=60)
@given(clubs())
def test_discs_stand_apart_and_dots_in_their_rings(recipe: dict[str, Any]) -> None:
    laid_out = table(recipe)
    seats = laid_out.seats
    around = zip(seats, [*seats[1:], *seats[:1]], strict=True)
    assert all(math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius + CLEAR for a, b in around if a is not b)
    for seat in seats:
        for dots, (inner, outer) in ((seat.second, laid_out.second), (seat.third, laid_out.third)):
            assert all(inner.reach(y) - 8 <= abs(x) <= outer.reach(y) + 8 for x, y in dots)
            assert all(x * seat.side > 0 for x, _ in dots)
    assert laid_out.third[1].across <= WIDTH / 2 - MARGIN / 2


@settings(max_examples=60)
@given(clubs())
def test_arrows_begin_and_end_at_the_borders_of_discs_and_keep_inside_the_table(recipe: dict[str, Any]) -> None:
    laid_out = table(recipe)
    discs = {seat.member: Disc(seat.x, seat.y, seat.radius) for seat in laid_out.seats}
    assert sorted(discs) == list(range(len(recipe["members"])))
    for giver, taker, _ in recipe["arrows"]:
        one = arrow(discs[giver], discs[taker], 3)
        for (x, y), disc in ((one.start, discs[giver]), (one.tip, discs[taker])):
            assert math.hypot(x - disc.x, y - disc.y) == pytest.approx(disc.radius + CLEAR)
        across, down = laid_out.oval.across, laid_out.oval.down
        for x, y in (one.start, one.tip, one.base, one.bend):
            assert (x / across) ** 2 + (y / down) ** 2 < 1.1


@settings(max_examples=20)
@given(clubs(40), st.randoms())
def test_the_same_club_looks_the_same_whatever_the_order_of_its_arrows(recipe: dict[str, Any], chance: Any) -> None:
    shuffled = chance.sample(recipe["arrows"], len(recipe["arrows"]))
    places = [(seat.member, seat.x, seat.y) for seat in table(recipe).seats]
    assert places == [(seat.member, seat.x, seat.y) for seat in table(recipe | {"arrows": shuffled}).seats]
    assert circle.draw(recipe) == circle.draw(recipe)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 17, 30, 80])
def test_each_member_has_a_name_and_each_pair_an_arrow(size: int) -> None:
    recipe = lively(size)
    drawing = Drawing(circle.draw(recipe))
    shown = [line for line in drawing.lines if line.startswith("No")]
    assert sorted(shown) == sorted(member["name"] for member in recipe["members"])
    curves = [path for path in drawing.shapes("path", fill="none") if "Q" in path["d"]]
    assert len(curves) == len(recipe["arrows"])


def test_an_arrow_is_wider_for_more_referrals_and_a_disc_larger_for_who_gave_more() -> None:
    recipe = club(["Anna", "Bert", "Carla"], {(0, 1): 4, (1, 2): 1, (2, 0): 2})
    drawing = Drawing(circle.draw(recipe))
    widths = [float(path["stroke-width"]) for path in drawing.shapes("path", fill="none") if "Q" in path["d"]]
    assert widths == sorted(widths), "the widest is drawn last"
    assert len(set(widths)) == 3
    radius = {seat.member: seat.radius for seat in table(recipe).seats}
    assert radius[0] > radius[2] > radius[1]


def test_who_has_no_link_sits_among_the_others_paler() -> None:
    names = [f"Member{each}" for each in range(9)]
    recipe = club(names, {(0, 4): 2, (4, 8): 1, (8, 0): 1, (0, 1): 1, (1, 5): 1, (5, 6): 1})
    alone = {2, 3, 7}
    order = [seat.member in alone for seat in table(recipe).seats]
    assert not any(a and b for a, b in zip(order, [*order[1:], *order[:1]], strict=True))
    drawing = Drawing(circle.draw(recipe))
    fills = {word.text: word.fill for word in drawing.words if word.text in names}
    assert {name for name, fill in fills.items() if fill == QUIET} == {names[each] for each in alone}
    assert set(fills.values()) == {QUIET, INK}
    assert len(drawing.shapes("circle", fill=PALE, stroke=SOFT)) == len(alone)


def test_each_person_reached_is_a_dot_beside_who_reached_them() -> None:
    recipe = club(["Anna", "Bert", "Carla"], {(0, 1): 4, (1, 2): 1}, {0: 2})
    seats = {seat.member: seat for seat in table(recipe).seats}
    assert {at: (len(seat.second), len(seat.third)) for at, seat in seats.items()} == {0: (4, 2), 1: (1, 0), 2: (0, 0)}
    drawing = Drawing(circle.draw(recipe))
    assert len(drawing.shapes("circle", fill=AMBER)) == 2 + 1, "and the sign at the foot"
    assert len(drawing.shapes("path", stroke=AMBER)) == 1
    assert len(drawing.shapes("circle", fill=TEAL)) == 3 + 5 + 1
    assert abs(sum(y for _, y in seats[0].second) / 4 - seats[0].y) < BESIDE


def test_names_are_whole_where_they_have_room_and_cut_where_not() -> None:
    few = Drawing(circle.draw(club(["Anna", "Bartholomeus", LONGEST], {(0, 1): 1}))).lines
    assert {"Anna", "Bartholomeus"} & set(few) == {"Anna"} or "Bartholomeus" in few
    assert LONGEST not in few
    assert any(line.endswith("…") and drawable(LONGEST).startswith(line[:-1]) for line in few)


def test_the_foot_and_the_note_are_written() -> None:
    lines = Drawing(circle.draw(club(["Anna", "Bert"], {(0, 1): 1}, note="In the picture: 2 of 93."))).lines
    assert {"31", "24", "7", "In the picture: 2 of 93."} <= set(lines)
    assert "third and further:" in " ".join(lines)
