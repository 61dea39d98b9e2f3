"""What a check finds, and what the operator is to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much it matters, in the word that a program reads."""

    WELL = "well"
    ADVICE = "advice"
    PASSES = "temporary"
    CHANGE = "change"


@dataclass(frozen=True)
class Finding:
    """`words` say what is so, `to_do` what to do about it. `about` is one word, the same for the same check.

    Neither the token nor what people wrote is in it.
    """

    about: str
    weight: Weight
    words: str
    to_do: str = ""


def well(about: str, words: str) -> Finding:
    """All is as it should be."""
    return Finding(about, Weight.WELL, words)


def advice(about: str, words: str, to_do: str) -> Finding:
    """Kring works; this would be better."""
    return Finding(about, Weight.ADVICE, words, to_do)


def passing(about: str, words: str, to_do: str) -> Finding:
    """It is not well, and may be so by itself in a while."""
    return Finding(about, Weight.PASSES, words, to_do)


def change(about: str, words: str, to_do: str) -> Finding:
    """It stays so until the operator changes something."""
    return Finding(about, Weight.CHANGE, words, to_do)
