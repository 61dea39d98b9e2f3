"""Amounts as members of four languages type them: none is misread, and none is lost in silence."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.domain.errors import AmountOutOfRange, UnreadableAmount
from bot.domain.parsing import ThanksDraft, read_thanks
from bot.texts import language

CORPUS = Path(__file__).with_name("amounts_corpus.txt")
CURRENCIES = {"CH": "CHF", "CA": "CAD", "GB": "GBP", "US": "USD"}
LANGUAGES = {"nl", "fr", "de", "en"}


@dataclass(frozen=True)
class Line:
    language: str
    typed: str
    reading: str
    note: str
    why: str

    @property
    def currency(self) -> str:
        return CURRENCIES.get(self.language[3:], "EUR")

    @property
    def decimal_sign(self) -> str:
        spoken, _, country = self.language.partition("-")
        return language(spoken, country).decimal_sign


def lines() -> list[Line]:
    found = []
    for text in CORPUS.read_text("utf-8").splitlines():
        if text and not text.startswith("#"):
            fields = [field.strip() for field in text.split("|")]
            typed = fields[1].replace("\\u202f", "\u202f").replace("\\u00a0", "\u00a0")
            found.append(replace(Line(*fields), typed=typed))
    return found


LINES = lines()


def told(draft: ThanksDraft) -> str:
    """The reading as the corpus writes it."""
    read = f"{draft.amount.currency} {draft.amount.decimal}" if draft.amount else "NOTE"
    return f"{read} ?" if draft.doubtful else read


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.language} {line.typed}")
def test_an_amount_is_read_as_its_writer_meant_it_or_not_at_all(line: Line) -> None:
    if line.reading == "REFUSED":
        with pytest.raises(UnreadableAmount):
            read_thanks(line.typed, line.currency, "BE", line.decimal_sign)
        return
    draft = read_thanks(line.typed, line.currency, "BE", line.decimal_sign)
    assert (told(draft), draft.note) == (line.reading, line.note), line.why


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.language} {line.typed}")
def test_the_language_of_the_club_decides_on_doubts_and_on_nothing_else(line: Line) -> None:
    readings: set[object] = set()
    for decimal_sign in ("", ".", ","):
        try:
            draft = read_thanks(line.typed, line.currency, "BE", decimal_sign)
            readings.add((draft.amount, draft.note))
        except (UnreadableAmount, AmountOutOfRange) as error:
            readings.add((type(error), error.text))
    assert len(readings) == 1


def test_the_corpus_is_of_four_languages_and_says_why() -> None:
    spoken = Counter(line.language[:2] for line in LINES)
    assert set(spoken) == LANGUAGES
    assert min(spoken.values()) >= 60
    assert all(line.why for line in LINES)
    assert len({(line.language, line.typed) for line in LINES}) == len(LINES)
