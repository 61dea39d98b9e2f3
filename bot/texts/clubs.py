"""Greeting, help, and what is said when something went wrong."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.texts.language import Language


def greeting(lang: Language) -> Markup:
    """To a group that the bot was added to."""
    return Markup("\n").join(
        [
            lang.t("Hello! I keep the club's referrals, and once a week I post who gave them."),
            lang.t("Pass one on: <code>/refer @name contact: need</code>"),
            lang.t("Did it become business? <code>/thanks @name amount</code>"),
        ]
    )


def welcome(lang: Language, clubs: Sequence[str]) -> Markup:
    """To a person who starts a private chat with the bot."""
    said = [
        lang.t("Hello! I keep your club's referrals: who knows someone with a need that another member can meet."),
        lang.t("From now on, what members pass to you arrives here, with the contact details."),
    ]
    if clubs:
        names = lang.names([Markup("<b>{}</b>").format(club) for club in clubs])
        said.append(lang.n("Your club: {clubs}.", "Your clubs: {clubs}.", len(clubs), clubs=names))
        said.append(lang.t("Pass a referral on in the group:"))
        said.append(lang.t("<code>/refer @name contact: need</code>"))
    else:
        said.append(lang.t("I don't know your club yet. Send /help in its group once, and I will."))
    return Markup("\n").join(said)


def help_lines(lang: Language, lines: Sequence[tuple[str, str]], *, more: bool) -> Markup:
    """The commands this person may use here: (usage, summary) each; `more` are there for admins."""
    said = [lang.t("What I understand here:")]
    said += [Markup("<code>{}</code>\n{}").format(lang.plain(usage), lang.t(summary)) for usage, summary in lines]
    if more:
        said += [Markup(""), lang.t("For the board: <code>/help board</code>")]
    return Markup("\n").join(said)


def sorry(lang: Language) -> Markup:
    """To someone whose message could not be dealt with, for a reason of ours."""
    return lang.t("Sorry, that was not saved. Please send it again in a minute.")


def sorry_alert(lang: Language) -> str:
    """The same, in answer to a button."""
    return lang.plain("Sorry, that did not work. Please try again in a minute.")


def open_private(lang: Language) -> str:
    """The label of the button that opens the private chat."""
    return lang.plain("Open the private chat")


def more_clubs(lang: Language, count: int) -> Markup:
    """There is no button for so many of the clubs."""
    return lang.n(
        "There is no room for {count} more: send the command in that club's group.",
        "There is no room for {count} more: send the command in that club's group.",
        count,
    )


def no_club(lang: Language) -> Markup:
    """To someone who is in no club."""
    return lang.t("I don't know your club yet. Send /help in its group once, and I will.")
