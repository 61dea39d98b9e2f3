"""What a picture costs: time to make it, and memory. How many posts with one are said a second, `posts` measures."""

import asyncio
import os
import time
from statistics import median
from typing import Any

from bot import app  # noqa: F401  all that a bot has in memory
from bot.pictures import leaderboard
from bot.pictures.renderer import Renderer
from tests.bench.memory import resident_mb
from tests.support.cards import card, row
from tests.support.renderer import workers_of

TIMES = 20
NAMES = (
    "Anna",
    "Bert",
    "Carla De Smet",
    "Dirk",
    "Emma-Josephina van den Broeck",
    "Fatima",
    "Gust",
    "Hilde",
    "Ivo",
    "Jef",
)
CARD = card(
    *(
        row(at + 1, name, 12 - at, at % 3 - 1, "12 weeks in a row" if at % 4 == 0 else "", new=at % 4 == 1)
        for at, name in enumerate(NAMES)
    )
)


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    return [
        "| of a card of ten givers | |",
        "|---|---|",
        *(f"| {what} | {found} |" for what, found in asyncio.run(_made(2 if short else TIMES))),
    ]


async def _made(times: int) -> list[tuple[str, str]]:
    """How long one takes to be made, and what memory that takes: of this process, which has all of the bot in it, and
    of the worker."""
    renderer, own = Renderer(), resident_mb(os.getpid())
    began = time.perf_counter()
    svg = leaderboard.draw(CARD)
    drawn = time.perf_counter()
    png = await renderer.render(svg)
    first_draw, first_render = drawn - began, time.perf_counter() - drawn
    (worker,) = workers_of(os.getpid())
    drawings = [_timed(lambda: leaderboard.draw(CARD)) for _ in range(times)]
    renders = []
    for _ in range(times):
        began = time.perf_counter()
        await renderer.render(svg)
        renders.append(time.perf_counter() - began)
    found = [
        ("PNG", f"{len(png) / 1000:.0f} kB"),
        ("drawn as SVG, the first (fonts are read)", _ms(first_draw)),
        ("drawn as SVG, later", _ms(median(drawings))),
        ("rendered, the first (the worker starts)", _ms(first_render)),
        ("rendered, later", _ms(median(renders))),
        ("resident memory of the bot before any picture", f"{own:.0f} MB"),
        (f"the same after {times} pictures", f"{resident_mb(os.getpid()):.0f} MB"),
        ("of the worker between two pictures; idle, it ends", f"{resident_mb(worker):.0f} MB"),
        ("of the worker at most", f"{resident_mb(worker, 'VmHWM'):.0f} MB"),
    ]
    await renderer.close()
    return found


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
