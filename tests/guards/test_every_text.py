"""Every text is said in every language, with data that nobody would want in a sentence."""

import inspect
import pkgutil
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib import import_module
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot import texts
from bot.domain.amounts import Amount
from bot.domain.audit import AuditEntry
from bot.domain.chains import Branch
from bot.domain.forms import Step
from bot.domain.imports.tables import FIELDS
from bot.domain.models import Event, Referral
from bot.domain.names import utf16_length
from bot.playground.html import parse
from bot.services.board import WeekOfClub
from bot.texts import language
from bot.texts.audit import SENTENCES
from bot.texts.catalogues import SPOKEN
from bot.texts.club_settings import WORDINGS
from bot.texts.imports import UNREADABLE
from bot.texts.language import Language
from bot.texts.thanks import ThanksView

# As long as Telegram lets a person's or a group's name be.
NAMES = ("O'Connor", "Jean-Rémy", "<b>&{x}</b>", "محمد", "👩‍👩‍👧 Zoë", "W" * 50)
COUNTS = (0, 1, 2, 21, 1500)
MAX_MESSAGE, MAX_BUTTON, MAX_ALERT = 4096, 64, 200
"""Telegram's limits, in UTF-16 units; a button's is ours: what is longer nobody reads."""


# Those that take a sentence or a refusal, which test_texts tries one by one, and help.
ELSEWHERE = {"refusal", "alert", "help_lines", "unchanged", "last_for_now"}


class Anyone(defaultdict[Any, Any]):
    """A name, or whatever else is asked for, for every id."""

    def __init__(self, value: Any) -> None:
        super().__init__(lambda: value)

    def __bool__(self) -> bool:
        return True


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Awkward values of this type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Mapping, dict):
        return anything(inner[1]).map(Anyone)
    if origin in (Sequence, list):
        return st.lists(anything(inner[0]), max_size=30)
    if origin is tuple and Ellipsis in inner:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(anything, inner))
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if inner:
        return st.one_of(*(anything(each) for each in inner))
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__") and kind not in PLAIN:
        return st.builds(kind, **named(kind, kind.__dataclass_fields__))
    return PLAIN[kind] if kind in PLAIN else st.sampled_from(kind)


def named(of: Any, names: Iterable[str]) -> dict[str, st.SearchStrategy[Any]]:
    """Awkward values of what a function takes, or a dataclass has, under these names."""
    hints = typing.get_type_hints(of)
    keys = {name: key for name in names for key in (name, f"{of.__name__}.{name}") if key in BY_NAME}
    return {name: BY_NAME[keys[name]] if name in keys else anything(hints[name]) for name in names}


PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(NAMES),
    Markup: st.sampled_from(NAMES).map(Markup("<b>{}</b>").format),
    int: st.sampled_from(COUNTS),
    float: st.sampled_from((1024.0, inf)),
    bool: st.booleans(),
    type(None): st.none(),
    time: st.just(time(8, 5)),
    datetime: st.just(datetime(2026, 3, 1, 8, 5, tzinfo=UTC)),
    date: st.just(date(2026, 12, 31)),
    ZoneInfo: st.just(ZoneInfo("Europe/Brussels")),
    Amount: st.builds(Amount, st.sampled_from((1, 150050, 10**11)), st.sampled_from(("EUR", "CHF", "JPY"))),
}


def has_chain(view: ThanksView) -> bool:
    """Is it a thanks that a chain led to?"""
    return view.referral is not None and view.began is not None


EVENTS = (
    ("status", "new"),
    ("status", "declined:trade"),
    ("thanks", "12"),
    ("warmth", "5"),
    ("agreed", "yes"),
    ("via", "7"),
)
PLAIN[Event] = st.sampled_from([Event(1, datetime(2026, 3, 1, 8, 5, tzinfo=UTC), 1, *each) for each in EVENTS])
DETAILS: dict[str, Any] = {"numbers": [1, 10**9], "setting": "post", "was": "mon 09:00", "now": "fri 08:30"}
DETAILS |= {"format": "xlsx", "first": "2026-01-31", "last": "2026-03-01", "counts": {"referral": 2, "member": 1}}
"""All that is told of what was done in a club, whichever it was."""
PLAIN[AuditEntry] = st.sampled_from(
    [AuditEntry(datetime(2026, 3, 1, 8, 5, tzinfo=UTC), 1, what, DETAILS) for what in SENTENCES]
)
# What is not any value of its type.
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "warmth": st.sampled_from((1, 2, 3, 4, 5)),
    "setting": st.sampled_from(list(WORDINGS)),
    "timezone": st.just("Europe/Brussels"),
    "post_day": st.integers(0, 6),
    "Club.language": st.sampled_from(SPOKEN),
    "own_country": st.sampled_from((None, "CH")),
    "currency": st.sampled_from(("EUR", "CHF")),
    "Share.indirect": st.just(1),
    "whole": st.just(3),
    "degree": st.sampled_from((1, 2, 3)),
    "warmth.step": st.sampled_from((1, 2, 3, 4, 5)),
    "month": st.just("2026-03"),
    "reason": st.sampled_from(("trade", "time", "far")),
    "field": st.sampled_from(sorted({field for fields in FIELDS.values() for field in fields})),
    "unreadable.why": st.sampled_from(sorted(UNREADABLE)),
    "step": st.sampled_from([step for step in typing.get_args(Step) if step != "look"]),
}
BY_NAME |= {
    "Figures.weeks": st.lists(anything(WeekOfClub), min_size=1, max_size=12),
    "Standing.open": st.lists(anything(Referral), min_size=1, max_size=12),
    "to_first.view": st.builds(ThanksView, **named(ThanksView, ThanksView.__dataclass_fields__)).filter(has_chain),
    "branches": st.lists(anything(Branch), min_size=1, max_size=40),
}


def said() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions that say something in a language."""
    for module in pkgutil.iter_modules(texts.__path__, "bot.texts."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            speaks = "lang" in inspect.signature(function).parameters and function.__module__ == module.name
            if speaks and not name.startswith("_") and name not in ELSEWHERE:
                yield f"{module.name.rpartition('.')[2]}.{name}", function


SAID = dict(said())


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("what", SAID)
def test_every_text_can_be_said_with_awkward_data(what: str, code: str) -> None:
    function = SAID[what]
    wanted = named(function, [name for name in inspect.signature(function).parameters if name != "lang"])

    @settings(max_examples=12, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries(wanted))
    def say(arguments: dict[str, Any]) -> None:
        check(what, function(language(code), **arguments))

    say()


def check(what: str, result: Any) -> None:
    """Is it whole, and not longer than Telegram takes?"""
    if isinstance(result, Markup):
        shown = parse(str(result), lambda _: None)[0]
        assert utf16_length(shown) <= MAX_MESSAGE
    else:
        # Of a picture's recipe what is written in it.
        shown = "\n".join(written(result)) if isinstance(result, dict) else str(result)
        assert "<b>" not in shown.replace(NAMES[2], "")
    if what.endswith("_button"):
        assert 0 < utf16_length(shown) <= MAX_BUTTON
    if what.endswith("_alert"):
        assert 0 < utf16_length(shown) <= MAX_ALERT
    assert "{" not in shown.replace("{x}", "")


def written(recipe: Any) -> Iterator[str]:
    """The words in a recipe, wherever they are."""
    if isinstance(recipe, str):
        yield recipe
    elif isinstance(recipe, list | dict):
        for each in recipe.values() if isinstance(recipe, dict) else recipe:
            yield from written(each)


def test_a_language_is_a_frozen_thing_that_can_be_shared() -> None:
    assert isinstance(language("nl"), Language)
    assert language("nl") is language("nl")
