"""Lines of text in pictures: what of it can be drawn, how wide it is, what fits, and where each piece goes."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.domain.graphemes import graphemes
from bot.domain.names import strip_invisible
from bot.pictures.fonts import Typeface, drawing, typefaces

NOBODY = "?"
"""Stands for a text of which nothing can be drawn."""
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Run:
    """A piece of a line in one typeface. `rtl`: it reads from right to left; None: either way."""

    text: str
    typeface: Typeface
    rtl: bool | None


def drawable(name: str) -> str:
    """The name as far as the fonts have it, in one line: never a box instead of a letter.

    Signs and words that no font has are left out; of a word that is had in part its initial stays. When nothing is
    left it is NOBODY.
    """
    words = _tidy(name).split()
    shown = [drawn for drawn in map(_drawable, words) if drawn]
    if shown == words:
        return " ".join(words)
    if not any(char.isalnum() for word in shown for char in word):
        return NOBODY
    whole = " ".join(shown)
    # What stood in brackets beside a name that is gone stands for it.
    return whole.strip("()") if whole.startswith("(") else whole


def measure(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is, in pixels, as far as it is drawable, in letters of this size."""
    return _width(drawable(text), size, bold)


def fitted(text: str, size: float, width: float, bold: bool = False) -> str:
    """What is drawable of the text, cut with an ellipsis if it is wider than `width` pixels.

    It is never cut within what reads as one character; the ellipsis stays however narrow it is.
    """
    text = drawable(text)
    if _width(text, size, bold) <= width:
        return text
    clusters = list(graphemes(text))
    fits, too_many = 0, len(clusters)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if _width(_cut(clusters, middle), size, bold) <= width:
            fits = middle
        else:
            too_many = middle
    return _cut(clusters, fits)


def wrapped(text: str, size: float, width: float, *, most: int = 2, bold: bool = False) -> list[str]:
    """What is drawable of the text, broken between words into lines that fit; cut where it takes more than `most`."""
    lines: list[str] = []
    for word in drawable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or _width(longer, size, bold) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, size, width, bold) for line in lines]


def visual(text: str) -> list[Run]:
    """The runs of a drawable text from left to right, as they stand on the line."""
    runs = list(_runs(text))
    base = next((run.rtl for run in runs if run.rtl is not None), False)
    resolved = [replace(run, rtl=_direction(runs, at, base)) for at, run in enumerate(runs)]
    parts = [list(part)[:: -1 if rtl else 1] for rtl, part in groupby(resolved, key=lambda run: run.rtl)]
    return [run for part in parts[:: -1 if base else 1] for run in part]


def _direction(runs: Sequence[Run], at: int, base: bool) -> bool:
    """That of the run itself; of one without, that of those around it if they agree, else that of the line."""
    before = next((run.rtl for run in reversed(runs[: at + 1]) if run.rtl is not None), base)
    after = next((run.rtl for run in runs[at:] if run.rtl is not None), base)
    return before if before == after else base


def _runs(text: str) -> Iterator[Run]:
    """The text in pieces of one typeface, in the order in which it is read."""
    clusters = [(None if _between(cluster) else _typeface(cluster), cluster) for cluster in graphemes(text)]
    parts = [(key, [cluster for _, cluster in group]) for key, group in groupby(clusters, key=lambda each: each[0])]
    pieces: list[tuple[Typeface, bool, str]] = []
    for at, (typeface, part) in enumerate(parts):
        if typeface is None:
            # Among words of one typeface they are its own, so that what is read from right to left stays whole; else
            # they stand by themselves, as their place depends on what is around them.
            before = parts[at - 1][0] if at else None
            after = parts[at + 1][0] if at + 1 < len(parts) else before
            if before == after and before is not None and not before.emoji and before.draws("".join(part)):
                typeface = before
        pieces += [(typeface or _typeface(cluster), typeface is None, cluster) for cluster in part]
    for (typeface, _), together in groupby(pieces, key=lambda piece: piece[:2]):
        run = "".join(cluster for *_, cluster in together)
        yield Run(run, typeface, _rtl(run))


def _between(cluster: str) -> bool:
    """Is it a space, a bracket or the like?"""
    return unicodedata.category(cluster[0])[0] in "ZP"


def _typeface(cluster: str) -> Typeface:
    return drawing(cluster) or typefaces()[0]


def _rtl(text: str) -> bool | None:
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), None)


def _width(text: str, size: float, bold: bool) -> float:
    return sum(run.typeface.advance(run.text, bold) for run in _runs(text)) * size


def _tidy(text: str) -> str:
    """The text as one line of what can be seen, in the form that fonts have the most of."""
    return " ".join(unicodedata.normalize("NFC", strip_invisible(text)).split())


def _drawable(word: str) -> str:
    clusters = list(graphemes(word))
    had = [drawing(cluster) is not None for cluster in clusters]
    if all(is_had for cluster, is_had in zip(clusters, had, strict=True) if cluster[0].isalpha()):
        return "".join(cluster for cluster, is_had in zip(clusters, had, strict=True) if is_had)
    return f"{clusters[0]}." if had[0] and clusters[0][0].isalpha() else ""


def _cut(clusters: list[str], count: int) -> str:
    return "".join(clusters[:count]).rstrip() + _ELLIPSIS
