"""My month: what a member gave and received week by week, and their circle of the second degree."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.pictures.style import (
    GAP,
    GRID,
    INK,
    MARGIN,
    OUTLINE,
    PALE,
    QUIET,
    ROOM,
    SMALL,
    SWATCH,
    TEAL,
    TOP,
    WIDTH,
    figures,
    ground,
    heading,
    key,
    rule,
)
from bot.pictures.svg import element, picture, text
from bot.pictures.ties import circle
from bot.services.month import WEEKS

_KEY = TOP + 32
"""The line that the key's words stand on."""
_REFERRAL, _HIGHEST, _LOWEST = 40, 160, 10
"""How high a bar is for each referral; and none is higher or lower than this."""
_BAR, _BETWEEN = 40, GRID
"""How wide bars are, and how far the two of a week are apart."""
_COLUMN = ROOM / WEEKS
_BARS = _KEY + 64
"""Where the number on the highest bar may begin."""


def draw(recipe: dict[str, Any]) -> Markup:
    """The picture. The recipe has a `title` and what it is `about`; the `weeks`, the last one last; figures (`foot`).

    A week: the day it `began`, as it is written, and of `given` and `received` a pair: the number that the bar is of,
    and how it is written. `key` has the words for both. The rest is for the circle, see bot/pictures/ties.py.
    """
    samples = (partial(_sample, is_given=True), partial(_sample, is_given=False))
    meaning, _ = key(list(zip(samples, recipe["key"], strict=True)), _KEY)
    chart, bottom = _chart(recipe["weeks"])
    line = bottom + GAP
    around, bottom = circle(recipe, line)
    foot, bottom = figures(recipe["foot"], bottom + 5 * GRID, (1, 1, 1))
    height = round(bottom) + MARGIN
    return picture(
        *(WIDTH, height, ground(height), heading(recipe["title"], recipe["about"])),
        *(meaning, chart, rule(line), around, foot),
    )


def _chart(weeks: Sequence[dict[str, Any]]) -> tuple[Markup, float]:
    """The bars in columns from the left, and where they end; those of a young club leave room for weeks to come."""
    most = max(1, *(week[side][0] for week in weeks for side in ("given", "received")))
    highest = min(_REFERRAL * most, _HIGHEST)
    floor = _BARS + highest
    drawn = [rule(floor + 1)]
    for at, week in enumerate(weeks):
        middle = MARGIN + _COLUMN * (at + 0.5)
        for side, left in (("given", middle - _BAR - _BETWEEN / 2), ("received", middle + _BETWEEN / 2)):
            number, written = week[side]
            if number:
                high = max(highest * number / most, _LOWEST)
                drawn += [
                    _bar(left, floor, _BAR, high, is_given=side == "given"),
                    _number(written, left + _BAR / 2, floor - high - 10),
                ]
        running = at == len(weeks) - 1
        fill = INK if running else QUIET
        drawn.append(text(week["began"], middle, floor + 38, SMALL, bold=running, anchor="middle", fill=fill))
    return Markup("").join(drawn), floor + 48


def _number(written: str, x: float, base: float) -> Markup:
    return text(written, x, base, SMALL, anchor="middle", fill=INK, width=_BAR + _BETWEEN)


def _bar(left: float, foot: float, width: float, height: float, *, is_given: bool) -> Markup:
    """A bar of what was given, which is full, or of what was received, which is an outline."""
    if is_given:
        return element("rect", x=left, y=foot - height, width=width, height=height, rx=6, fill=TEAL)
    x, y = left + OUTLINE / 2, foot - height + OUTLINE / 2
    size = {"width": width - OUTLINE, "height": height - OUTLINE}
    return element("rect", x=x, y=y, **size, rx=4, fill=PALE, stroke=TEAL, stroke_width=OUTLINE)


def _sample(x: float, y: float, *, is_given: bool) -> Markup:
    return _bar(x, y + SWATCH, SWATCH, SWATCH, is_given=is_given)
