"""The circle's geometry: a club around a table, the names beside it, and outside two rings of whom they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, cos, hypot, pi, sin, sqrt
from typing import Any

from bot.pictures.lines import fitted, measure
from bot.pictures.seating import seated
from bot.pictures.style import SMALL

Point = tuple[float, float]

_FEW = 16
"""Up to so many have a rounder table and larger names than others."""
_OF_FEW, _OF_MANY = (200, 264), (208, 304)
"""Half the table's width and height; it is longer where the names have no room."""
_LARGE = 30
"""How large the names of few are; others' are SMALL."""
_LINE = 1.08
"""How far names are apart, in their size: letters do not touch."""
_GAP = 10
"""What is free beside a name."""
_LARGEST, _SMALLEST, _OF_ALONE = 26, 5, 7
"""The radii of the discs, and that of who has no tie."""
_SECOND, _RING, _BETWEEN = 396, 44, 8
"""How far from the middle the first ring begins; how broad a ring is, and what is between two."""
_ABOVE = 64
"""What is free at least between the table and the first ring."""
_APART = (16, 13, 11, 9, 7.5, 6)
"""How far dots may be apart: all as far as it takes for all to have room, if that helps."""
_DOT = 0.4
"""The radius of a dot, in what they are apart."""
_HIGH = 88
"""The height that one member's dots may take."""


@dataclass(frozen=True)
class Oval:
    """An ellipse around the middle, by half its width and half its height."""

    across: float
    down: float

    def reach(self, y: float) -> float:
        """How far it is to the right of the middle at this height."""
        return self.across * sqrt(max(0, 1 - (y / self.down) ** 2))


@dataclass(frozen=True)
class Name:
    """A name, cut to its room; `x` is where it begins at the right side, and where it ends at the left one."""

    words: str
    x: float
    width: float


@dataclass(frozen=True)
class Seat:
    """A member's place, from the middle of the table: a disc, the name, and dots in both rings."""

    member: int
    x: float
    y: float
    radius: float
    name: Name
    second: Sequence[Point]
    third: Sequence[Point]

    @property
    def side(self) -> int:
        """The right side is 1, the left one -1."""
        return 1 if self.x > 0 else -1


@dataclass(frozen=True)
class Table:
    """Where everything is. `size` and `line`: of the names. `pitch`: how far they are apart at least.

    `apart`: how far dots are, of the radius `dot`.
    """

    oval: Oval
    second: tuple[Oval, Oval]
    third: tuple[Oval, Oval]
    seats: Sequence[Seat]
    size: int
    line: float
    pitch: float
    apart: float

    @property
    def few(self) -> bool:
        """Are they so few that all can be larger?"""
        return len(self.seats) <= _FEW

    @property
    def dot(self) -> float:
        """The radius of the dots."""
        return _DOT * self.apart


def laid(members: Sequence[dict[str, Any]], arrows: Sequence[Sequence[int]]) -> Table:
    """The table for these members of a recipe, and the arrows (from, to, strength) between them."""
    few = len(members) <= _FEW
    size = _LARGE if few else SMALL
    line = size * _LINE
    order = seated(len(members), {(giver, taker): strength for giver, taker, strength in arrows})
    to_right = (len(order) + 1) // 2
    across, down = _OF_FEW if few else _OF_MANY
    oval = Oval(across, max(down, to_right * line / 2))
    right, left = (_side(oval, count, line) for count in (to_right, len(order) - to_right))
    places = [*right, *((-x, y) for x, y in reversed(left))]
    pitch = min(_pitch(right), _pitch(left))
    second, third = (_ring(oval, begins) for begins in (_SECOND, _SECOND + _RING + _BETWEEN))
    apart, high = _room(members, pitch)
    radii = _radii(members, min(_LARGEST, pitch - line / 2 - 2, 0.42 * _nearest(places)))
    seats = [
        Seat(
            member,
            *(x, y, radii[member]),
            _name(members[member]["name"], (x, y), radii[member], size, second[0]),
            _dots(members[member]["second"], _middle(*second), (x, y), apart, high),
            _dots(members[member]["third"], _middle(*third), (x, y), apart, high),
        )
        for member, (x, y) in zip(order, places, strict=True)
    ]
    return Table(oval, second, third, seats, size, line, pitch, apart)


def _side(oval: Oval, count: int, line: float) -> list[Point]:
    """Places on the right side from the top: as even around as the names, which are in lines, let them be."""
    wanted = max(line, 0.8 * 2 * oval.down / max(count, 1)) - 0.01
    places: list[Point] = []
    for tenths in range(11):
        parts = [(each + 0.5) / count for each in range(count)]
        angles = [(tenths * acos(1 - 2 * part) + (10 - tenths) * part * pi) / 10 for part in parts]
        places = [(oval.across * sin(angle), -oval.down * cos(angle)) for angle in angles]
        if _pitch(places) >= wanted:
            break
    return places


def _pitch(places: Sequence[Point]) -> float:
    """The least distance between two heights."""
    return min((below - above for (_, above), (_, below) in pairwise(places)), default=_HIGH)


def _nearest(places: Sequence[Point]) -> float:
    """The least distance between neighbours."""
    around = pairwise([*places, *places[:1]]) if len(places) > 1 else ()
    return min((hypot(x - other_x, y - other_y) for (x, y), (other_x, other_y) in around), default=_HIGH)


def _ring(oval: Oval, begins: float) -> tuple[Oval, Oval]:
    """A ring that is round as long as the table leaves it room."""
    taller = max(0, oval.down + _ABOVE - _SECOND)
    return Oval(begins, begins + taller), Oval(begins + _RING, begins + _RING + taller)


def _middle(inner: Oval, outer: Oval) -> Oval:
    return Oval((inner.across + outer.across) / 2, (inner.down + outer.down) / 2)


def _radii(members: Sequence[dict[str, Any]], largest: float) -> list[float]:
    """The discs of those who gave more are larger."""
    most = max((member["given"] for member in members), default=0) or 1
    return [
        _SMALLEST + (largest - _SMALLEST) * sqrt(member["given"] / most) if member["linked"] else _OF_ALONE
        for member in members
    ]


def _name(words: str, at: Point, radius: float, size: int, ring: Oval) -> Name:
    x, y = at
    begins = abs(x) + radius + _GAP
    room = min(ring.reach(y - size * _LINE / 2), ring.reach(y + size * _LINE / 2)) - _GAP - begins
    cut = fitted(words, size, room)
    return Name(cut, begins if x > 0 else -begins, measure(cut, size))


def _room(members: Sequence[dict[str, Any]], pitch: float) -> tuple[float, float]:
    """How far dots are apart, and how high one member's may be."""
    high = min(pitch - 4, _HIGH)
    most = max((max(member["second"], member["third"]) for member in members), default=0)
    return next((apart for apart in _APART if _columns(apart) * _rows(apart, high) >= most), _APART[-1]), high


def _columns(apart: float) -> int:
    return int((_RING - 4) / apart)


def _rows(apart: float, high: float) -> int:
    return max(1, int(high / apart))


def _dots(count: int, ring: Oval, at: Point, apart: float, high: float) -> list[Point]:
    """So many dots in the ring at the height of a seat, as far as they have room."""
    count = min(count, _columns(apart) * _rows(apart, high))
    columns = -(-count // _rows(apart, high))
    rows = -(-count // columns) if columns else 0
    found = []
    for each in range(count):
        column, row = divmod(each, rows)
        y = at[1] + apart * (row - (rows - 1) / 2)
        x = ring.reach(y) + apart * (column - (columns - 1) / 2)
        found.append((x if at[0] > 0 else -x, y))
    return found
