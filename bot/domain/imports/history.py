"""Reading back the history of a referral as the export writes it."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime

from bot.domain.imports.entries import Happened, Who

_HEAD = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d(?::\d\d)?) "
    r"(?:(?P<side>kind|warmth|agreed|via|thanks) )?(?P<value>[a-z0-9_]{1,12}(?::[a-z]{1,8})?)(?= by |; \d{4}-|\Z)"
)
_STATUSES = {"new", "contacted", "in_progress", "won", "lost", "declined"}
_VALUES = {
    "kind": re.compile("outside|inside"),
    "warmth": re.compile("[1-5]"),
    "agreed": re.compile("yes|no"),
    "via": re.compile("[0-9]{1,9}"),
    "thanks": re.compile("won"),
}


def read_history(text: str, people: Mapping[str, Who]) -> list[Happened] | None:
    """What happened, in order; None for what the export did not write. `people` are those of the file by name.

    People's names may look like anything, so the longest that fits is taken of those that are known.
    """
    if text.startswith("["):
        return _of_json(text, people)
    happened: list[Happened] = []
    at = 0
    while at < len(text):
        head = _HEAD.match(text, at)
        if head is None or not _is_value(head["side"], head["value"]):
            return None
        at, by = head.end(), None
        if text.startswith(" by ", at):
            name = _name(text, at + len(" by "), people)
            at, by = at + len(" by ") + len(name), people.get(name, Who(name))
        try:
            moment = datetime.fromisoformat(head["at"])
        except ValueError:
            return None
        happened.append(Happened(moment, head["side"] or "status", head["value"], by))
        if at < len(text) and not text.startswith("; ", at):
            return None
        at += len("; ")
    return happened


def _is_value(side: str | None, value: str) -> bool:
    if side is None:
        return value.partition(":")[0] in _STATUSES
    return _VALUES[side].fullmatch(value) is not None


def _name(text: str, start: int, people: Collection[str]) -> str:
    heads = (found.start() - len("; ") for found in _HEAD.finditer(text, start))
    ends = [end for end in heads if text.startswith("; ", end)]
    for end in (len(text), *reversed(ends)):
        if text[start:end] in people:
            return text[start:end]
    return text[start : min(ends, default=len(text))]


def _of_json(text: str, people: Mapping[str, Who]) -> list[Happened] | None:
    """The same from a JSON export, where a person is named with the id."""
    try:
        kept = json.loads(text)
        happened = [
            Happened(
                datetime.fromisoformat(each["at"]),
                each["side"],
                str(each["value"]),
                people.get(each["by"], Who(each["by"], each["by_id"])) if each["by"] else None,
            )
            for each in kept
        ]
    except (ValueError, TypeError, KeyError):
        return None
    sound = all(each.at.tzinfo and each.side in ("status", *_VALUES) for each in happened)
    is_value = all(_is_value(None if each.side == "status" else each.side, each.value) for each in happened)
    return happened if sound and is_value else None
