"""How all pictures look: few colours, a few sizes of letters, one margin, one heading.

The colours are calm in light and dark chats, and none means something that only its hue tells from another: teal and
amber differ for colour-blind eyes too, and words or shapes always say the same.
"""

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from bot.pictures.lines import measure, wrapped
from bot.pictures.svg import INK as INK
from bot.pictures.svg import element, text

WIDTH = 1080
"""In pixels, of every picture; all other measures are in the same."""
GRID = 8
"""What distances are multiples of."""
GAP = 3 * GRID
"""Between things beside each other; between columns it is twice as much."""
MARGIN = 64
"""What is left free on all sides."""
ROOM = WIDTH - 2 * MARGIN

GROUND = "#fbfaf7"
QUIET = "#5f6b78"
"""Words that come second. As dark as they have to be to be read by everyone on the ground: 5 to 1."""
HAIRLINE = "#e3e0d8"
TEAL = "#1b6b73"
"""The main colour: bars, arrows, the figures that matter."""
SOFT = "#5d969c"
"""Less of it, that still stands out from the ground: 3 to 1."""
PALE = "#dcebea"
"""What is behind teal, or hardly any of it."""
AMBER = "#c9822b"
"""What is special: newcomers, streaks. For shapes and fills."""
BROWN = "#8f5a17"
"""Amber for words, dark enough to be read."""
PALETTE = frozenset({GROUND, INK, QUIET, HAIRLINE, TEAL, SOFT, PALE, AMBER, BROWN})
"""There are no other colours, but those of emoji."""

SMALL = 26
"""The smallest letters that a phone shows legibly without zooming."""
BODY = 32
NAME = 36
"""Whom or what a row is about."""
TITLE, LONG_TITLE = 56, 44
"""The larger, unless the title is too long for it."""

FIGURE, LINE = 56, 34
"""The figures at the foot, and how far the lines below them are apart."""

SWATCH, OUTLINE = 24, 4
"""A sample of what words in a key are about; and the line around what is hollow."""

TOP = 232
"""Where what is below the heading begins."""

Sample = Callable[[float, float], Markup]
"""Draws a mark as large as a swatch, from its left upper corner on."""


def ground(height: float) -> Markup:
    """The paper that a picture of this height is on."""
    return element("rect", width=WIDTH, height=height, fill=GROUND)


def heading(title: str, about: str) -> Markup:
    """The title, and below it what is shown, with a line under both. It ends before TOP."""
    size = TITLE if measure(title, TITLE, bold=True) <= ROOM else LONG_TITLE
    return Markup("").join(
        [
            text(title, MARGIN, 112, size, bold=True, fill=INK, width=ROOM),
            text(about, MARGIN, 168, BODY, fill=QUIET, width=ROOM),
            rule(208),
        ]
    )


def rule(y: float) -> Markup:
    """A hairline over the whole width."""
    return element("rect", x=MARGIN, y=y - 1, width=ROOM, height=2, fill=HAIRLINE)


def dot(fill: str) -> Sample:
    """A dot of this colour."""
    return lambda x, y: element("circle", cx=x + SWATCH / 2, cy=y + SWATCH / 2, r=SWATCH / 2, fill=fill)


def key(entries: Sequence[tuple[Sample, str]], base: float) -> tuple[Markup, float]:
    """What marks mean: a sample of each, and its words on the line `base` or below; and the last line."""
    drawn: list[Markup] = []
    x: float = MARGIN
    for sample, words in entries:
        width = SWATCH + 2 * GRID + measure(words, SMALL)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, base = MARGIN, base + 48
        drawn += [sample(x, base - SWATCH + 3), text(words, x + SWATCH + 2 * GRID, base, SMALL, fill=INK)]
        x += width + 2 * GAP
    return Markup("").join(drawn), base


def figures(
    shown: Sequence[dict[str, Any]], top: float, parts: Sequence[int], signs: Sequence[tuple[Sample, str]] = ()
) -> tuple[Markup, float]:
    """Figures beside each other, below a line; and where they end. `parts` are their shares of the width.

    Each is a number as it is written (`figure`), and the `words` under it, each from a new line. `signs`: what stands
    before each number, and the number's colour; without, they are all teal.
    """
    part = (ROOM - 2 * GAP * (len(parts) - 1)) / sum(parts)
    drawn, x, most = [rule(top + GRID)], float(MARGIN), 0
    for at, (figure, share) in enumerate(zip(shown, parts, strict=True)):
        width, beside, fill = part * share, 0, TEAL
        if signs:
            (sign, fill), beside = signs[at], SWATCH + 2 * GRID
            drawn.append(sign(x, top + 48))
        words = [line for said in figure["words"] for line in wrapped(said, SMALL, width, most=4)]
        number = text(figure["figure"], x + beside, top + 80, FIGURE, bold=True, fill=fill, width=width - beside)
        drawn.append(number)
        drawn += [text(line, x, top + 122 + LINE * row, SMALL, fill=QUIET) for row, line in enumerate(words)]
        x, most = x + width + 2 * GAP, max(most, len(words))
    return Markup("").join(drawn), top + 122 + LINE * (most - 1)
