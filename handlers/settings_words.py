"""What is wished for after /settings, or by one of its buttons."""

from bot.domain.club_settings import Change, Setting, read_change
from bot.domain.club_settings import settings as all_settings
from bot.domain.errors import NoValue, UnknownButton, UnknownWord
from bot.domain.models import Club
from bot.domain.names import strip_invisible
from bot.texts import languages, named
from bot.texts.catalogues import SPOKEN
from bot.texts.vocabulary import english

Wish = Change | Setting | None
"""To change a setting; to see one; to see them all."""
_CODE_OF = {
    "language": languages.code_of,
    "country": named.country,
    "timezone": named.timezone,
    "currency": named.currency,
}
"""Settings that are named by one name, of several words perhaps, with what gives its international code."""


def written(club: Club, wish: Wish) -> str:
    """What a button says for this wish."""
    if isinstance(wish, Change):
        return wish.words(club)
    return wish.name if wish is not None else ""


def pressed(words: str) -> Wish:
    """What a button asks for. Raises UnknownButton."""
    try:
        return _read(words)
    except UnknownWord as error:
        raise UnknownButton from error


def typed(text: str) -> Wish:
    """What was typed after the command, in any language. Raises UnknownWord."""
    try:
        return _read(_in_english(text))
    except UnknownWord as error:
        if not error.after:
            raise
        # What was typed, and not what was made of it.
        raise UnknownWord(text.split(maxsplit=1)[-1], after=error.after) from error


def _read(text: str) -> Wish:
    try:
        return read_change(text, SPOKEN)
    except NoValue as error:
        return all_settings(SPOKEN)[error.after]


def _in_english(text: str) -> str:
    """What was typed in any language, in the words and codes that `read_change` takes; what is unknown as it was."""
    name, *words = strip_invisible(text).split() or [""]
    setting, value = english("setting", name), " ".join(words)
    if setting in _CODE_OF:
        return f"{setting} {_CODE_OF[setting](value) or value}"
    known = (english("setting", english("switch", named.weekday(word) or word)) for word in words)
    return " ".join([setting, *known])
