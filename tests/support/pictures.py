"""The pictures in the documentation, drawn anew: `make pictures`.

One of each design for the README, and for docs/pictures.md sheets of what is hard to draw, in each language. A new
design comes into SHOWN and SHEETS.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from markupsafe import Markup

from bot.pictures.gallery import DESIGNS
from bot.pictures.renderer import Renderer
from bot.pictures.svg import element, picture
from bot.texts import language
from bot.texts.catalogues import SPOKEN
from tests.support.drawn import Drawing
from tests.support.samples import LONG, NAMES, SCRIPTS, Sample, club, own, ranking, tie

DOCS = Path(__file__).parents[2] / "docs"
SHEETS_IN = "pictures"
_WIDTH, _GAP, _CHAT = 480, 32, "#c9d3da"

TEN = ranking(
    NAMES[:10],
    (5, 3, 3, 2, 2, 1, 1, 1, 1, 1),
    (2, 4, 3, 0, 0, 1, 2, 3, 3, 1),
    new=(4, 9),
    streaks={0: 12, 7: 3},
)
ANNA = own(
    "Anna",
    ((1, 0), (0, 1), (2, 1), (1, 0), (0, 2), (3, 1), (1, 0), (2, 1)),
    tie("Bert", 5, 2, ["Dirk"], business=2),
    tie("Fatima", 3, 1, ["Hilde", "Ivo", "Katrien"], business=1),
    tie("Emma", 0, 3, came_from=["Gust"]),
    tie("Carla", 2),
    tie("Jef", 1),
)
SHOWN: Mapping[str, Sample] = {"card": TEN, "circle": club(24), "month": ANNA}
"""One of each, as the README shows them."""
SHEETS: Mapping[str, Sequence[Sample]] = {
    "card": (
        TEN,
        ranking(NAMES[:10], (2,) * 10, (2,) * 10),
        ranking([LONG] * 10, (1203, 40, 31, 20, 20, 12, 9, 7, 2, 1), range(10), new=(3,), streaks={0: 104, 5: 12}),
        ranking(SCRIPTS, (8, 7, 6, 5, 4, 3, 2, 1), (1,) * 8, streaks={2: 4}),
        ranking(NAMES[:1], (1,), new=(0,)),
        ranking((), ()),
    ),
    "circle": (club(5), club(30), club(80)),
    "month": (
        ANNA,
        own("Bert", ((1, 0),), tie("Anna", 1)),
        own(
            LONG,
            ((9, 4), (12, 5), (7, 0), (3, 128), (0, 2), (22, 11), (10, 7), (128, 3)),
            *(tie(name, 40 - at, 20 + at, [LONG] * 13, business=128) for at, name in enumerate((*NAMES[:5], *SCRIPTS))),
        ),
    ),
}
"""What is hard to draw, by design: few and many, equals, long names, all kinds of letters."""


def shots() -> Iterator[tuple[Path, Callable[[], Markup]]]:
    """Each file below docs, and what draws its SVG."""
    for name, sample in SHOWN.items():
        yield Path(f"{name}.png"), partial(drawn, sample, "en")
    for name, samples in SHEETS.items():
        for code in SPOKEN:
            yield Path(SHEETS_IN, f"{name}-{code}.png"), partial(sheet, samples, code)


def drawn(sample: Sample, code: str) -> Markup:
    """The SVG of this picture in this language."""
    recipe = sample(language(code))
    return DESIGNS[recipe["picture"]](recipe)


def sheet(samples: Sequence[Sample], code: str) -> Markup:
    """These pictures in rows of three, on the ground of a chat."""
    placed: list[Markup] = []
    top = _GAP
    for row in (samples[at : at + 3] for at in range(0, len(samples), 3)):
        heights = []
        for column, sample in enumerate(row):
            each = drawn(sample, code)
            drawing = Drawing(each)
            heights.append(round(drawing.height * _WIDTH / drawing.width))
            place = {"x": _GAP + column * (_WIDTH + _GAP), "y": top, "width": _WIDTH, "height": heights[-1]}
            placed.append(element("svg", each, **place, viewBox=f"0 0 {drawing.width:g} {drawing.height:g}"))
        top += max(heights) + _GAP
    width = 3 * (_WIDTH + _GAP) + _GAP
    return picture(width, top, element("rect", width=width, height=top, fill=_CHAT), *placed)


async def main() -> None:
    """Write them all."""
    (DOCS / SHEETS_IN).mkdir(exist_ok=True)
    renderer = Renderer()
    total = 0
    for path, draw in shots():
        png = await renderer.render(draw())
        (DOCS / path).write_bytes(png)
        total += len(png)
        print(f"{len(png) / 1000:6.0f} kB  docs/{path}")  # noqa: T201  the command line
    await renderer.close()
    print(f"{total / 1000:6.0f} kB in all")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
