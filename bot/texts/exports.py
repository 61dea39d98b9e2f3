"""What is said about exports."""

from markupsafe import Markup

from bot.texts.language import Language


def on_its_way(lang: Language, admin: str) -> Markup:
    """In the group, once the files are on their way."""
    return lang.t("The export goes to {admin} in private.", admin=Markup("<b>{}</b>").format(admin))


def start_me_first(lang: Language, admin: str) -> Markup:
    """In the group, when the admin never opened the private chat with the bot."""
    return lang.t(
        "{admin}, I cannot write to you in private yet. "
        "Open our chat, press Start, and send <code>/export</code> there.",
        admin=Markup("<b>{}</b>").format(admin),
    )


def press_as_yourself(lang: Language) -> Markup:
    """To an anonymous admin, whose name Telegram does not tell."""
    return lang.t("You write as the group, so I can't see who you are. Press the button to have the export.")


def export_button(lang: Language) -> str:
    """The label of: export."""
    return lang.plain("Export")


def which_club(lang: Language) -> Markup:
    """To someone who is in several clubs."""
    return lang.t("Which club's export shall it be?")


def caption(lang: Language, club: str) -> Markup:
    """Under the first file."""
    return lang.t("The records of <b>{club}</b>.", club=club)
