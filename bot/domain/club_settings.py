"""What an admin may set for a club: as it is typed after /settings, and as buttons offer it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from bot.domain.countries import CURRENCIES, TIMEZONES, currencies_near, is_country, near, timezones_near
from bot.domain.errors import NoValue, UnknownWord
from bot.domain.models import Club
from bot.domain.retention import MAX_MONTHS
from bot.domain.slots import WEEKDAYS, parse_time, parse_weekday

MAX_DAYS = 90
MAX_LIMIT = 1000
"""Entries of a kind that a member may record a day, where that is limited."""

Values = Mapping[str, Any]
"""What of a club is to be otherwise, by the names of its fields."""


@dataclass(frozen=True)
class Setting:
    """One thing that can be set. Words are English ones, international codes and numbers: "fri 08:30", "BE", "off".

    `read` takes the words after the setting's name, and raises ValueError with those that mean nothing to it.
    `written` is how a club has it, in words that `read` takes. `offered` are the choices that there is a button for,
    each in such words: few, near to how the club has it, in groups that belong together.
    """

    name: str
    read: Callable[[Sequence[str]], Values]
    written: Callable[[Club], str]
    offered: Callable[[Club], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Change:
    """A setting, and what of the club is to be otherwise."""

    setting: Setting
    values: Values

    def words(self, club: Club) -> str:
        """What asks for it, short enough to be behind a button; what it leaves open is as the club has it."""
        return f"{self.setting.name} {self.setting.written(replace(club, **self.values))}"


def settings(languages: Collection[str]) -> Mapping[str, Setting]:
    """All that can be set, by name, in the order in which it is shown; `languages` are the codes of those spoken."""
    language = Setting(
        "language",
        lambda words: {"language": _one_of(languages, words)},
        lambda club: club.language,
        lambda _: [list(languages)],
    )
    return {setting.name: setting for setting in (language, *_ALIKE_EVERYWHERE)}


def read_change(text: str, languages: Collection[str]) -> Change | None:
    """The change that the text asks for; None for no text. Raises UnknownWord and NoValue.

    The text is in English words and international codes: "post fri 08:30", "country BE". `languages` are the codes of
    those that are spoken here.
    """
    words = text.split()
    if not words:
        return None
    setting = settings(languages).get(words[0])
    if setting is None:
        raise UnknownWord(words[0])
    if len(words) == 1:
        raise NoValue(setting.name)
    try:
        return Change(setting, setting.read(words[1:]))
    except ValueError as error:
        raise UnknownWord(str(error), after=setting.name) from error


def _country(words: Sequence[str]) -> Values:
    if not is_country(" ".join(words)):
        raise ValueError(" ".join(words))
    return {"own_country": words[0]}


def _post(words: Sequence[str]) -> Values:
    """A weekday, a time, or both in any order."""
    days = [word for word in words if word in WEEKDAYS]
    at = " ".join(word for word in words if word not in WEEKDAYS and word != "at")
    try:
        if len(days) > 1:
            raise ValueError
        values: dict[str, Any] = {"post_day": parse_weekday(days[0])} if days else {}
        return values | {"post_time": parse_time(at)} if at or not days else values
    except ValueError as error:
        raise ValueError(at or " ".join(words)) from error


def _slots(club: Club) -> Sequence[Sequence[str]]:
    """The weekdays; the hours at which people are up; half an hour sooner and later."""
    minutes = club.post_time.hour * 60 + club.post_time.minute
    steps = [minutes + step for step in (-30, 30) if 0 <= minutes + step < 24 * 60]
    return [
        WEEKDAYS,
        [time(hour, club.post_time.minute).isoformat("minutes") for hour in range(6, 22)],
        [time(*divmod(step, 60)).isoformat("minutes") for step in steps],
    ]


def _reminders(words: Sequence[str]) -> Values:
    match words:
        case ["off" | "0"]:
            return {"remind_days": 0}
        case [days, *unit] if unit in ([], ["days"], ["day"]) and _is_number(days, MAX_DAYS):
            return {"remind_days": int(days)}
    raise ValueError(" ".join(words))


def _months(words: Sequence[str]) -> Values:
    match words:
        case [count, *unit] if unit in ([], ["months"], ["month"]) and _is_number(count, MAX_MONTHS):
            return {"contact_months": int(count)}
    raise ValueError(" ".join(words))


def _limit(words: Sequence[str]) -> Values:
    match words:
        case ["default"]:
            return {"own_limit": None}
        case ["off" | "0"]:
            return {"own_limit": 0}
        case [count] if _is_number(count, MAX_LIMIT):
            return {"own_limit": int(count)}
    raise ValueError(" ".join(words))


def _written_limit(club: Club) -> str:
    return "default" if club.own_limit is None else _or_off(club.own_limit)


def _either(name: str, column: str, yes: str = "on", no: str = "off") -> Setting:
    """A setting that is one thing or the other."""
    return Setting(
        name,
        lambda words: {column: _one_of((yes, no), words) == yes},
        lambda club: yes if getattr(club, column) else no,
        lambda _: [[yes, no]],
    )


_ALIKE_EVERYWHERE = (
    Setting("country", _country, lambda club: club.country, lambda club: [near(club.country)]),
    Setting(
        "timezone",
        lambda words: {"timezone": _one_of(TIMEZONES, words)},
        lambda club: club.timezone,
        lambda club: [timezones_near(club.country)],
    ),
    Setting(
        "post",
        _post,
        lambda club: f"{WEEKDAYS[club.post_day]} {club.post_time.isoformat('minutes')}",
        _slots,
    ),
    Setting(
        "currency",
        lambda words: {"currency": _one_of(CURRENCIES, words)},
        lambda club: club.currency,
        lambda club: [currencies_near(club.country)],
    ),
    Setting(
        "reminders",
        _reminders,
        lambda club: _or_off(club.remind_days),
        lambda _: [["3", "5", "7", "10", "14", "21", "30"], ["off"]],
    ),
    _either("question", "monthly_question"),
    _either("pictures", "pictures"),
    Setting("limit", _limit, _written_limit, lambda _: [["5", "10", "20", "50"], ["default", "off"]]),
    _either("totals", "open_totals", "everyone", "admins"),
    Setting(
        "contacts",
        _months,
        lambda club: str(club.contact_months),
        lambda _: [["1", "3", "6", "12", "24", "36", "60"]],
    ),
    _either("names", "keep_names"),
)


def _or_off(number: int) -> str:
    return str(number) if number else "off"


def _one_of(known: Collection[str], words: Sequence[str]) -> str:
    word = " ".join(words)
    if word not in known:
        raise ValueError(word)
    return word


def _is_number(word: str, most: int) -> bool:
    """Is the word a whole number from 1 to `most`?"""
    return word.isascii() and word.isdigit() and len(word) <= len(str(most)) and 1 <= int(word) <= most
