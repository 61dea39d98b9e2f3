"""Reading days and times as tables write them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from bot.domain.alike import bare
from bot.domain.imports.tables import Cell

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[ .\-/]+([^\W\d_]+)\.?[ .,\-/]+(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?[ .\-/]+(\d{1,2})(?:st|nd|rd|th)?[ .,\-/]+(\d{4})(?!\d)")
_WEEKDAY = re.compile(r"[^\W\d_]+\.?,?\s+(?=\d)")
_TIME = re.compile(r"[ T,]*\s*(\d{1,2})[:h.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*")
# Days as Excel counts them, where a CSV has the bare number: 1954 to 2119.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_EXCEL_BEGAN = date(1899, 12, 30)


@dataclass(frozen=True)
class Moment:
    """An instant in a club's zone; without a time it is the beginning of the day."""

    at: datetime
    has_time: bool


@dataclass(frozen=True)
class Calendar:
    """How a table writes its days: `month_first` is American, 11/23/2026."""

    zone: ZoneInfo
    languages: tuple[str, ...]
    month_first: bool = False

    def read(self, cell: Cell) -> Moment | None:
        """The moment that the cell says; None when it says none."""
        if isinstance(cell, int | float):
            return self._serial(float(cell))
        text = " ".join(cell.split())
        if re.fullmatch(r"\d{5}([.,]\d+)?", text):
            return self._serial(float(text.replace(",", ".")))
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return self._typed(text)
        if moment.tzinfo is not None:
            return Moment(moment, has_time=True)
        return Moment(moment.replace(tzinfo=self.zone), has_time=moment.time() != time())

    def _serial(self, days: float) -> Moment | None:
        if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return None
        at = datetime.combine(_EXCEL_BEGAN, time()) + timedelta(seconds=round(days * 86_400))
        return Moment(at.replace(tzinfo=self.zone), has_time=at.time() != time())

    def _typed(self, text: str) -> Moment | None:
        found = self._day(text) or self._day(_WEEKDAY.sub("", text, count=1))
        if found is None:
            return None
        day, rest = found
        clock = _TIME.fullmatch(rest)
        if rest.strip(" ,.") and clock is None:
            return None
        try:
            at = _clock(clock) if clock else time()
        except ValueError:
            return None
        return Moment(datetime.combine(day, at, self.zone), has_time=clock is not None and at != time())

    def _day(self, text: str) -> tuple[date, str] | None:
        names = _month_names(self.languages)
        if found := _ISO.match(text):
            year, month, day = map(int, found.groups())
        elif found := _NUMBERS.match(text):
            first, second, year = map(int, found.groups())
            day, month = (second, first) if self.month_first else (first, second)
        elif found := _DAY_FIRST.match(text):
            day, month, year = int(found[1]), names.get(bare(found[2]), 0), int(found[3])
        elif found := _MONTH_FIRST.match(text):
            month, day, year = names.get(bare(found[1]), 0), int(found[2]), int(found[3])
        else:
            return None
        try:
            return date(year + 2000 if year < 100 else year, month, day), text[found.end() :]
        except ValueError:
            return None


def calendar_of(cells: Iterable[Cell], zone: ZoneInfo, languages: Sequence[str]) -> Calendar:
    """How this column writes its days: the day first, unless one of them can only have the month first."""
    american = european = False
    for cell in cells:
        found = _NUMBERS.match(" ".join(cell.split())) if isinstance(cell, str) else None
        if found:
            american |= int(found[2]) > 12 >= int(found[1])
            european |= int(found[1]) > 12 >= int(found[2])
    return Calendar(zone, tuple(languages), month_first=american and not european)


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[4] and not 1 <= hour <= 12:
        raise ValueError(hour)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


@cache
def _month_names(languages: tuple[str, ...]) -> dict[str, int]:
    names: dict[str, int] = {}
    for code in languages:
        for context in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                names |= {bare(name).rstrip("."): number for number, name in context[width].items()}
    return names
