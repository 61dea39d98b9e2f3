"""What is said about how warm an introduction is."""

from markupsafe import Markup

from bot.domain.models import Referral
from bot.domain.progress import WARMTHS
from bot.texts.language import Language


def lines(lang: Language, referral: Referral, giver: str | None) -> list[Markup]:
    """What the giver told of the introduction: to who is to call, or (no `giver`) to the giver."""
    said = []
    if referral.warmth is not None:
        said.append(warmth(lang, referral.warmth, giver))
    if referral.agreed is not None:
        agreed = lang.t("Agreed to be called.")
        said.append(agreed if referral.agreed else lang.t("Has not agreed to be called yet."))
    return said


def warmth(lang: Language, step: int, giver: str | None) -> Markup:
    """What the giver did for the introduction, by its number and in words; to the giver when there is no `giver`."""
    did = _did(lang, step, giver) if giver is not None else _you_did(lang, step)
    return lang.t("Warmth {warmth} of {best}: {did}", warmth=step, best=WARMTHS[-1], did=did)


def question(lang: Language, referral: Referral) -> Markup:
    """To the giver: the five steps, and whether the contact agreed to be called."""
    number = Markup("<b>#{}</b>").format(referral.number)
    return Markup("\n").join(
        [
            lang.t("{number} {contact}: how warm is the introduction?", number=number, contact=referral.contact),
            *choices(lang),
            lang.t("And has {contact} agreed to be called?", contact=referral.contact),
        ]
    )


def choices(lang: Language) -> list[Markup]:
    """The five steps, each with its number."""
    return [Markup("{}  {}").format(warmth, _you_did(lang, warmth)) for warmth in WARMTHS]


def warmth_button(warmth: int, *, chosen: bool) -> str:
    """The label of one of the five steps."""
    return _ticked(str(warmth), chosen=chosen)


def agreed_button(lang: Language, *, agreed: bool, chosen: bool) -> str:
    """The label of: the contact agreed, or did not."""
    return _ticked(lang.plain("Agreed") if agreed else lang.plain("Not yet"), chosen=chosen)


def how_warm_button(lang: Language) -> str:
    """The label of what opens the question."""
    return lang.plain("How warm?")


def asked_alert(lang: Language) -> str:
    """To a giver who pressed in the group, and can be written to."""
    return lang.plain("I asked you in our private chat.")


def start_me_first_alert(lang: Language) -> str:
    """To a giver who pressed in the group, and cannot be written to yet."""
    return lang.plain("That is between you and me: open our private chat, press Start, and press here again.")


def noted_alert(lang: Language) -> str:
    """The answer to a press that was taken down."""
    return lang.plain("Noted.")


def noted_already_alert(lang: Language) -> str:
    """The answer to a press that repeats what is known."""
    return lang.plain("I have it down so already.")


def _ticked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def _you_did(lang: Language, warmth: int) -> Markup:
    return {
        1: lang.t("I passed on how to reach them"),
        2: lang.t("I also gave them our member's card or website"),
        3: lang.t("I recommended our member myself"),
        4: lang.t("I called and arranged a meeting"),
        5: lang.t("I introduce the two in person"),
    }[warmth]


def _did(lang: Language, warmth: int, giver: str) -> Markup:
    return {
        1: lang.t("{giver} passed on how to reach them", giver=giver),
        2: lang.t("{giver} gave them your card or website", giver=giver),
        3: lang.t("{giver} recommended you", giver=giver),
        4: lang.t("{giver} called and arranged a meeting", giver=giver),
        5: lang.t("{giver} introduces you in person", giver=giver),
    }[warmth]
