"""Phone numbers and e-mail addresses in a text: for the two people concerned, never for the group."""

import re
from dataclasses import dataclass

from phonenumbers import PhoneNumberFormat, format_number

from bot.domain.phone_numbers import NUMBER_WORDS, PHONE_WORDS, phone_numbers

_MARK = "\0"  # stands where something was taken out

# piet@x.be, piet @ x.be, piet(at)x.be, piet [at] x [dot] be. After " @ " the address ends in a plain word.
# Possessive throughout, and starting only where a word starts, so the time is linear.
_AT = (
    r"(?: ?[(\[{<] ?(?:at|@|apestaart(?:je)?|arobase) ?[)\]}>] ?"
    r"| ?@ (?=(?:[\w-]++\.)+(?-i:[a-z]{2,}+|[A-Z]{2,}+)(?!\w))|@)"
)
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|punt|point|\.) ?[)\]}] ?)"
_EMAIL = re.compile(
    r"(?<![\w.%+'&~-])[.'-]*+(?P<name>[\w%+&~][\w.%+'&~-]*+)"
    rf"{_AT}(?P<domain>(?:[\w-]++{_DOT})+[^\W\d_](?:[\w-]*\w))",
    re.IGNORECASE,
)
_MAIL_WORDS = r"e-?mail(?:adres)?|courriel|mailto|mail|[✉📧]\ufe0f?"
_LABEL = re.compile(
    rf"(?<![^\W_])(?P<word>{PHONE_WORDS}|{_MAIL_WORDS})(?P<end>[ .:#]*+(?:(?:{NUMBER_WORDS})[ .:#]*+)?+){_MARK}",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[{<]([^()\[\]{}<>]*+)[)\]}>]")
_BETWEEN = re.compile(rf"{_MARK} ?(?:or|of|ou|oder|and|en|et|und|&|\+) ?(?={_MARK})", re.IGNORECASE)
_AROUND = re.compile(rf"[\s,;:|/.–—{_MARK}-]+")


@dataclass(frozen=True)
class Details:
    """`text` without its contact details; `phones` in international form; `emails` as typed, but with @ for (at)
    and a dot for [dot]; no doubles."""

    text: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]


def take_out(text: str, region: str) -> Details:
    """The phone numbers and e-mail addresses in `text`, and the text without them or their labels ("tel:").

    A number without country code is one of `region` ("BE"). Mistyped phone numbers are taken out too, and
    line breaks stay.
    """
    emails: dict[str, None] = {}
    phones: dict[str, None] = {}

    def take_email(match: re.Match[str]) -> str:
        emails[f"{match['name']}@{re.sub(_DOT, '.', match['domain'], flags=re.IGNORECASE)}"] = None
        return _MARK

    rest = _EMAIL.sub(take_email, text.replace(_MARK, ""))
    for email in emails:  # also where it is glued to something: an@x.be+an@x.be
        rest = rest.replace(email, _MARK)
    for start, end, number in reversed(phone_numbers(rest, region)):
        phones[format_number(number, PhoneNumberFormat.INTERNATIONAL)] = None
        rest = rest[:start].removesuffix("#") + _MARK + rest[end:]
    return Details(_tidied(rest), tuple(reversed(phones)), tuple(emails))


def _tidied(text: str) -> str:
    """`text` without marks, the labels before them, brackets that are now empty and dangling separators."""
    text = _BETWEEN.sub(_MARK, text)
    for _ in range(2):  # a label may have a label: "tel. mobile:"
        text = _LABEL.sub(_without_label, text)
    for _ in range(2):
        text = _BRACKETS.sub(_without_empty_brackets, text)
    return re.sub(r" {2,}", " ", _AROUND.sub(_without_mark, text))


def _without_label(match: re.Match[str]) -> str:
    """The mark alone; or all of it when the "label" is a word of the sentence: she wants a new phone 0470…"""
    before = match.string[max(0, match.start() - 60) : match.start()].rstrip(" ")
    last_word = before.split()[-1] if before.split() else ""
    is_label = (
        match["end"].strip(" ") != ""
        or match["end"] == ""
        or match["word"].lower() in ("tel", "tél", "gsm")
        or before[-1:] in ("", "\n", _MARK)
        or not before[-1:].isalnum()
        or last_word[:1].isupper()
    )
    return _MARK if is_label else match[0]


def _without_empty_brackets(match: re.Match[str]) -> str:
    inside = match[1]
    return _MARK if _MARK in inside and _AROUND.fullmatch(inside) else match[0]


def _without_mark(match: re.Match[str]) -> str:
    """What stays of a run of separators and marks: the one separator that divides most."""
    run = match[0]
    if _MARK not in run:
        return run
    at_start, at_end = match.start() == 0, match.end() == len(match.string)
    breaks = max(part.count("\n") for part in run.split(_MARK))
    if at_start or at_end:
        return "." if at_end and not at_start and "." in run and not breaks else ""
    if breaks:
        return "\n" * breaks
    for separator in ":;,":
        if separator in run:
            return f"{separator} "
        if separator == ":" and re.search(r"[-–—]", run):
            return " - "
    return ". " if "." in run else " "
