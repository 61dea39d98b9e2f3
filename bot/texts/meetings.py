"""What is said about one-to-ones and visitors."""

from datetime import date

from markupsafe import Markup

from bot.texts.language import Language


def met(lang: Language, one: str, other: str, note: str) -> Markup:
    """The group's answer to a /met."""
    return _with_note(lang.t("{one} and {other} met one-to-one.", one=_bold(one), other=_bold(other)), note)


def met_undone(lang: Language, one: str, other: str, undone_by: str | None) -> Markup:
    """The same once it was taken back; `undone_by` is None where it is nobody's business who did."""
    if undone_by is None:
        return lang.t("<s>{one} and {other} met one-to-one</s> taken back", one=one, other=other)
    return lang.t("<s>{one} and {other} met one-to-one</s> taken back by {name}", one=one, other=other, name=undone_by)


def to_other(lang: Language, recorder: str, club: str, note: str) -> Markup:
    """The private line to the member who is said to have met someone."""
    said = lang.t("{name} noted a one-to-one with you in {club}. It counts for you both.", name=recorder, club=club)
    return _with_note(said, note)


def to_other_undone(lang: Language, recorder: str, club: str) -> Markup:
    """What that private line becomes when it was taken back."""
    return lang.t("The one-to-one that {name} noted in {club} was taken back.", name=recorder, club=club)


def not_so_button(lang: Language) -> str:
    """The label of: that did not happen."""
    return lang.plain("That did not happen")


def objected_alert(lang: Language) -> str:
    """The answer to a press on that button."""
    return lang.plain("Thank you, it is taken back.")


def objected(lang: Language, other: str, club: str, day: date) -> Markup:
    """To the recorder, in private, when the other says that it did not happen."""
    return lang.t(
        "{name} says that your one-to-one of {day} in {club} did not happen, so it is taken back.",
        name=_bold(other),
        day=lang.days(day, day),
        club=club,
    )


def visitor(lang: Language, member: str, name: str) -> Markup:
    """The group's answer to a /visitor."""
    return lang.t("{member} brought a visitor: {name}.", member=_bold(member), name=_bold(name))


def visitor_undone(lang: Language, member: str, name: str, undone_by: str) -> Markup:
    """The same once it was taken back."""
    return lang.t(
        "<s>{member} brought a visitor: {name}</s> taken back by {undoer}", member=member, name=name, undoer=undone_by
    )


def undone_alert(lang: Language) -> str:
    """The answer to a press on Undo that worked."""
    return lang.plain("It is taken back.")


def _bold(name: str) -> Markup:
    return Markup("<b>{}</b>").format(name)


def _with_note(said: Markup, note: str) -> Markup:
    return Markup("\n").join([said, Markup("{}").format(note)]) if note else said
