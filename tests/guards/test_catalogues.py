"""The catalogues are whole: nothing missing, left over, doubtful, half translated, or left in English by accident."""

import re
import string
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bot.app import COMMANDS
from bot.commands import Command
from bot.playground.html import parse
from bot.texts import language
from bot.texts.catalogues import LOCALES, SPOKEN
from bot.texts.vocabulary import COMMAND, WORDS, english, plain, shown_name
from tests.support.catalogues import read, template

TEMPLATE = template()
CODES = [code for code in SPOKEN if code != "en"]
# Words that are the same in another language; who adds one has looked it up.
SAME = {
    "nl": {"Contact", "Details", "E-mail", "Export", "{giver} → <b>{recipient}</b>, in {club}:"},
    "fr": {"Contact", "Date", "E-mail", "Export"},
    "de": {"Export", "Name", "{giver} → <b>{recipient}</b>, in {club}:"},
}
TAG = re.compile(r"</?[a-z]+>")
TYPED = re.compile(r"(?:^|[\s>(“«„])/([a-z]+)")
"""A command in a sentence."""


def catalogue(code: str) -> Catalog:
    return read(LOCALES / f"{code}.po")


def forms(message: Message) -> list[str]:
    """The sentence, or each of its forms where it counts something."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def sources(message: Message) -> list[str]:
    """The English of it."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def sentences(code: str) -> list[Message]:
    """What the language says, without the words that people type."""
    return [message for message in catalogue(code) if message.id and not message.context]


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_holds_what_the_code_says_and_no_more(code: str) -> None:
    def said(of: Catalog) -> set[tuple[object, object]]:
        return {(message.id, message.context) for message in of if message.id}

    assert said(catalogue(code)) == said(TEMPLATE)  # `make catalogues` brings it in step
    assert not catalogue(code).obsolete


@pytest.mark.parametrize("code", CODES)
def test_everything_is_translated_and_nothing_is_doubtful(code: str) -> None:
    assert [m.id for m in catalogue(code) if m.id and (m.fuzzy or not all(map(str.strip, forms(m))))] == []
    plural = catalogue(code).num_plurals
    assert [m.id for m in sentences(code) if len(sources(m)) > 1 and len(forms(m)) != plural] == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_left_in_english_by_accident(code: str) -> None:
    left = [
        source
        for message in sentences(code)
        for source, form in product(sources(message), forms(message))
        if source == form and re.search(r"[A-Za-z]{2}", TAG.sub("", re.sub(r"\{\w+\}|^/\w+$", "", form)))
    ]
    assert set(left) - SAME.get(code, set()) == set()


@pytest.mark.parametrize("code", CODES)
def test_a_translation_fills_in_and_marks_up_what_its_source_does(code: str) -> None:
    wrong = []
    for message in sentences(code):
        source = sources(message)[-1]
        for form in forms(message):
            may = fields(source) | ({"count"} if len(sources(message)) > 1 else set())
            if not fields(source) - {"count"} <= fields(form) <= may:  # "one member" may say it in a word
                wrong.append(form)
            if sorted(TAG.findall(form)) != sorted(TAG.findall(source)):
                wrong.append(form)
            if form.endswith(":") != source.endswith(":") or form.endswith("\n") != source.endswith("\n"):
                wrong.append(form)
            parse(form.format(**dict.fromkeys(fields(form), "x")), lambda _: None)
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_the_commands_in_a_sentence_are_those_that_the_language_shows(code: str) -> None:
    shown = {shown_name(code, command.name) for command in COMMANDS}
    assert {word for m in sentences(code) for form in forms(m) for word in TYPED.findall(form)} <= shown


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_explained_under_its_local_name_and_fits_telegrams_menu(command: Command, code: str) -> None:
    lang, name = language(code), shown_name(code, command.name)
    assert re.fullmatch(r"[a-z]{3,32}", name)
    assert 3 <= len(lang.plain(command.summary)) <= 256
    for line in (command.usage, *command.examples):
        assert lang.plain(line).split()[0] == f"/{name}"


def test_no_name_of_a_command_means_two_things() -> None:
    meant = defaultdict(set)
    for command in COMMANDS:
        for name in command.names:
            meant[name].add(command.name)
    assert {name: commands for name, commands in meant.items() if len(commands) > 1} == {}


@pytest.mark.parametrize("kind", WORDS)
def test_no_word_that_people_type_means_two_things(kind: str) -> None:
    meant = defaultdict(set)
    words = [message for code in CODES for message in catalogue(code) if message.context == kind]
    for message in words:
        for typed in [str(message.id), *" ".join(forms(message)).split()]:
            meant[plain(typed)].add(message.id)
            assert english(kind, typed.upper().replace("_", " ")) == message.id
    assert {typed: words for typed, words in meant.items() if len(words) > 1} == {}


def test_the_names_of_the_commands_that_every_club_was_promised_are_understood() -> None:
    names = {name: command.name for command in COMMANDS for name in command.names}
    for promised in ("doorverwijs", "recommande", "empfehle"):
        assert names[promised] == "refer"
    for promised in ("bedankt", "merci", "danke"):
        assert names[promised] == "thanks"
    for promised in ("ranglijst", "classement", "rangliste"):
        assert names[promised] == "leaderboard"


def test_there_are_no_compiled_catalogues() -> None:
    assert list(Path("bot").rglob("*.mo")) == []
    assert COMMAND not in WORDS
