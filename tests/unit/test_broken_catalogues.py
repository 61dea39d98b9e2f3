"""A catalogue that cannot be used is refused when it is read, not where somebody waits for an answer."""

from pathlib import Path

import pytest

from bot.texts import catalogues
from bot.texts.catalogues import BrokenCatalogueError
from bot.texts.language import Language

GOOD = """msgid ""
msgstr ""
"Language: nl_BE\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "for #{number}"
msgstr "voor #{number}"

msgid "one member of {club}"
msgid_plural "{count} members of {club}"
msgstr[0] "één lid van {club}"
msgstr[1] "{count} leden van {club}"

msgctxt "command"
msgid "help"
msgstr "hulp"
"""


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, content: str, encoding: str = "utf-8") -> Language:
    (folder / "nl.po").write_bytes(content.encode(encoding))
    monkeypatch.setattr(catalogues, "LOCALES", folder)
    translations, locale = catalogues.catalogue.__wrapped__("nl")
    return Language("nl", locale, translations)


def test_a_whole_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lang = read(tmp_path, monkeypatch, GOOD)
    assert lang.t("for #{number}", number=1) == "voor #1"
    assert lang.n("one member of {club}", "{count} members of {club}", 2, club="Gent") == "2 leden van Gent"


@pytest.mark.parametrize(
    ("good", "broken", "why"),
    [
        ('msgid "for', '<<<<<<< HEAD\nmsgid "for', "keyword"),
        ("voor #{number}", "voor #{nummer}", "“voor #{nummer}” (line 7) fills in {nummer}"),
        ("{count} leden van {club}", "{count} leden van {clubs}", "{clubs}"),
        ("voor #{number}", "voor #{number", "expected '}'"),
        ("voor #{number}", "voor #{}", "fills in {}"),
        ("nplurals=2", "nplurals=two", "two"),
        ("plural=(n != 1)", "plural=(anything)", "plural form"),
    ],
)
def test_one_that_is_broken_is_refused_by_name_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: str, broken: str, why: str
) -> None:
    with pytest.raises(BrokenCatalogueError) as raised:
        read(tmp_path, monkeypatch, GOOD.replace(good, broken))
    assert str(raised.value).startswith("The catalogue nl.po cannot be used: ")
    assert why in str(raised.value)


def test_one_in_another_encoding_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenCatalogueError):
        read(tmp_path, monkeypatch, GOOD, encoding="latin-1")


@pytest.mark.parametrize("missing", ['msgstr[1] "{count} leden van {club}"\n', GOOD[GOOD.index('msgid "one') :]])
def test_what_it_does_not_translate_is_said_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    lang = read(tmp_path, monkeypatch, GOOD.replace(missing, ""))
    assert lang.n("one member of {club}", "{count} members of {club}", 2, club="Gent") == "2 members of Gent"
    assert lang.t("for #{number}", number=1) == "voor #1"
