"""The pictures in the documentation: legible in each language, all there, and shown."""

import re

import pytest

from bot.pictures.style import MARGIN, PALETTE
from bot.texts.catalogues import SPOKEN
from tests.support.drawn import Drawing
from tests.support.pictures import DOCS, SHEETS, SHEETS_IN, SHOWN, drawn, shots
from tests.support.png import size_of

MAX_BYTES, MAX_TOTAL = 300_000, 3_000_000
PICTURE = re.compile(r"""(?:src="|\]\()([\w/.-]+\.png)["\s)]""")


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("design", SHEETS)
def test_what_is_hard_to_draw_is_legible_in_each_language(design: str, code: str) -> None:
    for sample in SHEETS[design]:
        drawing = Drawing(drawn(sample, code))
        assert drawing.outside(MARGIN - 8) == []
        assert drawing.overlapping() == []
        assert drawing.colours <= PALETTE


def test_there_is_each_of_them_and_no_other_and_all_are_light() -> None:
    made = {DOCS / path for path, _ in shots()}
    assert {*(DOCS / SHEETS_IN).iterdir()} <= made
    sizes = [path.stat().st_size for path in made]
    assert max(sizes) < MAX_BYTES
    assert sum(sizes) < MAX_TOTAL
    assert [size_of((DOCS / f"{name}.png").read_bytes())[0] for name in SHOWN] == [1080] * len(SHOWN)


def test_each_of_them_is_shown() -> None:
    readme, page = ((DOCS / name).read_text("utf-8") for name in ("../README.md", "pictures.md"))
    assert {f"docs/{name}.png" for name in SHOWN} <= set(PICTURE.findall(readme))
    sheets = {path.as_posix() for path, _ in shots() if path.parts[0] == SHEETS_IN}
    assert sheets == set(PICTURE.findall(page))
