"""What only the member reads about their own place, and about being in no ranking."""

from markupsafe import Markup

from bot.services.standing import Hint, Standing
from bot.texts.language import Language

MAX_OPEN = 3


def own(lang: Language, standing: Standing) -> Markup:
    """The member's rank, what is still open, and one hint; empty when there is nothing to tell."""
    said = _places(lang, standing)
    if standing.open:
        said.append(lang.t("Still open with you:"))
        said += [
            lang.t("<b>#{number}</b> {contact}", number=referral.number, contact=referral.contact)
            for referral in standing.open[:MAX_OPEN]
        ]
        more = len(standing.open) - MAX_OPEN
        if more > 0:
            said.append(lang.n("and {count} more", "and {count} more", more))
    if standing.hint is not None:
        said.append(_hint(lang, standing, standing.hint))
    return Markup("\n").join(said)


def _places(lang: Language, standing: Standing) -> list[Markup]:
    if standing.quiet:
        return [lang.t("You are in no ranking; <code>/quiet off</code> brings you back.")]
    said = []
    if standing.week:
        place, among = standing.week
        said.append(lang.t("This week: place <b>{place}</b> of {among} who gave.", place=place, among=among))
    if standing.year:
        place, among = standing.year
        said.append(lang.t("This year: place <b>{place}</b> of {among} who gave.", place=place, among=among))
    return said


def _hint(lang: Language, standing: Standing, hint: Hint) -> Markup:
    match hint:
        case Hint.CALL:
            waiting = standing.open[0]
            return lang.t(
                "💡 {contact} (#{number}) is the one to call first: it has waited longest.",
                contact=waiting.contact,
                number=waiting.number,
            )
        case Hint.FIRST:
            return lang.t("💡 Your first referral: who told you lately of something that a member could solve?")
        case Hint.AGAIN:
            return lang.t("💡 Whom did you meet these last weeks that one of us could help?")
        case Hint.MEET:
            return lang.t(
                "💡 Nothing has passed between you and {name} yet: a one-to-one shows whom you could introduce.",
                name=standing.whom,
            )


def quiet(lang: Language, club: str, *, on: bool) -> Markup:
    """The answer to /quiet."""
    if on:
        return lang.t(
            "You are in no ranking of {club} any more; what you give counts in the club's totals as before. "
            "<code>/quiet off</code> brings you back.",
            club=club,
        )
    return lang.t("You are in the rankings of {club} again.", club=club)


def quiet_where(lang: Language) -> Markup:
    """To someone who is in several clubs."""
    return lang.t("In which club would you like to change whether you are in the rankings?")
