"""One member's circle: around them whom they gave to and received from, and around those what that led to."""

from collections.abc import Sequence
from math import hypot, sqrt
from typing import Any, NamedTuple

from markupsafe import Markup

from bot.pictures.lines import fitted, measure
from bot.pictures.style import (
    AMBER,
    BODY,
    GRID,
    GROUND,
    HAIRLINE,
    INK,
    MARGIN,
    OUTLINE,
    PALE,
    QUIET,
    ROOM,
    SMALL,
    SWATCH,
    TEAL,
    WIDTH,
    dot,
    key,
)
from bot.pictures.svg import element, text

_MIDDLE = WIDTH / 2
_FIRST, _SECOND = 192, 392
"""How far the two rings reach to the left and right."""
_NEAR, _FAR = 92, 84
"""Half of the widest name in the first ring, and of the widest in the second."""
_SMALLEST, _LARGEST = 48, 72
"""How large the disc in the middle is, as its name needs."""
_HIGH, _PADDING = 56, 16
_STEP = _HIGH + GRID
"""How far two names of a ring are apart from above to below, at least."""
_STEP_NEAR = _STEP + 2 * GRID
"""The same in the first ring, where lines come between."""
_BETWEEN = 112
"""How far the rings are apart at the top and bottom, at least."""
_SHARE = 0.55
"""Of the second ring's height the first has so much, at least."""
_NO_POLE = 0.94
"""How far up and down a ring has places: at its very top there is none to the left or right."""
_THIN, _THICK, _FINE = 6, 14, 3
"""Lines of one referral and of many, and those of what is further on."""


class _Place(NamedTuple):
    """Where something is, from the middle of the circle, and half of its width."""

    x: float
    y: float
    half: float


class _Tie(NamedTuple):
    """A member's place, and the places of what is further on."""

    shown: dict[str, Any]
    at: _Place
    further: Sequence[tuple[dict[str, str], _Place]]


def circle(recipe: dict[str, Any], top: float) -> tuple[Markup, float]:
    """The circle below its heading (`circle`), with a key below; and where that ends.

    The recipe has the member's `name`, and `ties`, the strongest first, each with a `name`, the numbers `given` and
    `received`, and what is `further` on: `words` and their `kind`, which is given (it went on there), received (it
    came from there) or business. `kinds` has words for names further on and for business; `more` tells of those who
    are not drawn.
    """
    sides = recipe["ties"][::2], recipe["ties"][1::2]
    first, second = _reach(sides)
    middle = top + 96 + max(first + _HIGH / 2, second)
    ties = [tie for side, right in zip(sides, (1, -1), strict=True) for tie in _laid(side, first, second, right)]
    drawn = [text(recipe["circle"], MARGIN, top + 56, BODY, bold=True, fill=INK, width=ROOM)]
    drawn += [_ring(middle, *ring) for ring in ((_FIRST, first), (_SECOND, second)) if all(ring)]
    drawn += [_links(tie, middle) for tie in ties]
    drawn.append(_centre(recipe["name"], middle))
    for tie in ties:
        drawn.append(_name(tie.shown["name"], tie.at, middle, is_far=False))
        drawn += [_further(item, at, middle) for item, at in tie.further]
    bottom = middle + max(first + _HIGH / 2, second)
    below, bottom = _explained(recipe, bottom)
    return Markup("").join(drawn) + below, bottom


def _explained(recipe: dict[str, Any], top: float) -> tuple[Markup, float]:
    """What stands below the circle, if anything, and where it ends."""
    drawn = {item["kind"] == "business" for tie in recipe["ties"] for item in tie["further"]}
    samples = ((_sample_name, False), (dot(AMBER), True))
    entries = [(draw, words) for (draw, kind), words in zip(samples, recipe["kinds"], strict=True) if kind in drawn]
    meaning, bottom = key(entries, top + 56) if entries else (Markup(""), top)
    if recipe["more"]:
        bottom += 48
        meaning += text(recipe["more"], MARGIN, bottom, SMALL, fill=QUIET, width=ROOM)
    return meaning, bottom


def _reach(sides: Sequence[Sequence[dict[str, Any]]]) -> tuple[float, float]:
    """How far the two rings reach up and down, so that all have their place; 0 for a second without anything."""
    most = max(len(side) for side in sides)
    outside = max(sum(len(tie["further"]) for tie in side) for side in sides)
    first = max(_FIRST, _STEP_NEAR * most / 2)
    if not outside:
        return first, 0
    second = max(first + _BETWEEN, _STEP * outside / 2 / _NO_POLE)
    return max(first, second * _SHARE), second


def _laid(side: Sequence[dict[str, Any]], first: float, second: float, right: int) -> list[_Tie]:
    """The places of these ties from above to below, on the right (1) or on the left (-1).

    What is further on begins at the far end, which in the lower half is below: a line to it passes no other.
    """
    near: list[_Place] = []
    wanted: list[float] = []
    for at, tie in enumerate(side):
        y = (2 * at + 1 - len(side)) / len(side) * first
        near.append(_Place(right * _FIRST * sqrt(1 - (y / first) ** 2), y, _half(tie["name"], _NEAR, is_far=False)))
        count = len(tie["further"])
        wanted += [y / first * second + (place - (count - 1) / 2) * _STEP for place in range(count)]
    heights = iter(_spread(wanted, second * _NO_POLE))
    laid: list[_Tie] = []
    for tie, place in zip(side, near, strict=True):
        further = tie["further"] if place.y <= 0 else tie["further"][::-1]
        laid.append(_Tie(tie, place, [(item, _beyond(item, next(heights), second, right, near)) for item in further]))
    return laid


def _spread(wanted: Sequence[float], limit: float) -> list[float]:
    """Heights near those that are wanted, _STEP apart at least, and within the limit."""
    down, up = list(wanted), list(wanted)
    for at in range(1, len(wanted)):
        down[at] = max(down[at], down[at - 1] + _STEP)
        up[-1 - at] = min(up[-1 - at], up[-at] - _STEP)
    last = len(wanted) - 1
    between = [(one + other) / 2 for one, other in zip(down, up, strict=True)]
    above = [max(y, at * _STEP - limit) for at, y in enumerate(between)]
    return [min(y, limit - (last - at) * _STEP) for at, y in enumerate(above)]


def _beyond(item: dict[str, str], y: float, second: float, right: int, near: Sequence[_Place]) -> _Place:
    """The place in the second ring at this height, clear of the other side and of the names in the first ring."""
    half = _half(item["words"], _FAR, is_far=True)
    beside = [abs(place.x) + place.half + half + 2 * GRID for place in near if abs(place.y - y) < _STEP]
    return _Place(right * max(_SECOND * sqrt(1 - (y / second) ** 2), half + GRID, *beside), y, half)


def _half(words: str, most: float, *, is_far: bool) -> float:
    return max(_HIGH / 2, min(measure(words, SMALL, bold=not is_far) / 2 + _PADDING, most))


def _ring(middle: float, across: float, down: float) -> Markup:
    return element("ellipse", cx=_MIDDLE, cy=middle, rx=across, ry=down, fill="none", stroke=HAIRLINE, stroke_width=2)


def _links(tie: _Tie, middle: float) -> Markup:
    """The lines from the middle to the member, full for what was given and hollow for what was received, and on."""
    x, y, _ = tie.at
    widths = {kind: min(_THIN + 2 * (tie.shown[kind] - 1), _THICK) for kind in ("given", "received") if tie.shown[kind]}
    apart = (sum(widths.values()) / 2 + OUTLINE) / 2 if len(widths) == 2 else 0
    drawn = [] if widths else [_line(0, 0, x, y, middle, "business", _FINE)]
    for (kind, width), side in zip(widths.items(), (apart, -apart), strict=False):
        dx, dy = -y / hypot(x, y) * side, x / hypot(x, y) * side
        drawn.append(_line(dx, dy, x + dx, y + dy, middle, kind, width))
    drawn += [_line(x, y, at.x, at.y, middle, item["kind"], _FINE) for item, at in tie.further]
    return Markup("").join(drawn)


def _line(x1: float, y1: float, x2: float, y2: float, middle: float, kind: str, width: float) -> Markup:
    """A line between two points around the middle; one of what was received is hollow."""
    ends = {"x1": _MIDDLE + x1, "y1": middle + y1, "x2": _MIDDLE + x2, "y2": middle + y2}
    if kind != "received":
        return element("line", **ends, stroke=AMBER if kind == "business" else TEAL, stroke_width=width)
    hollow = max(width, _FINE + OUTLINE)
    return element("line", **ends, stroke=TEAL, stroke_width=hollow) + element(
        "line", **ends, stroke=GROUND, stroke_width=hollow - OUTLINE
    )


def _centre(name: str, middle: float) -> Markup:
    radius = min(max(measure(name, SMALL, bold=True) / 2 + _PADDING, _SMALLEST), _LARGEST)
    disc = element("circle", cx=_MIDDLE, cy=middle, r=radius, fill=TEAL)
    shown = fitted(name, SMALL, 2 * (radius - 12), bold=True)
    return disc + text(shown, _MIDDLE, middle + 9, SMALL, bold=True, anchor="middle", fill=GROUND)


def _name(words: str, at: _Place, middle: float, *, is_far: bool) -> Markup:
    """A name in a field: pale in the first ring, an outline in the second."""
    x, y = _MIDDLE + at.x, middle + at.y
    how: dict[str, str | float] = {"fill": GROUND, "stroke": TEAL, "stroke_width": 2} if is_far else {"fill": PALE}
    box = element("rect", x=x - at.half, y=y - _HIGH / 2, width=2 * at.half, height=_HIGH, rx=_HIGH / 2, **how)
    room = 2 * (at.half - _PADDING) + 1
    return box + text(words, x, y + 9, SMALL, bold=not is_far, anchor="middle", fill=INK, width=room)


def _further(item: dict[str, str], at: _Place, middle: float) -> Markup:
    if item["kind"] != "business":
        return _name(item["words"], at, middle, is_far=True)
    x, y = _MIDDLE + at.x, middle + at.y
    box = element("rect", x=x - at.half, y=y - _HIGH / 2, width=2 * at.half, height=_HIGH, rx=_HIGH / 2, fill=AMBER)
    return box + text(item["words"], x, y + 9, SMALL, bold=True, anchor="middle", fill=INK, width=2 * at.half)


def _sample_name(x: float, y: float) -> Markup:
    how: dict[str, str | float] = {"rx": SWATCH / 2, "fill": GROUND, "stroke": TEAL, "stroke_width": 2}
    return element("rect", x=x + 1, y=y + 1, width=SWATCH - 2, height=SWATCH - 2, **how)
