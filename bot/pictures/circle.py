"""The club's circle: who referred to whom, around a table, and in rings around it whom that reached outside."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from bot.pictures.arrows import Disc, Point, arrow
from bot.pictures.style import (
    AMBER,
    BROWN,
    GAP,
    GRID,
    GROUND,
    HAIRLINE,
    INK,
    MARGIN,
    PALE,
    QUIET,
    ROOM,
    SMALL,
    SOFT,
    SWATCH,
    TEAL,
    TOP,
    WIDTH,
    dot,
    figures,
    ground,
    heading,
)
from bot.pictures.svg import element, picture, text
from bot.pictures.table import Oval, Seat, Table, laid

_NARROW, _WIDE, _WIDER = 1.8, 8, 1.2
"""How wide an arrow is for one referral and at most; how much wider for each further one, as long as that fits."""
_BROADER = 1.5
"""So many times as wide are the arrows of few."""
_STEM = 2.5
_BASE = 0.36
"""How far below its middle a name stands, in its size."""


def draw(recipe: dict[str, Any]) -> Markup:
    """The circle. The recipe has a `title` and what it is `about`; `members`, and the `arrows` between them.

    A member: the `name`, what they have `given` (which the disc's size is of), whether they are `linked`, and how many
    dots they have in the `second` and the `third` degree's ring. An arrow: from and to, as places in the list of
    members, and its strength. The `foot` has three figures, each with its words: the referrals and the two degrees.
    A `note` stands below, if there is one.
    """
    members, arrows = recipe["members"], recipe["arrows"]
    table = laid(members, arrows)
    half = table.third[1].down
    middle = (WIDTH / 2, TOP + half)
    seats = (_seat(seat, members[seat.member], table, middle) for seat in table.seats)
    drawn = (*_rings(table, middle), *_arrows(table, arrows, middle), *seats)
    signs = ((_arrow_sign, INK), (dot(TEAL), TEAL), (dot(AMBER), BROWN))
    foot, bottom = figures(recipe["foot"], TOP + 2 * half + 2 * GRID, (1, 1, 1), signs)
    if recipe["note"]:
        bottom += 2 * GAP
        foot += text(recipe["note"], MARGIN, bottom, SMALL, fill=QUIET, width=ROOM)
    height = round(bottom) + MARGIN
    return picture(WIDTH, height, ground(height), heading(recipe["title"], recipe["about"]), *drawn, foot)


def _rings(table: Table, middle: Point) -> Iterator[Markup]:
    """Both rings, the outer one paler, and the table's edge."""
    for (inner, outer), share in ((table.third, 0.45), (table.second, 1)):
        # Pale edges need no smoothing, which would make a large part of the PNG.
        yield _oval(outer, middle, fill=PALE, fill_opacity=share, shape_rendering="crispEdges")
        yield _oval(inner, middle, fill=GROUND, shape_rendering="crispEdges")
    yield _oval(table.oval, middle, fill="none", stroke=HAIRLINE, stroke_width=2)


def _oval(oval: Oval, middle: Point, **how: str | float) -> Markup:
    return element("ellipse", cx=middle[0], cy=middle[1], rx=oval.across, ry=oval.down, **how)


def _arrows(table: Table, arrows: Sequence[Sequence[int]], middle: Point) -> Iterator[Markup]:
    """The arrows, the strongest last and so above the others."""
    discs = {seat.member: Disc(seat.x, seat.y, seat.radius) for seat in table.seats}
    most = max((strength for *_, strength in arrows), default=1)
    wider = min(_WIDER, (min(_WIDE, table.pitch / 6) - _NARROW) / most)
    for giver, taker, strength in sorted(arrows, key=lambda each: each[2]):
        width = (_NARROW + wider * (strength - 1)) * (_BROADER if table.few else 1)
        colour = TEAL if 2 * strength > most else SOFT
        one = arrow(discs[giver], discs[taker], width)
        start, bend, base, left, right, tip = (
            _at(point, middle) for point in (one.start, one.bend, one.base, *one.corners, one.tip)
        )
        yield element("path", d=f"M{start}Q{bend} {base}", fill="none", stroke=colour, stroke_width=width)
        yield element("path", d=f"M{left}L{tip}L{right}z", fill=colour)


def _at(point: Point, middle: Point = (0, 0)) -> str:
    return f"{middle[0] + point[0]:.1f} {middle[1] + point[1]:.1f}"


def _seat(seat: Seat, member: dict[str, Any], table: Table, middle: Point) -> Markup:
    """A member with the name, and dots in the rings; who has no arrow yet sits among the others, paler."""
    linked, (x, y) = member["linked"], (middle[0] + seat.x, middle[1] + seat.y)
    if linked:
        disc = element("circle", cx=x, cy=y, r=seat.radius, fill=TEAL)
    else:
        disc = element("circle", cx=x, cy=y, r=seat.radius - 1, fill=PALE, stroke=SOFT, stroke_width=2)
    name = text(
        *(seat.name.words, middle[0] + seat.name.x, y + _BASE * table.size, table.size),
        fill=INK if linked else QUIET,
        anchor="start" if seat.side > 0 else "end",
    )
    dots = [
        element("circle", cx=middle[0] + dot_x, cy=middle[1] + dot_y, r=table.dot, fill=fill)
        for places, fill in ((seat.second, TEAL), (seat.third, AMBER))
        for dot_x, dot_y in places
    ]
    return Markup("").join([disc, name, _stem(seat, table, middle), *dots])


def _stem(seat: Seat, table: Table, middle: Point) -> Markup:
    """The line from one's dots in the second degree's ring to those in the third's."""
    if not seat.third:
        return Markup("")
    near = table.apart * 0.6
    second, third = ([abs(x) for x, y in dots if abs(y - seat.y) <= near] for dots in (seat.second, seat.third))
    start = max(second, default=table.second[1].reach(seat.y))
    end = min(third, default=table.third[0].reach(seat.y))
    line = f"M{_at((seat.side * start, seat.y), middle)}h{seat.side * (end - start):.1f}"
    return element("path", d=line, fill="none", stroke=AMBER, stroke_width=_STEM)


def _arrow_sign(x: float, top: float) -> Markup:
    y = top + SWATCH / 2
    line = element("path", d=f"M{_at((x, y))}h14", fill="none", stroke=TEAL, stroke_width=5)
    return line + element("path", d=f"M{_at((x + 12, y - 9))}l16 9l-16 9z", fill=TEAL)
