"""What stands around a number: does it make it an amount of money, something else, or leave it in doubt?

`at` is a place in the text; what a function finds there is given as the place where it ends, 0 where it does not.
"""

import re

from bot.domain import amount_words as words
from bot.domain.currencies import SPACE

_DASH = "[-−–—]"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ABOUT_IT = rf"(?:(?:{words.ABOUT}|c\.|min\.)(?:\.?{SPACE}++|\.|(?<=\.))|(?:\+/-|[~±≈]){SPACE}*+)"
_ABOUT = _compiled(rf"{_ABOUT_IT}++(?![0-9]++{SPACE}?[%:/])")
# "for €1500", "voor 1500 euro", "total: 1500"; but "for 3 years" and "a 10 for the service" are notes.
_IT_WAS = _compiled(
    rf"{words.IT_WAS}(?:{SPACE}*+[:=]{SPACE}*+|{SPACE}++)(?:(?:van|of|de|von){SPACE}++)?"
    rf"(?={_ABOUT_IT}*+(?:[€$£]{SPACE}?[0-9]|[0-9](?:[0-9.,'’]|{SPACE}|{_DASH})*+"
    rf"(?:\Z|(?<=[.,][-–—=]{SPACE})|[€$£]|k?(?:euros?|eur|euro['’]s){words.END}|tal{words.END})))"
)

_PART = "|".join(sorted(set(f"{words.SMALL} {words.LARGE}".split()), key=len, reverse=True))
_LARGE = "|".join(sorted(words.LARGE.split(), key=len, reverse=True))
_CURRENCY = _compiled(rf"(?:[€$£]|{words.MONEY})")
_NUMBER_WORD = _compiled(
    rf"(?:(?:{_PART})[-'’]?)++{words.END}{SPACE}*+"
    rf"(?:(?:of|de|d['’]|van|von){SPACE}*+(?=[€$£]|(?:{words.MONEY}|(?:{_PART}){words.END})))?"
)
_IS_LARGE = _compiled(_LARGE)
# A grand gesture, a ton of work, ton client: money only where nothing follows but what it was for.
_A_TON = _compiled(rf"(?:(?:an?|one|een|één|une?|eine?){SPACE}++)?(?:grand|tons?|tonnen)\W*+\Z")
_NOTHING_ELSE = _compiled(rf"\s*+(?:\Z|[^\w\s]|{words.FOR}|(?:aan|in|from){words.END})")
_IDIOM = rf"(?:(?:de|d['’]|of|van|von){SPACE}*+)?(?:{words.THANKS}|{words.OFTEN}|{words.SHARE}|{words.COUNTED})"
_AN_IDIOM = _compiled(rf"{SPACE}*+{_IDIOM}")

_LARGER = _compiled(rf"{SPACE}*+(?:[%‰½¼¾°′″]|[tm][€$£]|{words.TIMES_MORE}(?!{SPACE}++{_IDIOM}))")
_OTHER_MONEY = _compiled(
    rf"{SPACE}*+(?:{words.MONEY}|[ep]{words.END}(?!\.))"
    rf"|(?:{SPACE}++[^\W\d_]++){{1,2}}{SPACE}++(?:[€$£]|{words.MONEY})"
)
_A_NUMBER = rf"{SPACE}*+[€$£]?{SPACE}?(?![0-9]++(?:[.,][0-9]++)?{SPACE}?%)[1-9]"
_GOES_ON = _compiled(
    rf"{SPACE}*+(?:[/:×*]{SPACE}*+[0-9]|{words.OFTEN}{SPACE}*+[€$£]?[0-9]|/{SPACE}*+{words.PERIOD}"
    rf"|(?:{words.BETWEEN}|[+&]|{_DASH}|\.\.+|…){_A_NUMBER}[0-9]*+"
    rf"|{words.REGULARLY}|(?:per|par|pro|an?|je|im){SPACE}++{words.PERIOD}"
    rf"|[.,]{SPACE}*+[0-9]{{1,3}}+(?={SPACE}*+(?:\Z|\n|[€$£]|eur)))"
)
# "15 euro 50" is 15.50.
_CENTS = _compiled(rf"{SPACE}*+(?:[0-9]{{2}}(?![0-9])(?={SPACE}*+(?:\Z|[^\w\s]|\n|cent|ct))|(?:cents?|ct){words.END})")
_CENTS_IN_WORDS = _compiled(
    rf"{SPACE}++(?=[^\W\d_]*+(?<=tig|zig|ßig|dix|nze|ngt|nte|nty|rty|fty))(?:{_PART})++{words.END}"
)
_DOLLAR_OF = _compiled(rf"{SPACE}*+(?:canad|austral|néo|neuse|singap|hongk|am[eé]ri[ck])[^\W\d_]*+")
_FOREIGN_BEFORE = _compiled(rf"(?:s?frs?|kr|rs|zł|[tkm]eur|[tk]chf|btc)\.?{SPACE}*+[0-9]++")

_TAX = _compiled(rf"\+?{words.TAX}")
_COUNTED = _compiled(
    rf"{SPACE}*+(?:{words.DESCRIBED}{SPACE}++)?"
    rf"(?:(?!{words.OFTEN}{SPACE}*+[€$£]?[0-9])(?:{words.COUNTED}|x{words.END})|[⭐🌟★☆])"
)
_EACH = _compiled(rf"{SPACE}*+(?:à|a|@|aan|at|x){SPACE}*+[€$£]?[0-9]++")
_A_THOUSAND_THANKS = _compiled(rf"{SPACE}*+{words.OFTEN}{SPACE}++{words.THANKS}")
_MONTH = _compiled(rf"\.?{SPACE}++{words.MONTHS}")
_WORD = _compiled(rf"(?P<dot>\.)?{SPACE}++(?:{words.DESCRIBED}{SPACE}++)?(?P<word>[^\W\d_][^\s.,;:!?)]*+)")
_SAYS_MONEY = _compiled(rf"(?:{words.TAX}|{words.FOR}|{words.THANKS})")
_ROUND = re.compile(r"10{2,}")
_YEAR = re.compile(r"20[2-4][0-9]")
_UNGROUPED = 7  # digits: a telephone number, a date, a company's number
_NO_PLURAL = re.compile(
    "this|does|always|alles|even|eens|toen|tegen|samen|tijdens|dans|sous|tous|très|vous|nous|mais|puis|alors|toujours"
    "|moins|gegen|neben|zijn|hebben|worden|business|express"
)


def lead(text: str) -> tuple[int, bool]:
    """Where an amount would begin, after words such as "for" or "about", and whether it is about so much."""
    was = _IT_WAS.match(text)
    start = was.end() if was else 0
    about = _ABOUT.match(text, start)
    return (about.end(), True) if about else (start, False)


def in_words(text: str, at: int) -> int:
    """An amount in words: two grand, duizend euro, un demi-million. A thousand thanks is none."""
    start, is_large = at, False
    while word := _NUMBER_WORD.match(text, at):
        at = word.end()
        is_large = is_large or _IS_LARGE.search(word[0]) is not None
    if at == start:
        return 0
    if money := _CURRENCY.match(text, at):
        return money.end()
    phrase = text[start:at].strip()
    if not is_large or _AN_IDIOM.match(text, at):
        return 0
    if _A_TON.fullmatch(phrase) and not (" " in phrase and _NOTHING_ELSE.match(text, at)):
        return 0
    return at


def foreign_before(text: str, at: int) -> int:
    """A currency that we do not read, before a number: kr 500."""
    return _end(_FOREIGN_BEFORE.match(text, at))


def larger(text: str, at: int) -> int:
    """Right after a number, what makes it another one: 2 mio, 50 %, 15 T€."""
    return _end(_LARGER.match(text, at))


def other_money(text: str, at: int) -> int:
    """After a number without a currency that we read, one that we do not: 50 quid, 20 US dollars."""
    return _end(_OTHER_MONEY.match(text, at))


def cents(text: str, at: int) -> int:
    """After a currency, what belongs to the amount or changes the currency: 15 euro 50, 20 dollars canadiens."""
    return _end(_CENTS.match(text, at) or _CENTS_IN_WORDS.match(text, at) or _DOLLAR_OF.match(text, at))


def goes_on(text: str, at: int) -> int:
    """After an amount, what makes it part of a sum, a range or a rate: 1500-2000, 2 x 500, 75 per hour."""
    return _end(_GOES_ON.match(text, at))


def tax(text: str, at: int) -> int:
    """A word about tax, glued to the amount: 1500€HT, 1500+btw."""
    return _end(_TAX.match(text, at))


def counts(number: str, text: str, at: int) -> int:
    """After a bare number, what it counts, or the month whose day it is: 3 nieuwe klanten, 14.30 uur, 12 mars."""
    month = number.isdecimal() and len(number) <= 2 and int(number) <= 31
    return _end(_COUNTED.match(text, at) or (_MONTH.match(text, at) if month else None))


def each(text: str, at: int) -> int:
    """After what is counted, the price of one: 5 stuks à 300."""
    return _end(_EACH.match(text, at))


def is_idiom(text: str, at: int) -> bool:
    """Is a number the beginning of: 1000 times thank you?"""
    return _A_THOUSAND_THANKS.match(text, at) is not None


def may_count(number: str, text: str, at: int) -> bool:
    """May the bare `number` be no money: so many of what follows (12 chairs), a year, a thousand thanks?"""
    if len(number) >= _UNGROUPED:
        return True
    following = _WORD.match(text, at)
    if not following:
        return _YEAR.fullmatch(number) is not None
    word = following["word"]
    if _ROUND.fullmatch(number) and re.match(words.THANKS, word, re.IGNORECASE):
        return True
    if _SAYS_MONEY.fullmatch(word):
        return False
    return len(number) <= 2 or _YEAR.fullmatch(number) is not None or (not following["dot"] and _is_plural(word))


def _is_plural(word: str) -> bool:
    """Does it end as most plurals do?"""
    return len(word) > 3 and word.endswith(("s", "en", "x")) and "'" not in word and not _NO_PLURAL.fullmatch(word)


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
