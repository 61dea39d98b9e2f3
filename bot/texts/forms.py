"""The questions of a form, in private, and the last look before it is recorded."""

from markupsafe import Markup

from bot.domain.amounts import Amount
from bot.domain.forms import Form, Step
from bot.domain.parsing import ReferralDraft
from bot.texts import quality
from bot.texts.language import Language


def question(lang: Language, form: Form, who: str) -> Markup:
    """The question that the form is at; `who` is the name of the person it is about, once that is known."""
    contact = form.answers.get("contact", "")
    refer = form.command == "refer"
    asked: dict[Step, Markup] = {
        "club": lang.t("In which club?"),
        "who": lang.t("Who can help? Choose, or type a name.")
        if refer
        else lang.t("Whom do you thank? Choose, or type a name."),
        "contact": lang.t("Who has the need? Type a name, or share the contact."),
        "need": lang.t("What does <b>{contact}</b> need? One sentence will do.", contact=contact),
        "details": lang.t(
            "How can {who} reach <b>{contact}</b>? A phone number or an e-mail address; the group does not see it.",
            who=who,
            contact=contact,
        ),
        "warmth": Markup("\n").join(
            [lang.t("How warm is the introduction to <b>{contact}</b>?", contact=contact), *quality.choices(lang)]
        ),
        "amount": lang.t("How much business was it? An amount such as 1500; the group reads it."),
        "referral": lang.t("Which referral was it for?"),
        "note": lang.t("A word to {who}, which the group reads too?", who=who),
    }
    return asked[form.step]


def referral_look(
    lang: Language, giver: str, recipient: str, draft: ReferralDraft, warmth: int | None, club: str
) -> Markup:
    """A referral as it would be recorded."""
    said = [
        lang.t("{giver} → <b>{recipient}</b>, in {club}:", giver=giver, recipient=recipient, club=club),
        lang.t("{contact}: {need}", contact=draft.contact, need=draft.need)
        if draft.need
        else lang.t("{contact}", contact=draft.contact),
    ]
    if warmth is not None:
        said.append(quality.warmth(lang, warmth, None))
    if draft.phone or draft.email:
        said += [Markup("{}").format(detail) for detail in (draft.phone, draft.email) if detail]
        said.append(lang.t("The group will not see the number or address."))
    return Markup("\n").join([*said, lang.t("Shall I record it?")])


def thanks_look(
    lang: Language, thanked: str, amount: Amount | None, number: int | None, note: str, club: str
) -> Markup:
    """A thanks as it would be recorded."""
    said = [lang.t("Thanks to <b>{thanked}</b>, in {club}:", thanked=thanked, club=club)]
    if number is not None:
        said.append(lang.t("for #{number}", number=number))
    if amount is not None:
        said.append(lang.t("{amount} of business", amount=lang.money(amount)))
    if note:
        said.append(Markup("{}").format(note))
    return Markup("\n").join([*said, lang.t("Shall I record it?")])


def recorded(lang: Language, number: int, club: str) -> Markup:
    """Where the form stood, once it is recorded."""
    return lang.t("Recorded in {club}: <b>#{number}</b>. The group knows.", club=club, number=number)


def cancelled(lang: Language) -> Markup:
    """Where the form stood, once it is given up."""
    return lang.t("Nothing was recorded.")


def record_button(lang: Language) -> str:
    """The label of: record it."""
    return lang.plain("Record it")


def skip_button(lang: Language) -> str:
    """The label of: leave this question open."""
    return lang.plain("Skip")


def back_button(lang: Language) -> str:
    """The label of: to the question before."""
    return lang.plain("Back")


def cancel_button(lang: Language) -> str:
    """The label of: give it up."""
    return lang.plain("Cancel")


def more_button(lang: Language) -> str:
    """The label of: the next members."""
    return lang.plain("More…")


def fill_in_button(lang: Language) -> str:
    """The label of the button that leads from the group to the form."""
    return lang.plain("Fill it in privately")


def past_alert(lang: Language) -> str:
    """The answer to a button of a question that is past."""
    return lang.plain("That question is past.")
