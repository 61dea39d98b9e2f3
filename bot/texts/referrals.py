"""What is said about referrals."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from markupsafe import Markup

from bot.domain.graphemes import cut
from bot.domain.models import Referral
from bot.domain.names import utf16_length
from bot.texts import quality, statuses
from bot.texts.language import Language


class DetailsWay(Enum):
    """How the phone number and e-mail address reach the recipient."""

    NONE = "there are none"
    PRIVATE = "by private message"
    BUTTON = "by a button under the answer"


@dataclass(frozen=True)
class Line:
    """One recipient's part of the answer to a /refer. `undone_by`: the name of who took it back."""

    number: int
    recipient: str
    details: DetailsWay
    undone_by: str | None = None


def answer(lang: Language, giver: str, first: Referral, lines: Sequence[Line], notes: Sequence[Markup] = ()) -> Markup:
    """The group's answer to a /refer: who passes what to whom, then the notes on it. No contact details."""
    heads = [_head(lang, giver, line) for line in lines]
    live = [line for line in lines if line.undone_by is None]
    if live:
        heads.append(contact_and_need(lang, first))
    heads += [*_details(lang, live), *notes]
    return Markup("\n").join(heads)


def contact_and_need(lang: Language, referral: Referral) -> Markup:
    """Who has the need, and what it is."""
    if referral.need:
        return lang.t("{contact}: {need}", contact=referral.contact, need=referral.need)
    return lang.t("{contact}", contact=referral.contact)


def _head(lang: Language, giver: str, line: Line) -> Markup:
    if line.undone_by is None:
        return lang.t(
            "<b>#{number}</b> {giver} → <b>{recipient}</b>",
            number=line.number,
            giver=giver,
            recipient=line.recipient,
        )
    return lang.t(
        "<s>#{number} {giver} → {recipient}</s> taken back by {name}",
        number=line.number,
        giver=giver,
        recipient=line.recipient,
        name=line.undone_by,
    )


def _details(lang: Language, live: Sequence[Line]) -> list[Markup]:
    def names(way: DetailsWay) -> list[Markup]:
        return [Markup("<b>{}</b>").format(line.recipient) for line in live if line.details is way]

    said = []
    if private := names(DetailsWay.PRIVATE):
        said.append(
            lang.n(
                "{names} has the details in private.",
                "{names} have the details in private.",
                len(private),
                names=lang.names(private),
            )
        )
    if button := names(DetailsWay.BUTTON):
        said.append(lang.t("Contact details for {names}: press the button.", names=lang.names(button)))
    return said


def to_recipient(lang: Language, giver: str, club: str, referral: Referral) -> Markup:
    """The recipient's private message, with the contact details."""
    said = [_opening(lang, Markup("<b>{}</b>").format(giver), club, referral), contact_and_need(lang, referral)]
    said += [Markup("{}").format(detail) for detail in (referral.phone, referral.email) if detail]
    said += quality.lines(lang, referral, giver)
    if referral.status != "new":
        said.append(statuses.now(lang, referral.status))
    return Markup("\n").join(said)


def _opening(lang: Language, giver: Markup, club: str, referral: Referral) -> Markup:
    if referral.kind == "inside" and not referral.kind_asked:
        return lang.t(
            "{giver} would like to do business with you in {club}: <b>#{number}</b>",
            giver=giver,
            club=club,
            number=referral.number,
        )
    return lang.t(
        "{giver} passes you a referral in {club}: <b>#{number}</b>", giver=giver, club=club, number=referral.number
    )


def withdrawn(lang: Language, giver: str, club: str, number: int) -> Markup:
    """What the recipient's private message becomes when the referral is taken back or goes to another."""
    return lang.t(
        "Referral <b>#{number}</b> from {giver} in {club} was taken back.",
        number=number,
        giver=giver,
        club=club,
    )


def details_alert(lang: Language, referral: Referral) -> str:
    """The contact details for the small window that a button opens; at most 200 characters (Telegram)."""
    details = "\n".join(detail for detail in (referral.phone, referral.email) if detail)
    if not details:
        return lang.plain("There are no contact details.")
    return f"{cut(lang.known(referral.contact), 199 - len(details), utf16_length)}\n{details}"[:200]


def not_for_you(lang: Language) -> str:
    """The answer to someone else's press on Details."""
    return lang.plain("The details are for the giver and the recipient only.")


def undo_button(lang: Language, number: int | None = None) -> str:
    """The label of Undo; with the number where there are several."""
    return lang.plain("Undo") if number is None else lang.plain("Undo #{number}", number=number)


def details_button(lang: Language) -> str:
    """The label of Details."""
    return lang.plain("Details")


def undone_alert(lang: Language, number: int) -> str:
    """The answer to a press on Undo that worked."""
    return lang.plain("#{number} is taken back.", number=number)


def undone(lang: Language, numbers: Sequence[int]) -> Markup:
    """The answer to /undo in the group."""
    shown = [Markup("<b>#{}</b>").format(number) for number in numbers]
    return lang.n("{numbers} is taken back.", "{numbers} are taken back.", len(shown), numbers=lang.names(shown))
