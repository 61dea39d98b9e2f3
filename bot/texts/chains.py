"""What is said about chains of referrals."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.domain.graphemes import cut
from bot.domain.models import Referral
from bot.domain.names import unlinked, utf16_length
from bot.services.chains import Chain
from bot.texts.language import Language

MAX_CONTACT = 40
MAX_TEXT = 3800
"""Telegram takes 4096 units; a line to say how many are left out must still fit."""
MAX_STEM = 16
"""A telephone shows some 36 characters on a line."""


def came_out_of(lang: Language, giver: str, number: int) -> Markup:
    """Part of the group's answer to a /refer: where it came from."""
    return lang.t("It came out of {giver}'s #{number}.", giver=Markup("<b>{}</b>").format(giver), number=number)


def link_button(lang: Language, number: int) -> str:
    """The label of: it came out of that one."""
    return lang.plain("It came out of #{number}", number=number)


def linked_alert(lang: Language, number: int) -> str:
    """The answer to a press on that button."""
    return lang.plain("Noted: it came out of #{number}.", number=number)


def chain(lang: Language, shown: Chain, names: Mapping[int, str]) -> Markup:
    """The chain as a tree, with names and contacts alone: no details, no amounts."""
    first = shown.referrals[shown.branches[0].id]
    said = [lang.t("<b>The chain of #{number}</b>", number=first.number)]
    length = 0
    for place, branch in enumerate(shown.branches):
        line = _line(lang, branch.stem, shown.referrals[branch.id], names)
        length += utf16_length(line.striptags()) + 1
        if length > MAX_TEXT:
            left = len(shown.branches) - place
            said.append(lang.n("… and {count} more.", "… and {count} more.", left))
            break
        said.append(line)
    if len(shown.branches) == 1:
        said.append(lang.t("Nothing came out of it yet. When something does:"))
        said.append(lang.t("<code>/refer @name contact: need via #{number}</code>", number=first.number))
    return Markup("\n").join(said)


def _line(lang: Language, stem: str, referral: Referral, names: Mapping[int, str]) -> Markup:
    values: dict[str, object] = {
        "number": referral.number,
        "giver": names[referral.giver_id],
        "recipient": names[referral.recipient_id],
        "contact": unlinked(cut(referral.contact, MAX_CONTACT)),
    }
    # How deep it is matters less, far down, than that the line can be read.
    shown = Markup("{}").format(stem if len(stem) <= MAX_STEM else f"…{stem[-MAX_STEM + 1 :]}")
    if referral.undone_at is not None:
        return shown + lang.t("<s>#{number} {giver} → {recipient}: {contact}</s> taken back", **values)
    if referral.status == "won":
        return shown + lang.t("<b>#{number}</b> {giver} → {recipient}: {contact}, <b>won</b>", **values)
    return shown + lang.t("<b>#{number}</b> {giver} → {recipient}: {contact}", **values)
