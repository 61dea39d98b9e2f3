"""What is said about privacy. The periods are those that the code keeps to."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.models import Club
from bot.domain.operator import Operator
from bot.domain.retention import FAILED_KEPT, OUTBOX_KEPT
from bot.texts.language import Language


def privacy(lang: Language, clubs: Sequence[Club], operator: Operator) -> Markup:
    """What is kept, why, for how long, who sees it, who runs the bot, and what one may do about it."""
    return Markup("\n\n").join(
        Markup("\n").join(lines)
        for lines in (
            _kept(lang),
            [lang.t("<b>Why</b>"), lang.t("So that referrals reach the right member, and the club sees who gives.")],
            _seen_by(lang),
            [lang.t("<b>How long</b>"), *_periods(lang, operator), *(_contacts(lang, club) for club in clubs)],
            [lang.t("<b>Who runs me</b>"), _operator(lang, operator)],
            _rights(lang),
        )
    )


def in_private(lang: Language) -> Markup:
    """In the group, to someone who cannot be written to."""
    return lang.t("I'll tell you that in private: open our chat, press Start, and send it there.")


def my_data(lang: Language) -> Markup:
    """Under the file."""
    return lang.t("This is all that I keep about you, in all clubs. It is JSON: any text editor shows it.")


def _kept(lang: Language) -> list[Markup]:
    return [
        lang.t("<b>What I keep</b>"),
        lang.t("• Your name, username, Telegram number and language."),
        lang.t("• What you pass on, receive, thank for and note in the club, with the contacts that members type."),
        lang.t("• That you answered the question of the month, not what you said."),
        lang.t("Of the group's other talk I keep nothing."),
    ]


def _seen_by(lang: Language) -> list[Markup]:
    return [
        lang.t("<b>Who sees it</b>"),
        lang.t("• The group: who refers whom to whom and why, thanks, one-to-ones, visitors."),
        lang.t("• Giver and recipient: phone and e-mail of the contact."),
        lang.t("• The group's admins: all of that, as a file."),
        lang.t("• Whoever runs me: the database, so everything."),
        lang.t("Nobody else, and no other club. What stands in Telegram, Telegram keeps too."),
    ]


def _rights(lang: Language) -> list[Markup]:
    return [
        lang.t("<b>What you can do</b>"),
        lang.t("• /mydata sends you all that I keep about you."),
        lang.t("• Edit your message, and I correct what it says; the rest your admins correct."),
        lang.t("• /forgetme erases you everywhere."),
        lang.t("• Not content? The data protection authority of your country hears you."),
    ]


def _periods(lang: Language, operator: Operator) -> list[Markup]:
    return [
        lang.n(
            "• What you send me: until it is dealt with, a moment later. If I fail at it: {count} day.",
            "• What you send me: until it is dealt with, a moment later. If I fail at it: {count} days.",
            FAILED_KEPT.days,
        ),
        lang.n("• What I said: {count} day.", "• What I said: {count} days.", OUTBOX_KEPT.days),
        lang.t("• The rest: until you have me forget you."),
        lang.n(
            "• Back-ups hold what is erased up to {count} day longer.",
            "• Back-ups hold what is erased up to {count} days longer.",
            operator.backup_days,
        )
        if operator.backup_days
        else lang.t("• Back-ups, if there are any, may hold what is erased longer."),
    ]


def _contacts(lang: Language, club: Club) -> Markup:
    """How long the contacts are kept in one club."""
    if club.keep_names:
        return lang.n(
            "• Phone and e-mail of contacts in {club}: {count} month after the last news of the referral.",
            "• Phone and e-mail of contacts in {club}: {count} months after the last news of the referral.",
            club.contact_months,
            club=club.title,
        )
    return lang.n(
        "• Name, phone and e-mail of contacts in {club}: {count} month after the last news of the referral.",
        "• Name, phone and e-mail of contacts in {club}: {count} months after the last news of the referral.",
        club.contact_months,
        club=club.title,
    )


def _operator(lang: Language, operator: Operator) -> Markup:
    told = [words for words in (operator.name, operator.address) if words]
    if told:
        return Markup("{}").format(", ".join(told))
    return lang.t("They have not told me who they are. Ask your group's admins: one of them added me.")
