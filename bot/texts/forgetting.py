"""What is said about forgetting: a person, or the contact of a referral."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.retention import OUTBOX_KEPT, Losses
from bot.texts.language import Language


def in_private(lang: Language) -> Markup:
    """In the group, to who would be forgotten."""
    return lang.t("That is between the two of us. Send <code>/forgetme</code> in our private chat.")


def what_happens(lang: Language, clubs: Sequence[str]) -> Markup:
    """What will happen, before anything does."""
    if clubs:
        names = lang.names([Markup("<b>{}</b>").format(club) for club in clubs])
        said = [lang.t("I can forget you, in {clubs}.", clubs=names)]
    else:
        said = [lang.t("I can forget you.")]
    said += [
        lang.t(
            "<b>What goes:</b> your name, username and Telegram number, your settings, and all that you wrote: "
            "contacts, needs, notes, visitors' names. Whoever has a referral of yours open loses its details too."
        ),
        lang.t(
            "<b>What stays:</b> that something was given, received or thanked for, without your name, so that the "
            "club's totals stay right. Lists say “someone who left”."
        ),
        lang.n(
            "<b>What I can't take back:</b> messages in Telegram. I change mine about your entries of the last "
            "{count} day; older ones, greetings and rankings stay, as do your own until you delete them.",
            "<b>What I can't take back:</b> messages in Telegram. I change mine about your entries of the last "
            "{count} days; older ones, greetings and rankings stay, as do your own until you delete them.",
            OUTBOX_KEPT.days,
        ),
        lang.t(
            "If you write to me after that, or in a group that I am in, you are somebody new to me. "
            "Would you like to have your data first? /mydata"
        ),
    ]
    return Markup("\n\n").join(said)


def go_on_button(lang: Language) -> str:
    """The label of: the first yes."""
    return lang.plain("Forget me")


def keep_button(lang: Language) -> str:
    """The label of: no."""
    return lang.plain("Keep everything")


def really(lang: Language) -> Markup:
    """The last question."""
    return lang.t("Are you sure? Nobody can undo it.")


def yes_button(lang: Language) -> str:
    """The label of: the second yes."""
    return lang.plain("Yes, forget me for good")


def kept(lang: Language) -> Markup:
    """After a no."""
    return lang.t("All stays as it is.")


def too_old_alert(lang: Language) -> str:
    """The answer to a yes to a question of long ago."""
    return lang.plain("That question is old. Send /forgetme again if you mean it.")


def farewell(lang: Language) -> Markup:
    """The last words to someone who was forgotten."""
    return lang.t(
        "It is done: I don't know you any more. To clear our chat too, delete it in Telegram, for both of us. "
        "All the best!"
    )


def contact_question(lang: Language, number: int) -> Markup:
    """To an admin, before a contact is erased."""
    return lang.t(
        "Erase the contact of <b>#{number}</b>? Name, phone and e-mail go for good, and the need if it names them. "
        "The referral itself stays and counts.",
        number=number,
    )


def contact_button(lang: Language) -> str:
    """The label of: erase the contact."""
    return lang.plain("Erase for good")


def contact_erased(lang: Language, number: int, admin: str) -> Markup:
    """What the question becomes once it is done."""
    return lang.t(
        "{admin} erased the contact of <b>#{number}</b>. What the giver typed still stands in this chat; "
        "it can be deleted in Telegram.",
        admin=Markup("<b>{}</b>").format(admin),
        number=number,
    )


def sooner_question(lang: Language, setting: str, how: str, losses: Losses) -> Markup:
    """To an admin, before a club keeps contacts for a shorter time: what would go."""
    what = []
    if losses.details:
        details = lang.n("{count} contact detail", "{count} contact details", losses.details)
        referrals = lang.n("{count} referral", "{count} referrals", losses.referrals)
        what.append(lang.t("{details} of {referrals}", details=details, referrals=referrals))
    if losses.names:
        what.append(lang.n("{count} contact's name", "{count} contacts' names", losses.names))
    if losses.visitors:
        what.append(lang.n("{count} visitor's name", "{count} visitors' names", losses.visitors))
    return Markup("\n").join(
        [
            lang.t("<b>{setting}</b>: {how}?", setting=setting, how=how),
            lang.t("Then this goes within a minute: {what}. Nobody can bring it back.", what=lang.names(what)),
        ]
    )


def leave_button(lang: Language) -> str:
    """The label of: rather not."""
    return lang.plain("Leave it as it is")


def changed_alert(lang: Language) -> str:
    """The answer to a yes to a question about something else than what there is now."""
    return lang.plain("Something changed meanwhile. Please look again.")
