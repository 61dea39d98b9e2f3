"""Every sentence is in bot.texts, is whole, and is HTML that Telegram takes."""

import ast
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain import errors
from bot.playground.html import parse
from bot.texts import language, refusals
from bot.texts.audit import SENTENCES
from bot.texts.catalogues import SPOKEN
from tests.guards.source import calls, place, python_files, tree

BASES = (errors.Refusal, errors.AboutEntry)
REFUSALS = [
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, errors.Refusal) and found not in BASES
]
NASTY: dict[Any, Any] = {int: 2, str: "<b>&{x}\n" + "9" * 90, datetime: datetime(2026, 3, 10, 12, 0, tzinfo=UTC)}
# What Language's methods take that is a sentence: the number of leading arguments.
SENTENCES_OF = {"t": 1, "plain": 1, "n": 2, "marked": 1}


def refusal_of(kind: type[errors.Refusal]) -> errors.Refusal:
    """A refusal of this kind with data that nobody would want in a sentence."""
    made: Any = kind  # to mypy an exception is no dataclass
    data = [NASTY[field.type] for field in fields(made)] if is_dataclass(made) else []
    refusal: errors.Refusal = made(*data)
    return refusal


def plain(html: str) -> str:
    """What Telegram shows of this HTML. Raises where Telegram would refuse it."""
    return parse(html, lambda _: None)[0]


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence_that_is_whole(kind: type[errors.Refusal], code: str) -> None:
    lang, error = language(code), refusal_of(kind)
    example = "/refer @bert Piet <Peeters>: a website & more"
    shown = plain(refusals.refusal(lang, error, ZoneInfo("Europe/Brussels"), example))
    sentence = shown.removesuffix(example).rstrip()
    assert len(sentence) > 10
    assert len(sentence) < 300
    assert "{" not in sentence.replace("{x}", "")
    assert (sentence != shown) == sentence.endswith(":")  # a colon announces the example


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_can_be_the_answer_to_a_button(kind: type[errors.Refusal]) -> None:
    said = refusals.alert(language("en"), refusal_of(kind), ZoneInfo("Europe/Brussels"))
    assert len(said) > 10
    assert "&lt;" not in said
    assert "{" not in said.replace("{x}", "")


def said_in(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """The sentences in the file: the call, the method that takes it, the sentence."""
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for argument in call.args[: SENTENCES_OF.get(name, 0)]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield call, name, argument.value


SAID = [
    (place(path, call), call, name, text) for path in python_files("bot/texts") for call, name, text in said_in(path)
]


@pytest.mark.parametrize(("call", "name", "text"), [said[1:] for said in SAID], ids=[said[0] for said in SAID])
def test_every_sentence_is_html_for_telegram_and_all_in_it_is_filled_in(call: ast.Call, name: str, text: str) -> None:
    names = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if name == "plain":
        assert "<" not in text, "labels and alerts show no markup"
    assert plain(text.format(**dict.fromkeys(names, "x"))).strip()
    if name != "marked" and all(keyword.arg is not None for keyword in call.keywords):
        given = {str(keyword.arg) for keyword in call.keywords} | ({"count"} if name == "n" else set())
        assert names <= given
        assert given - names <= {"count"}


def is_declared(node: ast.AST) -> bool:
    """Is all in it no sentence to a person: a docstring, the declaration of a command, an error of ours?"""
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_declaration = isinstance(node, ast.Call) and ast.unparse(node.func) in ("router.command", "re.compile")
    return is_docstring or is_declaration or isinstance(node, ast.Raise)


@pytest.mark.parametrize("path", python_files("handlers", "bot/services"), ids=lambda path: path.name)
def test_no_sentence_is_outside_the_texts(path: Path) -> None:
    module = tree(path)
    harmless = {id(inner) for node in ast.walk(module) if is_declared(node) for inner in ast.walk(node)}
    sentences = [
        f"{place(path, node)} {node.value!r}"
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if " " in node.value.strip() and id(node) not in harmless
    ]
    assert sentences == []


def test_whatever_is_kept_for_the_audit_list_has_a_sentence_and_a_word_that_is_short_enough() -> None:
    kept = {
        call.args[2].value
        for folder in ("bot", "handlers")
        for path in python_files(folder)
        for call in calls(path)
        if ast.unparse(call.func).endswith("audit.add") and isinstance(call.args[2], ast.Constant)
    }
    assert kept == set(SENTENCES)
    assert max(map(len, SENTENCES)) <= 16  # the column's length
