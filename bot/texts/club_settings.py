"""What is said about a club's settings."""

from markupsafe import Markup

from bot.domain.models import Club
from bot.texts.language import Language


def settings(lang: Language, club: Club) -> Markup:
    """What can be set, how it is, and the line that changes it."""
    return Markup("\n").join(
        [
            lang.t("The settings of <b>{club}</b>", club=club.title),
            reminders(lang, club),
            Markup("<code>/settings reminders {}</code>").format(7 if club.remind_days == 0 else "off"),
            question(lang, club),
            Markup("<code>/settings question {}</code>").format("off" if club.monthly_question else "on"),
        ]
    )


def reminders(lang: Language, club: Club) -> Markup:
    """Whether, and after how many days, the recipient of an untouched referral is reminded."""
    if club.remind_days == 0:
        return lang.t("Reminders: off.")
    return lang.n(
        "Reminders: a referral that nobody touched for {count} day.",
        "Reminders: a referral that nobody touched for {count} days.",
        club.remind_days,
    )


def question(lang: Language, club: Club) -> Markup:
    """Whether the club is asked its question once a month."""
    if club.monthly_question:
        return lang.t("The question of the month: on.")
    return lang.t("The question of the month: off.")


def which_club(lang: Language) -> Markup:
    """To an admin who is in several clubs."""
    return lang.t("Which club's settings?")


def press_as_yourself(lang: Language) -> Markup:
    """To an anonymous admin, whose name Telegram does not tell."""
    return lang.t("You write as the group, so I can't see who you are. Press the button to go on.")


def go_on_button(lang: Language) -> str:
    """The label of: go on."""
    return lang.plain("Go on")
