"""My month as a picture: what is drawn, and that it is legible whoever is in the circle."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import month
from bot.pictures.lines import drawable, measure
from bot.pictures.style import AMBER, GROUND, MARGIN, PALE, PALETTE, ROOM, SMALL, TEAL, WIDTH
from bot.services.month import WEEKS as MOST_WEEKS
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from tests.support.drawn import Drawing
from tests.support.months import FOOT, tie, weeks
from tests.support.months import month as recipe_of
from tests.unit.test_leaderboard_card import AWKWARD

NAMES = st.sampled_from(AWKWARD)
ITEMS = st.tuples(NAMES, st.sampled_from(("given", "received"))) | st.tuples(
    st.sampled_from(("1", "12.345")), st.just("business")
)
COUNTS = st.sampled_from((0, 1, 2, 7, 400))
TIES = st.builds(
    lambda name, given, received, further: tie(name, given, received, *further),
    *(NAMES, COUNTS, COUNTS, st.lists(ITEMS, max_size=3)),
)
WEEKS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=8).map(lambda counts: weeks(*counts))


def drawn(*ties: dict[str, Any], **what: Any) -> Drawing:
    return Drawing(month.draw(recipe_of(*ties, **what)))


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """The fields of names and of business: left, top, right, bottom."""
    fields = [box for box in drawing.shapes("rect") if box.get("rx") == "28"]
    rows = [[float(box[side]) for side in ("x", "y", "width", "height")] for box in fields]
    return [(x, y, x + width, y + height) for x, y, width, height in rows]


@given(st.lists(TIES, min_size=1, max_size=10), WEEKS, NAMES, st.sampled_from(("", "and 1,234 more members")))
def test_every_text_is_inside_and_none_stands_on_another(
    ties: list[dict[str, Any]], shown: list[dict[str, Any]], name: str, more: str
) -> None:
    drawing = drawn(*ties, shown=shown, name=name, more=more)
    assert drawing.width == WIDTH
    assert drawing.outside(MARGIN - 8) == []  # emoji are higher than letters
    assert drawing.overlapping() == []
    assert drawing.colours <= PALETTE
    assert min(word.size for word in drawing.words) >= SMALL


@given(st.lists(TIES, min_size=1, max_size=10))
def test_names_stand_in_fields_of_their_own_apart_from_each_other(ties: list[dict[str, Any]]) -> None:
    fields = boxes(drawn(*ties))
    assert len(fields) == sum(1 + len(each["further"]) for each in ties)
    for one, other in combinations(fields, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    assert all(MARGIN <= field[0] < field[2] <= WIDTH - MARGIN for field in fields)


@pytest.mark.parametrize("count", range(1, 11))
def test_short_names_are_whole_however_many_there_are(count: int) -> None:
    names = ["Alexander", "Christophe", "Bo", "Dirk", "Josephine", "Fatima", "Gust", "Hilde", "Ivo", "Jef"][:count]
    lines = drawn(*(tie(name, 1, 0, (f"{name}2", "given"), ("3", "business")) for name in names)).lines
    assert {*names, "3"} <= set(lines)
    assert {"Dirk2", "Hilde2", "Ivo2", "Jef2"} & {f"{name}2" for name in names} <= set(lines)


def test_the_member_is_in_the_middle_and_names_the_picture() -> None:
    drawing = drawn(tie("Bert"), name="Anna")
    assert drawing.lines[:2] == ["Anna", "Kring <Gent> & co, the last 8 weeks"]
    (disc,) = drawing.shapes("circle", fill=TEAL)
    (name,) = [word for word in drawing.words if word.text == "Anna" and word.fill == GROUND]
    assert float(disc["cx"]) == WIDTH / 2 == pytest.approx((name.left + name.right) / 2, abs=0.1)


def test_bars_are_as_high_as_their_numbers_full_for_given_and_hollow_for_received() -> None:
    drawing = drawn(tie("Bert"), shown=weeks((2, 1), (0, 0), (0, 4), (1, 0)))
    sample, *given_bars = [float(bar["height"]) for bar in drawing.shapes("rect", fill=TEAL)]
    hollow_sample, *received_bars = [float(bar["height"]) + 4 for bar in drawing.shapes("rect", fill=PALE, rx="4")]
    assert sample == hollow_sample
    assert given_bars == [80, 40]
    assert received_bars == [40, 160]
    numbers = [word for word in drawing.words if word.text in "124" and word.top < min(b[1] for b in boxes(drawing))]
    assert [word.text for word in numbers] == ["2", "1", "4", "1"]


def test_a_single_referral_beside_hundreds_is_seen() -> None:
    drawing = drawn(tie("Bert"), shown=weeks((400, 1)))
    assert float(drawing.shapes("rect", fill=PALE, rx="4")[1]["height"]) > 4


def test_the_week_that_runs_is_marked() -> None:
    drawing = drawn(tie("Bert"), shown=weeks((1, 0), (1, 0)))
    bold = [each.text for each in drawing.root.iter() if each.attrib.get("font-weight") and "Nov" in (each.text or "")]
    assert bold == ["50 Nov"]
    assert "43 Nov" in drawing.lines


@pytest.mark.parametrize("code", SPOKEN)
def test_any_day_has_room_below_its_week(code: str) -> None:
    days = (language(code).date(date(2026, 1, 1) + timedelta(days=day), short=True) for day in range(365))
    assert max(measure(day, SMALL, bold=True) for day in days) < ROOM / MOST_WEEKS - 4


def lines_of(drawing: Drawing, **how: str) -> list[dict[str, str]]:
    return [line for line in drawing.shapes("line") if how.items() <= line.items()]


def test_what_was_given_is_a_full_line_and_what_was_received_a_hollow_one() -> None:
    assert not lines_of(drawn(tie("Bert", 2, 0)), stroke=GROUND)
    assert len(lines_of(drawn(tie("Bert", 2, 0)), stroke=TEAL)) == 1
    both = drawn(tie("Bert", 2, 1))
    (hollow,) = lines_of(both, stroke=GROUND)
    outline, full = sorted(lines_of(both, stroke=TEAL), key=lambda line: line["y1"] != hollow["y1"])
    assert outline["y1"] == hollow["y1"] != full["y1"]


def test_a_line_is_broader_the_more_passed() -> None:
    widths = [float(lines_of(drawn(tie("Bert", given, 0)))[0]["stroke-width"]) for given in (1, 2, 3, 1000)]
    assert widths[0] < widths[1] < widths[2] <= widths[3] < 20


def test_what_came_of_it_without_a_referral_between_the_two_is_tied_by_business_alone() -> None:
    lines = lines_of(drawn(tie("Bert", 0, 0, ("1", "business"))))
    assert [line["stroke"] for line in lines] == [AMBER, AMBER]


def test_what_is_further_on_is_explained_where_there_is_any() -> None:
    further, business = "further on, through them", "thanks for business that came of it"
    assert {further, business} & set(drawn(tie("Bert")).lines) == set()
    assert {further, business} & set(drawn(tie("Bert", 1, 0, ("Dirk", "given"))).lines) == {further}
    both = tie("Bert", 1, 0, ("Dirk", "received"), ("2", "business"))
    assert {further, business} <= set(drawn(both).lines)


def test_long_explanations_stand_below_each_other() -> None:
    kinds = ("weiter draußen, durch sie erreicht", "Dankeschöns für Geschäfte, die daraus entstanden sind")
    drawing = drawn(tie("Bert", 1, 0, ("Dirk", "given"), ("2", "business")), kinds=kinds)
    first, second = (next(word for word in drawing.words if word.text == words) for words in kinds)
    assert first.left == second.left
    assert first.bottom < second.top


def test_those_who_are_not_drawn_are_told_and_the_totals_stand_at_the_foot() -> None:
    lines = drawn(tie("Bert"), more="and 3 more members").lines
    assert "and 3 more members" in lines
    assert lines[-6:] == [words for each in FOOT for words in (each["figure"], *each["words"])]


def test_hostile_names_are_text() -> None:
    hostile = "<b>&amp;\"'</b>"
    lines = drawn(tie(hostile, 1, 0, (hostile, "given")), name=hostile).lines
    assert sum(drawable(hostile).startswith(line.removesuffix("…")) for line in lines) == 4


def test_the_same_recipe_is_drawn_the_same() -> None:
    assert month.draw(recipe_of(tie("Bert"), tie("Carla"))) == month.draw(recipe_of(tie("Bert"), tie("Carla")))
