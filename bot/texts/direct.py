"""What is said about direct business, and about referrals that look like one given before."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.models import Kind
from bot.texts.language import Language


def question(lang: Language, recipients: Sequence[str]) -> Markup:
    """Under the group's answer, to the giver: is it direct business?"""
    names = lang.names([Markup("<b>{}</b>").format(name) for name in recipients])
    return lang.t("Is this your own purchase from {names}, or are you introducing someone?", names=names)


def my_own_button(lang: Language) -> str:
    """The label of: it is my own purchase."""
    return lang.plain("My own")


def introduction_button(lang: Language) -> str:
    """The label of: I introduce someone."""
    return lang.plain("An introduction")


def kept_apart(lang: Language) -> Markup:
    """Under the group's answer, once it is known to be direct business."""
    return lang.t("Direct business: noted, and kept apart from the referrals.")


def told_alert(lang: Language, kind: Kind) -> str:
    """The answer to the press that told which it is."""
    if kind == "inside":
        return lang.plain("Noted as your own purchase.")
    return lang.plain("Noted as a referral.")


def answered_alert(lang: Language) -> str:
    """The answer to a press on a question that was answered before."""
    return lang.plain("That is answered already.")


def explanation(lang: Language, club: str, number: int) -> Markup:
    """To the giver in private, the first time, in four lines."""
    return Markup("\n").join(
        [
            lang.t("<b>#{number}</b> in {club} is direct business: the customer is you.", number=number, club=club),
            lang.t("It is welcome, and written down like the rest. It is in no ranking, as it is no referral."),
            lang.t("A referral is someone you know, with a need that a member can meet: you bring the two together."),
            lang.t("That opens your circle to the others: <code>/refer @name contact: need</code>"),
        ]
    )


def double(lang: Language, number: int, first: int) -> Markup:
    """Under the group's answer, to the giver: the contact is one whom they passed to this recipient before."""
    return lang.t("<b>#{number}</b> looks like <b>#{first}</b>. Keep both?", number=number, first=first)


def keep_button(lang: Language, number: int | None = None) -> str:
    """The label of: it is another. With the number where there are several."""
    return lang.plain("Keep both") if number is None else lang.plain("Keep #{number}", number=number)


def take_back_button(lang: Language, number: int) -> str:
    """The label of: it is the same, take the later one back."""
    return lang.plain("Take #{number} back", number=number)


def kept_alert(lang: Language) -> str:
    """The answer to the press that keeps both."""
    return lang.plain("Both are kept.")
