"""Words that are written from right to left, in sentences that run the other way."""

import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# Bidirectional classes (UAX #9) that turn what stands around them: letters, Arabic numbers, controls.
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


def isolated(text: str) -> str:
    """`text` with an isolate around each line that has right-to-left words outside of one; else as it is.

    Within it the words have their own direction, and what stands beside them (numbers, an arrow, another name) keeps
    its place. A line's end ends an isolate, so none goes over it. Markup stays markup.
    """
    if text.isascii():
        return text
    return type(text)("\n".join(map(_isolated_line, text.split("\n"))))


def _isolated_line(line: str) -> str:
    depth = 0
    for char in line:
        if char == FIRST_STRONG_ISOLATE:
            depth += 1
        elif char == POP_ISOLATE:
            depth -= 1
        elif depth == 0 and unicodedata.bidirectional(char) in _TURNING:
            return str(FIRST_STRONG_ISOLATE + line + POP_ISOLATE)
    return line
