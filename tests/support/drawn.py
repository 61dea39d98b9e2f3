"""What an SVG of ours draws: its words with the room they take, and its shapes."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.pictures.lines import measure

_TOUCHING = 0.6
"""Pieces of one line may come so close to each other, in pixels: coordinates are rounded."""


@dataclass(frozen=True)
class Word:
    """A piece of a line of text, and its box: as wide as it is measured, as high as its capitals and descenders."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    fill: str

    def overlaps(self, other: "Word") -> bool:
        """Do the two stand on each other?"""
        beside = self.right <= other.left + _TOUCHING or other.right <= self.left + _TOUCHING
        return not beside and self.top < other.bottom and other.top < self.bottom


class Drawing:
    """An SVG, which is well-formed."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)  # noqa: S314  our own
        self.width, self.height = float(self.root.attrib["width"]), float(self.root.attrib["height"])
        self.words = list(self._words())

    @property
    def lines(self) -> list[str]:
        """The texts, each put together from its pieces, in the order in which they are drawn."""
        return _joined(self.words)

    def line_at(self, y: float | str) -> list[str]:
        """The texts that stand at this height, from left to right."""
        return _joined(sorted((word for word in self.words if word.top < float(y) < word.bottom), key=_left))

    @property
    def colours(self) -> set[str]:
        """All colours that anything is filled or drawn with."""
        return {
            each.attrib[paint]
            for each in self.root.iter()
            for paint in ("fill", "stroke")
            if each.attrib.get(paint, "none") != "none"
        }

    def shapes(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The elements of this kind that have these attributes."""
        found = [each.attrib for each in self.root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")]
        return [each for each in found if attributes.items() <= each.items()]

    def overlapping(self) -> list[tuple[str, str]]:
        """The texts that stand on each other."""
        return [(one.text, other.text) for one, other in combinations(self.words, 2) if one.overlaps(other)]

    def outside(self, margin: float) -> list[str]:
        """The texts that are closer to an edge than this."""
        return [
            word.text
            for word in self.words
            if min(word.left, word.top, self.width - word.right, self.height - word.bottom) < margin - _TOUCHING
        ]

    def _words(self) -> Iterator[Word]:
        for each in self.root.iter("{http://www.w3.org/2000/svg}text"):
            text, size = each.text or "", float(each.attrib["font-size"])
            left, base = float(each.attrib["x"]), float(each.attrib["y"])
            bold = "font-weight" in each.attrib
            # By itself a space is nothing to be drawn.
            width = (
                measure(text, size, bold) if text.strip() else measure("a a", size, bold) - measure("aa", size, bold)
            )
            yield Word(text, left, left + width, base - 0.75 * size, base + 0.25 * size, size, each.attrib["fill"])


def _left(word: Word) -> float:
    return word.left


def _joined(words: Iterable[Word]) -> list[str]:
    lines: list[list[Word]] = []
    for word in words:
        before = lines[-1][-1] if lines else None
        if before and word.bottom == before.bottom and abs(word.left - before.right) < _TOUCHING:
            lines[-1].append(word)
        else:
            lines.append([word])
    return ["".join(word.text for word in line) for line in lines]
