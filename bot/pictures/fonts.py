"""The fonts of the pictures: which one draws what, and how wide.

Those of Latin, Greek, Cyrillic, Arabic and Hebrew come as Python packages. Those of the system are used where they
are: Noto for emoji, Chinese, Japanese and Korean, DejaVu for signs. They are looked for when first needed.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

FAMILY = "Noto Sans"
"""The family that draws all it can; the others are for the rest."""
_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# In the order in which they are asked; each with its bold file, if that is another.
_OF_SYSTEM = (
    ("NotoColorEmoji.ttf", None),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
_COLOURED = "\ufe0f"  # asks for the emoji among the forms of a sign
_REGULAR, _BOLD = 400, 700


@dataclass(frozen=True)
class Typeface:
    """A font family in its two weights."""

    family: str
    regular: "uharfbuzz.Font"
    bold: "uharfbuzz.Font"
    emoji: bool

    def draws(self, cluster: str) -> bool:
        """Has it a glyph for each character that shows?"""
        return all(self.regular.get_nominal_glyph(ord(char)) for char in cluster if not _only_joins(char))

    def advance(self, text: str, bold: bool) -> float:
        """How wide the text is in it, in units of the letters' size."""
        font = self.bold if bold else self.regular
        return float(sum(glyph.x_advance for glyph in _shaped(text, font).glyph_positions) / font.face.upem)


@lru_cache(maxsize=10_000)
def drawing(cluster: str) -> Typeface | None:
    """The typeface that draws what reads as one character; None if no font has it."""
    wanted = sorted(typefaces(), key=lambda each: not each.emoji) if _COLOURED in cluster else typefaces()
    return next((typeface for typeface in wanted if typeface.draws(cluster)), None)


@cache
def files() -> tuple[str, ...]:
    """The font files that pictures are rendered with."""
    return tuple(str(path) for pair in _found() for path in dict.fromkeys(pair))


@cache
def typefaces() -> tuple[Typeface, ...]:
    """The typefaces there are, in the order in which they are asked for a glyph."""
    return tuple(_loaded(*pair) for pair in _found())


@cache
def _found() -> tuple[tuple[Path, Path], ...]:
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import pylopdf_fonts_he

    packaged = (
        fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf",
        fontpkg_noto_sans_arabic.ROOT / "files" / "NotoSansArabic[wdth,wght].ttf",
        pylopdf_fonts_he.sans_path(),
    )
    here = {path.name: path for folder in _SYSTEM for path in sorted(folder.rglob("*.tt[cf]"))}
    system = [(here[plain], here.get(bold or plain, here[plain])) for plain, bold in _OF_SYSTEM if plain in here]
    return (*((path, path) for path in packaged), *system)


def _loaded(regular: Path, bold: Path) -> Typeface:
    import uharfbuzz as hb

    plain, heavy = (hb.Font(hb.Face(hb.Blob.from_file_path(path))) for path in (regular, bold))
    plain.set_variations({"wght": _REGULAR})
    heavy.set_variations({"wght": _BOLD})
    face, names = plain.face, hb.OTNameIdPredefined
    family = face.get_name(names.TYPOGRAPHIC_FAMILY) or face.get_name(names.FONT_FAMILY) or ""
    return Typeface(family, plain, heavy, emoji=face.has_color_png or face.has_color_paint)


def _shaped(text: str, font: "uharfbuzz.Font") -> "uharfbuzz.Buffer":
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return buffer


def _only_joins(char: str) -> bool:
    """Is it a sign to the font, which shows as nothing by itself?"""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= _COLOURED
