"""The process that makes PNGs: it reads an SVG, writes a PNG, and ends with its input.

It is run by its path, with the font files as arguments, and knows nothing of the bot: neither its token nor its
database. Before each SVG and each PNG stands its length, four bytes; an SVG that cannot be rendered makes a PNG of
none. A crash of the renderer ends this process.
"""

import os
import signal
import sys

import resvg_py

NICE = 10
"""A picture has time: the bot answers people first."""
LONGEST_S = 6
"""The kernel ends a worker that renders longer, so that it outlives no bot that was killed meanwhile."""


def main() -> None:
    """Render until nobody asks any more."""
    os.nice(NICE)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # Where resvg panics it tells standard error why, and may quote the people's words it was at.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(header := asked.read(4)) == 4:
        svg = asked.read(int.from_bytes(header, "big"))
        signal.alarm(LONGEST_S)
        png = _rendered(svg)
        signal.alarm(0)
        answers.write(len(png).to_bytes(4, "big") + png)
        answers.flush()


def _rendered(svg: bytes) -> bytes:
    try:
        return resvg_py.svg_to_bytes(svg_string=svg.decode(), font_files=sys.argv[1:], skip_system_fonts=True)
    except Exception:  # whatever it is, there is no picture
        return b""


if __name__ == "__main__":
    main()
