"""Where phone numbers stand in a text, however they are typed."""

import re
from collections.abc import Iterator
from itertools import accumulate, islice, pairwise

from phonenumbers import (
    Leniency,
    PhoneNumber,
    PhoneNumberMatcher,
    ValidationResult,
    is_possible_number_with_reason,
    is_valid_number,
)

from bot.domain.dialling import dialling, parsed

# What stands before a number; patterns, letter case ignored.
PHONE_WORDS = (
    r"tel(?:efoon|efon|ephone|éfono|éphone|ephon)?|tél(?:éphone)?|phone|gsm|mobile?|mobiel|mob|handy|natel|whatsapp"
    r"|[☎📞📱✆]\ufe0f?"
)
NUMBER_WORDS = r"nr|n°|no|nummer|number|num[ée]ro"

_MOST_TRIES = 60  # bounds the matcher's time on a text of nothing but digits
_MOST_VALID = 20
_FEWEST_VALID = 4  # as on Niue; a text with fewer digits is not worth the search
_FEWEST_DIGITS = 8  # shorter numbers are not looked for: too much else is as short
_MOST_DIGITS = 17  # "00" and the 15 of ITU-T E.164

_NUMBER_LIKE = re.compile(
    r"(?<![\w#])(?<!\d[.,/:-])(?:\+\s?|\(?\+|\(?0(?=\d))[\d ()./\u00a0\u202f–-]{6,34}(?<=\d)(?!\d)"
)
_DATE_OR_HOURS = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})(?![\d./-])|[0-2]?\d[.:]\d{2}\s*[-–]"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"
)
_ISO_DATE = re.compile(r"[12]\d{3}([./-])(?:0?[1-9]|1[0-2])\1(?:[0-2]?\d|3[01])(?!\d)")
# Before an amount or a company's number: 0471.234.567 can be a Belgian company as well as a mobile. In small
# letters "be" is a country only when glued to the number: the word, and the end of www.x.be, are none.
_NOT_A_PHONE_AFTER = re.compile(
    rf"(?:[€$£]|(?<![\w.@])(?:EUR|BTW|TVA|VAT|KBO|BCE|IBAN|(?-i:BE))(?!\w))[\s:.-]*(?:{NUMBER_WORDS})?[\s:.]*\Z"
    r"|(?<![\w.@])BE\Z",
    re.IGNORECASE,
)
_AMOUNT_FOLLOWS = re.compile(r"\s*(?:[€$£%]|EUR\b|euros?\b|[.,]\d)", re.IGNORECASE)

# Groups of digits with separators that the library does not know, as in 0470,12,34,56.
_GROUPS = re.compile(r"(?<!\d)\d++(?:[ \u00a0\u202f\t,.:;_/|*~'’()–—-]{1,3}\d++)*+")
_DIGITS = re.compile(r"\d++")
_PLUS = re.compile(r"\+ ?\Z")
_LABEL_BEFORE = re.compile(rf"(?<![^\W_])(?:{PHONE_WORDS})[ .:#]*(?:(?:{NUMBER_WORDS})[ .:#]*)?\(?\Z", re.IGNORECASE)
_THOUSANDS_GAPS = frozenset(" .,'’\u00a0\u202f")


def phone_numbers(text: str, region: str) -> list[tuple[int, int, PhoneNumber]]:
    """Start, end and number of what is or looks like a phone number, in order.

    A number without country code is one of `region` ("BE").
    """
    if sum(map(str.isdecimal, text)) < _FEWEST_VALID:
        return []
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)  # of any script
    matcher = PhoneNumberMatcher(text, region, leniency=Leniency.VALID, max_tries=_MOST_TRIES)
    found = [
        (match.start + _opening_bracket(match.raw_string), match.end, match.number)
        for match in islice(matcher, _MOST_VALID)
        if not _is_another_number(text, match.start, match.end)
    ]
    found += _mistyped(_blanked(text, found), region)
    found += _disguised(_blanked(text, found), region)
    return sorted(found, key=lambda entry: entry[0])


def _blanked(text: str, found: list[tuple[int, int, PhoneNumber]]) -> str:
    """`text` with nothing left to find in the places found."""
    for start, end, _ in found:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _mistyped(text: str, region: str) -> Iterator[tuple[int, int, PhoneNumber]]:
    at = 0
    while run := _NUMBER_LIKE.search(text, at):
        start = run.start() + _opening_bracket(run[0])
        follows_a_number = text[at:start].rstrip(" ")[-1:].isdigit() and not run[0].startswith("+")
        at = run.end()
        if _DATE_OR_HOURS.match(run[0]) or follows_a_number or _is_another_number(text, start, run.end()):
            continue
        likely = _longest_likely(text[start : run.end()], region)
        if likely:
            at = start + likely[0]
            yield start, at, likely[1]


def _opening_bracket(run: str) -> int:
    """1 when the number begins with a bracket that closes only after it, as in (0470…, an@x.be); else 0."""
    return 1 if run.startswith("(") and ")" not in run else 0


def _longest_likely(run: str, region: str) -> tuple[int, PhoneNumber] | None:
    """Length and number of the longest start of `run` that could be dialled, or is too long to."""
    likely = None
    for end in sorted({len(run), *(space.start() for space in re.finditer(r"\s+", run))}, reverse=True):
        digits = re.sub(r"\D", "", run[:end])
        shortest = _FEWEST_DIGITS if end == len(run) else _FEWEST_DIGITS + 1  # not the first 8 of 0470 12 34 567
        if not shortest <= len(digits) <= 16:
            continue
        match _possibility(run[:end], digits, region):
            case ValidationResult.IS_POSSIBLE:
                likely = end
                break
            case ValidationResult.TOO_LONG:
                likely = end
    number = parsed(run[:likely], region) if likely else None
    return (likely, number) if likely and number else None


def _possibility(typed: str, digits: str, region: str) -> int | None:
    """The library's ValidationResult, which looks at the length only; None for what is no number."""
    lengths = dialling(region).lengths
    if lengths and typed[0] == "0" and digits[1] != "0":  # most often, and ten times as fast
        if len(digits) > max(lengths):
            return ValidationResult.TOO_LONG
        return ValidationResult.IS_POSSIBLE if len(digits) in lengths else None
    number = parsed(typed, region)
    return is_possible_number_with_reason(number) if number else None


def _disguised(text: str, region: str) -> Iterator[tuple[int, int, PhoneNumber]]:
    """Numbers glued to a word, with odd separators, or (when they can be nothing else) without their 0."""
    for run in _GROUPS.finditer(text):
        groups = list(_DIGITS.finditer(text, run.start(), run.end()))
        first = 0
        while first < len(groups):
            last, number = _number_from(text, groups, first, region)
            if number:
                yield _opening(text, groups[first].start(), groups[last].end()), groups[last].end(), number
            first = last + 1


def _opening(text: str, start: int, end: int) -> int:
    """Where the number with these digits begins, its + and its bracket included."""
    plus = _PLUS.search(text, max(0, start - 2), start)
    start = plus.start() if plus else start
    return start - 1 if text[start - 1 : start] == "(" and ")" in text[start:end] else start


def _number_from(text: str, groups: list[re.Match[str]], first: int, region: str) -> tuple[int, PhoneNumber | None]:
    """The index of the last group of the number that starts with group `first`, and the number; or `first`, None."""
    start = groups[first].start()
    before = text[max(0, start - 32) : start]
    plus = "+" if _PLUS.search(before) else ""
    together = _together(text, groups, first, plus)
    ends = list(accumulate(len(group[0]) for group in together))
    if ends[-1] < _FEWEST_DIGITS or (not plus and _DATE_OR_HOURS.match(text, start)):
        return first, None
    labelled = _LABEL_BEFORE.search(before) is not None
    digits = "".join(group[0] for group in together)
    for count in range(len(together), 0, -1):
        if not _FEWEST_DIGITS <= ends[count - 1] <= _MOST_DIGITS:
            continue
        dialled, last = plus + digits[: ends[count - 1]], first + count - 1
        if dialling(region).complete.fullmatch(dialled) or _is_clear_without_prefix(
            text, groups[first : last + 2], count, labelled, dialled, region
        ):
            end = groups[last].end()
            number = parsed(dialled, region)
            is_fitting = number is not None and (not dialled.startswith("00") or is_valid_number(number))
            if is_fitting and not _is_another_number(text, _opening(text, start, end), end):
                return last, number
            break
    return first, None


def _together(text: str, groups: list[re.Match[str]], first: int, plus: str) -> list[re.Match[str]]:
    """The groups from `first` on that can be one number: past its prefix all gaps are alike."""
    if 0 < first < len(groups) - 1:
        gap_before = text[groups[first - 1].end() : groups[first].start()]
        gap_after = text[groups[first].end() : groups[first + 1].start()]
        if gap_before == gap_after and (gap_before != " " or len(groups[first][0]) == 1):
            return groups[first : first + 1]  # in the middle of a list or a date
    together, length = [groups[first]], len(groups[first][0])
    while first + len(together) < len(groups) and length < _MOST_DIGITS:
        together.append(groups[first + len(together)])
        length += len(together[-1][0])
    gaps = [text[one.end() : other.start()].strip("()") for one, other in pairwise(together)]
    free = 3 if plus or together[0][0].startswith("00") else int(gaps[:1] in ([""], [" "], ["/"], ["."], ["-"]))
    count = free + 1
    while count < len(gaps) and gaps[count] == gaps[free]:
        count += 1
    return together[: count + 1]


def _is_clear_without_prefix(
    text: str, groups: list[re.Match[str]], count: int, labelled: bool, digits: str, region: str
) -> bool:
    """Whether the first `count` of `groups` can be nothing but a phone number without its 0.

    470 12 34 56, 470 123456 and 470-123-456 are one; 470 123 456 is only after a label.
    """
    is_mobile = dialling(region).mobile.fullmatch(digits) is not None
    if not is_mobile and not (labelled and dialling(region).after_label.fullmatch(digits)):
        return False
    gaps = [text[one.end() : other.start()] for one, other in pairwise(groups)]
    lengths = [len(group[0]) for group in groups[:count]]
    thousands = lengths[1:] != [] and set(lengths[1:]) == {3} and _THOUSANDS_GAPS.issuperset(gaps[: count - 1])
    if labelled:  # but 2026 12:30 and 10000000 are no landline's
        return (
            is_mobile
            or digits[0] == "0"
            or (count == 1 and digits[-3:] != "000")
            or (lengths[0] <= 3 and not thousands)
        )
    in_pairs = count > 3 and set(lengths[1:]) == {2}
    grouped = lengths[0] <= 3 and (in_pairs or lengths[1:] in ([6], [3, 3]))
    goes_on = count > 1 and gaps[count - 1 : count] == [gaps[0]] and len(groups[count][0]) in (2, 3)
    return grouped and not thousands and not goes_on


def _is_another_number(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    if _NOT_A_PHONE_AFTER.search(before) or _ISO_DATE.match(text, start):
        return True
    if text[start:end].startswith(("+", "0", "(")):
        return False
    return before.endswith("#") or _AMOUNT_FOLLOWS.match(text, end) is not None
