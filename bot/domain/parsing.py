"""What people type after /refer, /thanks and /undo, once the command and the mentions are gone."""

import re
from dataclasses import dataclass

from bot.domain.amounts import Amount, mentions_money
from bot.domain.contact_details import take_out
from bot.domain.direct import take_out_mark
from bot.domain.errors import (
    AmountOutOfRange,
    LongContact,
    NoContact,
    NoVisitor,
    TooLong,
    UnknownNumber,
    UnknownWord,
    UnreadableAmount,
)
from bot.domain.graphemes import cut
from bot.domain.models import Person
from bot.domain.names import has_substance, strip_invisible, utf16_length

MAX_CONTACT = 100
MAX_NEED = 1000
MAX_NOTE = 500
_MAX_REFERRAL = 2000  # contact, need and contact details; a longer text is not worth the search for numbers
_MAX_WORD = 40

_CONTACT_ENDS = re.compile(r":|\n| [-–—]+ ")
_NUMBER = re.compile(r"#([0-9]{1,9})(?![\w#])[,;:.]*\s*")
# "via #12", anywhere; without the # only where a clause ends, as "via 12 suppliers" is a need like any other. A
# telephone number begins with 0 or is longer, and a contact may be called Via 12.
_VIA = re.compile(
    r" *[(\[]?(?<![\w/@.-])via(?: ?# ?(?P<marked>0|[1-9][0-9]{0,8})(?![\w#])|(?<!\Avia) (?P<bare>[1-9][0-9]{0,5})"
    r"(?= *(?:[)\].,;:!]+(?:\s|\Z)|\n|\Z)))[)\]]?",
    re.IGNORECASE,
)
_EDGES = " \n,;:|-–—"


@dataclass(frozen=True)
class ReferralDraft:
    """A referral as typed: who has the need, what it is, and how to reach them (several joined by ", ").

    `inside`: it was said outright to be direct business. `named`: whom Telegram marks in the contact, as a person
    without a username is mentioned. `via` is the number of the referral that it came out of.
    """

    contact: str
    need: str
    phone: str
    email: str
    inside: bool = False
    named: tuple[Person, ...] = ()
    via: int | None = None


@dataclass(frozen=True)
class ThanksDraft:
    """A thanks as typed: for how much business, for which referral, and why.

    `doubtful`: who typed it may have meant another amount, or one where none was read, and is told how it was read.
    """

    amount: Amount | None
    number: int | None
    note: str
    doubtful: bool = False


def read_referral(text: str, region: str) -> ReferralDraft:
    """The contact, the need after it, and the phone numbers and e-mail addresses that stood in either.

    The contact ends at the first colon, line break or dash between spaces; else at the first comma; else with
    the text. A phone number without country code is one of `region`. No part of either are #inside, which says that
    it is direct business, and "via #12", which tells what it came out of. Raises NoContact, LongContact, TooLong, and
    UnknownNumber (via #0).
    """
    unmarked, inside = take_out_mark(text)
    plain = _tidy(unmarked)
    if len(plain) > _MAX_REFERRAL:
        raise TooLong(MAX_NEED)
    via, plain = _read_via(plain)
    details = take_out(plain, region)
    rest = details.text.strip()
    end = _CONTACT_ENDS.search(rest) or re.search(",", rest)
    contact = " ".join(rest[: end.start()].split()) if end else " ".join(rest.split())
    contact = contact.strip(_EDGES)
    need = _tidy(rest[end.end() :]).lstrip(" \n,;:").rstrip(" \n,;:" if via is None else _EDGES) if end else ""
    if not has_substance(contact):
        raise NoContact
    if utf16_length(contact) > MAX_CONTACT:
        raise LongContact(MAX_CONTACT)
    if utf16_length(need) > MAX_NEED:
        raise TooLong(MAX_NEED)
    return ReferralDraft(
        contact, need, phone=", ".join(details.phones), email=", ".join(details.emails), inside=inside, via=via
    )


def read_thanks(text: str, currency: str, region: str, decimal_sign: str = "") -> ThanksDraft:
    """`[amount] [#number] [note]`, also with the number first. An amount without a currency is in `currency`.

    `decimal_sign` is what the writer's language puts before cents; without it no amount is doubtful for its separators.

    Raises UnreadableAmount and AmountOutOfRange (whose text never holds a phone number of `region`), UnknownNumber
    (#0) and TooLong.
    """
    from bot.domain.amount_reading import read_amount  # only here: its patterns take 70 ms to compile

    number, rest = _read_reference(_tidy(text))
    try:
        found = read_amount(rest, currency, decimal_sign)
    except (UnreadableAmount, AmountOutOfRange) as error:
        raise type(error)("…" if take_out(rest, region).phones else error.text) from error
    if found:
        rest = found.rest
    if number is None:
        number, rest = _read_reference(rest)
    if not found:
        return ThanksDraft(None, number, read_note(rest, region), doubtful=mentions_money(rest))
    return ThanksDraft(found.amount, number, read_note(rest, region), found.doubtful)


def read_note(text: str, region: str) -> str:
    """The words after a command: why someone says thanks, what a one-to-one was about. Raises TooLong.

    Without the phone numbers (of `region`) and e-mail addresses in it: nobody needs them there.
    """
    note = _tidy(text)
    if utf16_length(note) > MAX_NOTE:
        raise TooLong(MAX_NOTE)
    return take_out(note, region).text


def read_visitor(text: str, region: str) -> str:
    """A visitor's name, on one line and without phone numbers (of `region`) and e-mail addresses.

    Raises NoVisitor and TooLong.
    """
    plain = _tidy(text)
    if utf16_length(plain) > MAX_NOTE:
        raise TooLong(MAX_CONTACT)
    name = " ".join(take_out(plain, region).text.split()).strip(_EDGES)
    if not has_substance(name):
        raise NoVisitor
    if utf16_length(name) > MAX_CONTACT:
        raise TooLong(MAX_CONTACT)
    return name


def read_number(text: str) -> int | None:
    """The number of an entry (12 or #12); None for nothing. Raises UnknownNumber (0) and UnknownWord."""
    plain = _tidy(text)
    if not plain:
        return None
    found = re.fullmatch(r"#?\s*([0-9]{1,9})", plain)
    if not found:
        raise UnknownWord(cut(plain, _MAX_WORD))
    return _entry_number(found[1])


def _read_via(text: str) -> tuple[int | None, str]:
    """The number of "via #12" or "via 12" in `text`, and the text without it."""
    found = _VIA.search(text)
    if not found:
        return None, text
    return _entry_number(found["marked"] or found["bare"]), text[: found.start()] + text[found.end() :]


def _read_reference(text: str) -> tuple[int | None, str]:
    """The number of `#12` at the start of `text` and the text after it."""
    found = _NUMBER.match(text)
    return (_entry_number(found[1]), text[found.end() :]) if found else (None, text)


def _entry_number(digits: str) -> int:
    number = int(digits)
    if not number:
        raise UnknownNumber(0)
    return number


def _tidy(text: str) -> str:
    """`text` without invisible characters; runs of spaces folded, at most two line breaks in a row."""
    lines = [" ".join(line.split()) for line in strip_invisible(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
