"""The leaderboard card: who gave referrals, with a bar each, and the club's figures at its foot."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.pictures.lines import measure, wrapped
from bot.pictures.style import (
    AMBER,
    BODY,
    BROWN,
    GAP,
    GRID,
    GROUND,
    HAIRLINE,
    INK,
    MARGIN,
    NAME,
    PALE,
    QUIET,
    ROOM,
    SMALL,
    TEAL,
    TOP,
    WIDTH,
    figures,
    ground,
    heading,
)
from bot.pictures.svg import element, picture, text

_RIGHT = WIDTH - MARGIN
_RADIUS = 28
"""Of the disc that a rank is in."""
_LEFT = MARGIN + 2 * _RADIUS + GAP
"""Where names and bars begin."""
_ROW, _BASE, _BAR_TOP, _BAR = 11 * GRID, 34, 58, 10
"""A row, and in it: the line that its words stand on, and its bar."""
_COUNT = 40
_ARROW, _SIGN = 20, 22
"""How wide what stands before a change is, and what stands before a note."""
_FREE = (300, 220, 260)
"""Places that nobody has, with room for names as wide as this."""
_PARTS = {2: (1, 1), 3: (10, 7, 14)}
"""How the figures at the foot share its width: the third has the most words."""


def draw(recipe: dict[str, Any]) -> Markup:
    """The card. The recipe has a `title` and what it is `about`; `rows`, the first first; the `foot`'s figures.

    A row: its `rank`, `name`, `given` (the number that its bar is of) and `count` (as it is written), `change` in
    places or none, and a `note`, which is of a newcomer (`new`) or of a streak. Without rows `none` says so.
    There are two figures or three, or none.
    """
    rows, foot = recipe["rows"], recipe["foot"]
    middle, bottom = _ranking(rows) if rows else _nobody(recipe["none"])
    last, bottom = figures(foot, bottom, _PARTS[len(foot)]) if foot else (Markup(""), bottom)
    height = round(bottom) + MARGIN
    return picture(WIDTH, height, ground(height), heading(recipe["title"], recipe["about"]), middle, last)


def _ranking(rows: Sequence[dict[str, Any]]) -> tuple[Markup, float]:
    """The rows, and where they end. Counts and changes are columns; notes end where the changes begin."""
    most = max(row["given"] for row in rows)
    changes_end = _RIGHT - max(measure(row["count"], _COUNT, bold=True) for row in rows) - 2 * GAP
    changes = [measure(str(abs(row["change"])), SMALL) for row in rows if row["change"]]
    arrows = changes_end - max(changes) - GRID - _ARROW if changes else 0
    notes_end = arrows - 2 * GAP if changes else changes_end
    drawn: list[Markup] = []
    for at, row in enumerate(rows):
        y = TOP + at * _ROW
        drawn += [
            _rank(row["rank"], y, first=row["rank"] == 1),
            _name(row, notes_end, y + _BASE),
            text(row["count"], _RIGHT, y + _BASE, _COUNT, bold=True, anchor="end", fill=INK),
            _strip(y, _RIGHT - _LEFT, PALE),
            _strip(y, max((_RIGHT - _LEFT) * row["given"] / most, _BAR), TEAL),
        ]
        if row["change"]:
            drawn.append(_change(row["change"], arrows, changes_end, y + _BASE))
    return Markup("").join(drawn), TOP + len(rows) * _ROW


def _rank(rank: int, y: float, *, first: bool) -> Markup:
    """The rank in a disc, which is dark for the first."""
    x, middle = MARGIN + _RADIUS, y + 4 * GRID + 2
    disc = element("circle", cx=x, cy=middle, r=_RADIUS, fill=TEAL if first else PALE)
    return disc + text(str(rank), x, middle + 10, BODY - 4, bold=True, anchor="middle", fill=GROUND if first else TEAL)


def _name(row: dict[str, Any], end: float, base: float) -> Markup:
    """The name, and what is to be noted about it, which ends at `end`; the name has the room that this leaves."""
    note = Markup("")
    if row["note"]:
        left = end - measure(row["note"], SMALL)
        note = text(row["note"], left, base, SMALL, fill=BROWN)
        end = left - GRID - _SIGN
        note += _sparkle(end, base) if row["new"] else _steps(end, base)
        end -= GAP
    return text(row["name"], _LEFT, base, NAME, bold=True, fill=INK, width=end - _LEFT) + note


def _change(places: int, left: float, end: float, base: float) -> Markup:
    """How many places were climbed or lost, and an arrow before it."""
    foot, rise = (base - 1, -17) if places > 0 else (base - 18, 17)
    colour = TEAL if places > 0 else QUIET
    arrow = element("path", d=f"M{left:.2f} {foot}h{_ARROW}l-{_ARROW / 2:g} {rise}z", fill=colour)
    return arrow + text(str(abs(places)), end, base, SMALL, anchor="end", fill=colour)


def _sparkle(left: float, base: float) -> Markup:
    """What marks a newcomer: a star of four points."""
    x, y, r, waist = left + _SIGN / 2, base - 9, _SIGN / 2 + 1, 3
    points = ((0, -r), (waist, -waist), (r, 0), (waist, waist), (0, r), (-waist, waist), (-r, 0), (-waist, -waist))
    path = "L".join(f"{x + dx:.2f} {y + dy:.2f}" for dx, dy in points)
    return element("path", d=f"M{path}z", fill=AMBER)


def _steps(left: float, base: float) -> Markup:
    """What marks a streak: three steps up."""
    return Markup("").join(
        element("rect", x=left + 8 * at, y=base - height, width=6, height=height, rx=2, fill=AMBER)
        for at, height in enumerate((8, 14, 20))
    )


def _strip(y: float, width: float, fill: str) -> Markup:
    """A bar of the row at `y`."""
    return element("rect", x=_LEFT, y=y + _BAR_TOP, width=width, height=_BAR, rx=_BAR / 2, fill=fill)


def _nobody(words: str) -> tuple[Markup, float]:
    """The places that are free, and words; and where they end."""
    drawn: list[Markup] = []
    for at, width in enumerate(_FREE):
        y = TOP + at * _ROW
        name = element("rect", x=_LEFT, y=y + _BASE - 24, width=width, height=24, rx=6, fill=HAIRLINE)
        drawn += [_rank(at + 1, y, first=False), name, _strip(y, _RIGHT - _LEFT, PALE)]
    top = TOP + len(_FREE) * _ROW + 2 * GRID
    said = wrapped(words, NAME, ROOM)
    drawn += [text(line, MARGIN, top + NAME + 48 * at, NAME, fill=INK) for at, line in enumerate(said)]
    return Markup("").join(drawn), top + 48 * len(said)
