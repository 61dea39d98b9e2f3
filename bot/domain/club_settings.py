"""What an admin may set for a club, as typed after /settings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.domain.countries import CURRENCIES, TIMEZONES, is_country
from bot.domain.errors import NoValue, UnknownWord
from bot.domain.slots import WEEKDAYS, parse_time, parse_weekday

Setting = Literal["language", "country", "post", "timezone", "currency", "reminders", "question", "pictures"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)

MAX_DAYS = 90


@dataclass(frozen=True)
class Change:
    """One setting, and what of the club it makes otherwise: `values`, by the names of its fields.

    `words` ask for the same change: `read_change` takes them, and they are short enough to be behind a button.
    """

    setting: Setting
    words: str
    values: Mapping[str, Any]


def read_change(text: str, languages: Collection[str]) -> Change | None:
    """The change that the text asks for; None for no text. Raises UnknownWord and NoValue.

    The text is in English words and international codes: "post fri 08:30", "country BE". `languages` are the codes of
    those that are spoken here.
    """
    words = text.split()
    if not words:
        return None
    setting = next((known for known in SETTINGS if known == words[0]), None)
    if setting is None:
        raise UnknownWord(words[0])
    if len(words) == 1:
        raise NoValue(setting)
    try:
        if setting == "language":
            values: Mapping[str, Any] = {"language": _one_of(languages, words[1:])}
        else:
            values = _READERS[setting](words[1:])
    except ValueError as error:
        raise UnknownWord(str(error), after=setting) from error
    return Change(setting, " ".join([setting, *_written(setting, values)]), values)


# Each of these takes the words after the setting's own, and raises ValueError with those that mean nothing to it.


def _country(words: Sequence[str]) -> Mapping[str, Any]:
    if not is_country(" ".join(words)):
        raise ValueError(" ".join(words))
    return {"own_country": words[0]}


def _post(words: Sequence[str]) -> Mapping[str, Any]:
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


def _timezone(words: Sequence[str]) -> Mapping[str, Any]:
    return {"timezone": _one_of(TIMEZONES, words)}


def _currency(words: Sequence[str]) -> Mapping[str, Any]:
    return {"currency": _one_of(CURRENCIES, words)}


def _reminders(words: Sequence[str]) -> Mapping[str, Any]:
    match words:
        case ["off" | "0"]:
            return {"remind_days": 0}
        case [days, *unit] if unit in ([], ["days"], ["day"]) and _is_days(days):
            return {"remind_days": int(days)}
    raise ValueError(" ".join(words))


def _question(words: Sequence[str]) -> Mapping[str, Any]:
    return {"monthly_question": _one_of(("on", "off"), words) == "on"}


def _pictures(words: Sequence[str]) -> Mapping[str, Any]:
    return {"pictures": _one_of(("on", "off"), words) == "on"}


_READERS: Mapping[Setting, Callable[[Sequence[str]], Mapping[str, Any]]] = {
    "country": _country,
    "post": _post,
    "timezone": _timezone,
    "currency": _currency,
    "reminders": _reminders,
    "question": _question,
    "pictures": _pictures,
}


def _one_of(known: Collection[str], words: Sequence[str]) -> str:
    word = " ".join(words)
    if word not in known:
        raise ValueError(word)
    return word


def _is_days(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= len(str(MAX_DAYS)) and 1 <= int(word) <= MAX_DAYS


def _written(setting: Setting, values: Mapping[str, Any]) -> list[str]:
    """The values in words that are read as the same again."""
    if setting != "post":
        (value,) = values.values()
        return [("on" if value else "off") if isinstance(value, bool) else str(value)]
    day = [WEEKDAYS[values["post_day"]]] if "post_day" in values else []
    return [*day, *([values["post_time"].isoformat("minutes")] if "post_time" in values else [])]
