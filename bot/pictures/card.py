"""A card: a title and some lines. The plainest picture there is."""

from typing import Any

from markupsafe import Markup

from bot.pictures.svg import element, picture, text

WIDTH, HEIGHT = 1080, 1080
_MARGIN, _TITLE, _LINE = 80, 64, 44


def draw(recipe: dict[str, Any]) -> Markup:
    """The card with the recipe's `title` and `lines`."""
    room = WIDTH - 2 * _MARGIN
    lines = (
        text(line, _MARGIN, _MARGIN + 2 * _TITLE + 2 * _LINE * row, _LINE, width=room)
        for row, line in enumerate(recipe["lines"])
    )
    return picture(
        *(WIDTH, HEIGHT, element("rect", width=WIDTH, height=HEIGHT, fill="#fff")),
        text(recipe["title"], _MARGIN, _MARGIN + _TITLE, _TITLE, bold=True, width=room),
        *lines,
    )
