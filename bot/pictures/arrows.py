"""Curved arrows between discs that are around a middle."""

from dataclasses import dataclass
from math import hypot, sqrt

Point = tuple[float, float]

_ASIDE = 0.1
"""How far an arrow bends to its right, in its length, so that the one back lies beside it."""
_INWARDS, _MOST, _LEAST = 0.5, 0.45, 10
"""How far it bends to the middle: in its length, and pixels more; at most in the way to there."""
CLEAR = 2
"""What is free between a disc and an arrow."""
_HEAD, _PER_WIDTH, _BROAD = 9, 1.7, 0.4
"""How long a head is, and how much longer for the width of its line; half of how broad it is, in its length."""


@dataclass(frozen=True)
class Disc:
    """Where an arrow begins or ends."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Arrow:
    """A curve from `start` towards `bend` to `base`, where the head begins: it has two `corners` and a `tip`."""

    start: Point
    bend: Point
    base: Point
    corners: tuple[Point, Point]
    tip: Point


def arrow(giver: Disc, taker: Disc, width: float) -> Arrow:
    """The arrow between two discs, from border to border. The middle is (0, 0)."""
    head = _HEAD + _PER_WIDTH * width
    bend = _bend(giver, taker, max(giver.radius, taker.radius) + CLEAR + head + _LEAST)
    start = _towards(bend, giver, giver.radius + CLEAR)
    tip = _towards(bend, taker, taker.radius + CLEAR)
    base = _towards(bend, taker, taker.radius + CLEAR + head)
    across = (_BROAD * (base[1] - tip[1]), _BROAD * (tip[0] - base[0]))
    corners = ((base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1]))
    return Arrow(start, bend, base, corners, tip)


def _bend(giver: Disc, taker: Disc, away: float) -> Point:
    """Halfway, moved aside and to the middle: around those who sit between the two, and so far `away` from both."""
    along, halfway = (taker.x - giver.x, taker.y - giver.y), ((giver.x + taker.x) / 2, (giver.y + taker.y) / 2)
    length, out = hypot(*along), hypot(*halfway)
    inwards = min(_INWARDS * length + _LEAST, _MOST * out)
    # Between neighbours there is no room for a head: their arrow makes a bow.
    inwards = max(inwards, sqrt(max(0, away**2 - (length / 2) ** 2)))
    left = 1 - inwards / out if out else 1
    return halfway[0] * left - along[1] * _ASIDE, halfway[1] * left + along[0] * _ASIDE


def _towards(point: Point, disc: Disc, by: float) -> Point:
    """So far from the middle of the disc on the way to the point."""
    way = (point[0] - disc.x, point[1] - disc.y)
    part = by / hypot(*way)
    return disc.x + way[0] * part, disc.y + way[1] * part
