"""What is said about thanks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.domain.amounts import Amount
from bot.domain.directions import isolated
from bot.domain.graphemes import cut
from bot.domain.models import Referral, Thanks
from bot.texts.language import Language, marked

MAX_BUTTON = 40


@dataclass(frozen=True)
class ThanksView:
    """A thanks with what is shown beside it: the names, the linked referral, those it may be for.

    `began` is who gave the first referral of the chain, and its number. `asks_degree`: whose business was it?
    `doubtful`: the amount may have been meant otherwise.
    """

    thanks: Thanks
    thanker: str
    thanked: str
    referral: Referral | None = None
    choices: Sequence[Referral] = ()
    undone_by: str | None = None
    began: tuple[str, int] | None = None
    asks_degree: bool = False
    doubtful: bool = False


def answer(lang: Language, view: ThanksView) -> Markup:
    """The group's answer to a /thanks, with the amount as it was understood."""
    names = {
        "number": view.thanks.number,
        "thanker": Markup("<b>{}</b>").format(view.thanker),
        "thanked": Markup("<b>{}</b>").format(view.thanked),
    }
    if view.undone_by is not None:
        return lang.t("<s>#{number} {thanker} thanks {thanked}</s> taken back by {name}", **names, name=view.undone_by)
    said = [_sentence(lang, view, names)]
    if view.thanks.note:
        said.append(Markup("{}").format(view.thanks.note))
    if view.doubtful:
        said.append(_how_it_was_read(lang, view.thanks.amount))
    if view.began is not None:
        giver, number = view.began
        said.append(
            lang.t("It began with {giver}'s #{number}.", giver=Markup("<b>{}</b>").format(giver), number=number)
        )
    if view.choices:
        said.append(lang.t("Which referral was it for?"))
    elif view.asks_degree:
        said.append(lang.t("Who was the customer?"))
    elif view.referral is None and view.thanks.degree is not None:
        said.append(_customer(lang, view))
    return Markup("\n").join(said)


def _sentence(lang: Language, view: ThanksView, names: dict[str, object]) -> Markup:
    amount, referral = view.thanks.amount, view.referral
    values = dict(names)
    if amount:
        values["amount"] = lang.money(amount)
    if referral:
        values |= {"referral": referral.number, "contact": referral.contact}
    if amount and referral:
        sentence = marked(
            "<b>#{number}</b> {thanker} thanks {thanked} for #{referral} ({contact}): {amount} of business. 🤝"
        )
    elif amount:
        sentence = marked("<b>#{number}</b> {thanker} thanks {thanked}: {amount} of business. 🤝")
    elif referral:
        sentence = marked("<b>#{number}</b> {thanker} thanks {thanked} for #{referral} ({contact}). 🤝")
    else:
        sentence = marked("<b>#{number}</b> {thanker} thanks {thanked}. 🤝")
    return lang.t(sentence, **values)


def _how_it_was_read(lang: Language, amount: Amount | None) -> Markup:
    if amount is None:
        return lang.t("I noted no amount: it goes right after the name.")
    return lang.t("I read that as {amount}; press Undo if it is not.", amount=lang.money(amount))


def _customer(lang: Language, view: ThanksView) -> Markup:
    match view.thanks.degree:
        case 1:
            return lang.t("The customer was {thanked}.", thanked=view.thanked)
        case 2:
            return lang.t("The customer was {thanked}'s contact.", thanked=view.thanked)
        case _:
            return lang.t("The customer was someone further on.")


def to_thanked(lang: Language, view: ThanksView, club: str) -> Markup:
    """The private message to the person who is thanked; what the thanker is asked is not for them."""
    view = replace(view, choices=(), asks_degree=False)
    return Markup("\n").join([lang.t("You are thanked in {club}:", club=club), answer(lang, view)])


def to_first(lang: Language, view: ThanksView, club: str) -> Markup:
    """The private message to who gave the first referral of a chain; the amount is not for them."""
    if view.referral is None or view.began is None:
        raise ValueError("a thanks that no chain led to")
    return lang.t(
        "What you began with <b>#{began}</b> in {club} became business: "
        "{thanker} thanks {thanked} for #{number} ({contact}). Thank you! 🤝",
        began=view.began[1],
        club=club,
        thanker=Markup("<b>{}</b>").format(view.thanker),
        thanked=Markup("<b>{}</b>").format(view.thanked),
        number=view.referral.number,
        contact=view.referral.contact,
    )


def degree_button(lang: Language, degree: int, thanked: str) -> str:
    """The label of one answer to: who was the customer?"""
    match degree:
        case 1:
            return thanked
        case 2:
            return cut(lang.plain("{thanked}'s contact", thanked=thanked), MAX_BUTTON)
        case _:
            return lang.plain("Someone further on")


def choice_button(lang: Language, referral: Referral) -> str:
    """The label of one referral that the thanks may be for."""
    return cut(f"#{referral.number} {isolated(lang.known(referral.contact))}", MAX_BUTTON)


def none_of_these(lang: Language) -> str:
    """The label of: for none of them."""
    return lang.plain("None of these")


def linked_alert(lang: Language) -> str:
    """The answer to a press on one of the choices."""
    return lang.plain("Noted.")


def withdrawn(lang: Language, club: str, number: int) -> Markup:
    """What the private message becomes when the thanks is taken back or goes to another."""
    return lang.t("Thanks <b>#{number}</b> in {club} was taken back.", number=number, club=club)
