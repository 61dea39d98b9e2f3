"""The pictures that the outbox names by a recipe: JSON that holds all they show, so that they look the same again."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from bot.pictures import circle, leaderboard, month
from bot.pictures.renderer import Renderer, RenderFailed

log = logging.getLogger(__name__)

DESIGNS: Mapping[str, Callable[[dict[str, Any]], Markup]] = {
    "circle": circle.draw,
    "leaderboard": leaderboard.draw,
    "month": month.draw,
}
"""What draws a recipe as SVG, by its `picture`."""


async def make_picture(renderer: Renderer, recipe: dict[str, Any]) -> bytes:
    """The PNG of this recipe. Raises RenderFailed."""
    try:
        svg = await asyncio.to_thread(DESIGNS[recipe["picture"]], recipe)
    except Exception as error:  # a recipe of another version, or a mistake of ours: the words go without it
        log.exception("There is no picture of a %s", recipe.get("picture"))
        raise RenderFailed("it cannot be drawn") from error
    return await renderer.render(svg)
