"""What is said about a club's settings."""

from markupsafe import Markup

from bot.domain.club_settings import SETTINGS, Setting
from bot.domain.models import Club
from bot.domain.slots import is_at, slot_after
from bot.texts import languages
from bot.texts.language import Language, marked

_NAMES: dict[Setting, str] = {
    "language": marked("Language of the group"),
    "country": marked("Country"),
    "post": marked("Weekly post"),
    "timezone": marked("Time zone"),
    "currency": marked("Currency"),
    "reminders": marked("Reminders"),
    "question": marked("Question of the month"),
    "pictures": marked("Pictures"),
}
_LINES: dict[Setting, str] = {
    "language": marked("<code>/settings language Nederlands</code>"),
    "country": marked("<code>/settings country Netherlands</code>"),
    "post": marked("<code>/settings post friday 08:30</code>"),
    "timezone": marked("<code>/settings timezone Amsterdam</code>"),
    "currency": marked("<code>/settings currency CHF</code>"),
    "reminders": marked("<code>/settings reminders off</code>"),
    "question": marked("<code>/settings question off</code>"),
    "pictures": marked("<code>/settings pictures off</code>"),
}
"""What to send to have a setting otherwise, while nothing is turned off."""


def settings(lang: Language, club: Club) -> Markup:
    """All that can be set, each with how it is and a line that changes it."""
    said = [lang.t("The settings of <b>{club}</b>", club=club.title)]
    for setting in SETTINGS:
        said += [
            lang.t("<b>{setting}</b>: {how}", setting=lang.t(_NAMES[setting]), how=_how(lang, club, setting)),
            _line(lang, club, setting),
        ]
    return Markup("\n").join(said)


def changed(lang: Language, before: Club, club: Club, setting: Setting) -> Markup:
    """How it is now, how it was, and what follows from it."""
    name, was, how = lang.t(_NAMES[setting]), _how(lang, before, setting), _how(lang, club, setting)
    if was == how:
        said = [lang.t("<b>{setting}</b>: {how}, as it was", setting=name, how=how)]
    else:
        said = [lang.t("<b>{setting}</b>: {how} (before: {was})", setting=name, how=how, was=was)]
    if setting in ("post", "timezone"):
        said.append(_next_post(lang, club))
    if setting == "country" or club.country != before.country:
        country = lang.country(club.country)
        said.append(lang.t("Phone numbers without a country code: {country}.", country=country))
    if setting == "currency" and was != how:
        said.append(lang.t("Amounts written down before keep their currency."))
    return Markup("\n").join(said)


def which_club(lang: Language) -> Markup:
    """To an admin who is in several clubs."""
    return lang.t("Which club's settings?")


def press_as_yourself(lang: Language) -> Markup:
    """To an anonymous admin, whose name Telegram does not tell."""
    return lang.t("You write as the group, so I can't see who you are. Press the button to go on.")


def go_on_button(lang: Language) -> str:
    """The label of: go on."""
    return lang.plain("Go on")


def _how(lang: Language, club: Club, setting: Setting) -> str:
    match setting:
        case "language":
            return languages.name(club.language)
        case "country":
            return lang.country(club.country)
        case "post":
            return lang.weekly(club.post_day, club.post_time)
        case "timezone":
            return club.timezone
        case "currency":
            return lang.currency(club.currency)
        case "reminders" if club.remind_days == 0:
            return lang.t("never")
        case "reminders":
            return lang.n("after {count} day without news", "after {count} days without news", club.remind_days)
        case "question":
            return lang.t("on the first of each month") if club.monthly_question else lang.t("never")
        case "pictures":
            return lang.t("with rankings and figures") if club.pictures else lang.t("never")


def _line(lang: Language, club: Club, setting: Setting) -> Markup:
    """What to send to have it otherwise."""
    if setting == "reminders" and club.remind_days == 0:
        return lang.t("<code>/settings reminders 7</code>")
    if setting == "question" and not club.monthly_question:
        return lang.t("<code>/settings question on</code>")
    if setting == "pictures" and not club.pictures:
        return lang.t("<code>/settings pictures on</code>")
    return lang.t(_LINES[setting])


def _next_post(lang: Language, club: Club) -> Markup:
    """When the next post comes; also when the new moment holds, if that is only after it."""
    moment = lang.moment(club.next_slot_at.astimezone(club.zone))
    if is_at(club.slot, club.next_slot_at):
        return lang.t("The next one comes on {moment}.", moment=moment)
    then = lang.moment(slot_after(club.slot, club.next_slot_at).astimezone(club.zone))
    return lang.t("First comes the one of {moment}, then the one of {then}.", moment=moment, then=then)
