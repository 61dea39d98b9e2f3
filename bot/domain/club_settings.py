"""What an admin may set for a club, as typed after /settings."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.errors import UnknownWord
from bot.domain.graphemes import cut
from bot.domain.names import strip_invisible

MAX_DAYS = 90
_MAX_WORD = 40


@dataclass(frozen=True)
class Change:
    """One setting with what it shall be: reminders after so many days (0: none), the monthly question on or off (0)."""

    name: Literal["reminders", "question"]
    value: int

    @property
    def is_possible(self) -> bool:
        """Is it a value that there can be?"""
        return 0 <= self.value <= (MAX_DAYS if self.name == "reminders" else 1)


def read_change(text: str) -> Change | None:
    """The change that the text asks for, letter case ignored; None for no text. Raises UnknownWord."""
    typed = strip_invisible(text).split()
    words = [word.lower() for word in typed]
    if not words:
        return None
    match words:
        case ["reminders", ("off" | "0")]:
            return Change("reminders", 0)
        case ["reminders", days, *unit] if _is_days(days) and unit in ([], ["days"], ["day"]):
            return Change("reminders", int(days))
        case ["question", ("on" | "off") as on]:
            return Change("question", int(on == "on"))
    known = words[0] in ("reminders", "question")
    raise UnknownWord(cut(typed[1] if known and len(typed) > 1 else typed[0], _MAX_WORD))


def _is_days(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= len(str(MAX_DAYS)) and 1 <= int(word) <= MAX_DAYS
