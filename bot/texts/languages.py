"""What is said about the language in which someone is written to."""

from functools import cache

from markupsafe import Markup

from bot.texts.catalogues import SPOKEN, catalogue
from bot.texts.language import Language
from bot.texts.vocabulary import plain


def name(code: str) -> str:
    """What a language is called by those who speak it."""
    shown = catalogue(code)[1].get_language_name(code) or code
    return shown[:1].upper() + shown[1:]


def code_of(typed: str) -> str | None:
    """The language that was typed: its code, or what one of the languages calls it; None for what is not spoken.

    That of a country will do as well: Flemish and nl-BE are Dutch.
    """
    return _names().get(plain(typed).replace("_", "-"))


def which(lang: Language) -> Markup:
    """The question, above a button for each language."""
    return lang.t("In which language shall I write to you?")


def chosen(lang: Language) -> Markup:
    """The answer, in the language that was chosen."""
    return lang.t("From now on I write to you in English.")


def of_the_group(lang: Language) -> Markup:
    """In the group, which has a language of its own."""
    return Markup("\n").join(
        [
            lang.t("In private I write to each in their own language; choose yours there: <code>/language</code>"),
            lang.t("This group's language is an admin's to choose: <code>/settings language English</code>"),
        ]
    )


@cache
def _names() -> dict[str, str]:
    names = {code: code for code in SPOKEN}
    for code in SPOKEN:
        for variant, name in catalogue(code)[1].languages.items():
            spoken = variant.partition("_")[0]
            if spoken in SPOKEN:
                names |= {plain(name): spoken, variant.lower().replace("_", "-"): spoken}
    return names
