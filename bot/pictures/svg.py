"""SVG from plain calls. Whatever people wrote can be given as it is: it is cleaned, escaped and drawn, never markup."""

from typing import Literal

from markupsafe import Markup, escape

from bot.domain.names import strip_invisible
from bot.pictures.fonts import FAMILY
from bot.pictures.lines import drawable, fitted, visual

INK = "#1f2933"
Anchor = Literal["start", "middle", "end"]


def picture(width: int, height: int, *children: str) -> Markup:
    """A whole picture of this size in pixels."""
    root = {"xmlns": "http://www.w3.org/2000/svg", "font_family": FAMILY}
    return element("svg", *children, **root, width=width, height=height, viewBox=f"0 0 {width} {height}")


def element(tag: str, *children: str, **attributes: str | float) -> Markup:
    """An element; `font_size=20` becomes font-size="20". A child that is no Markup is text."""
    given = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _value(value))
        for name, value in attributes.items()
    )
    inside = Markup("").join(child if isinstance(child, Markup) else escape(_clean(child)) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), given, inside)  # noqa: S704  tags are ours


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    fill: str = INK,
    anchor: Anchor = "start",
    width: float | None = None,
) -> Markup:
    """One line of text with its baseline at `y`; cut with an ellipsis where it would be wider than `width`.

    `anchor` says which end of it, left or right, or its middle is at `x`.
    """
    runs = visual(drawable(words) if width is None else fitted(words, size, width, bold))
    widths = [run.typeface.advance(run.text, bold) * size for run in runs]
    left = x - sum(widths) * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    how: dict[str, str | float] = {"y": y, "font_size": size, "fill": fill, "xml:space": "preserve"}
    if bold:
        how["font_weight"] = 700
    # Each run is a text by itself: resvg crashes on some that have emoji between letters.
    return Markup("").join(
        element("text", run.text, x=left + sum(widths[:at]), font_family=run.typeface.family, **how)
        for at, run in enumerate(runs)
    )


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return _clean(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")  # as short as can be, and never 1e-05


def _clean(words: str) -> str:
    """Without what XML has no place for."""
    return strip_invisible(words)
