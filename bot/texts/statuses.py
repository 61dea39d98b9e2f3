"""Where a referral is, in words."""

from markupsafe import Markup

from bot.domain.models import Status
from bot.texts.language import Language


def status_word(lang: Language, status: Status) -> str:
    """The status in a word or two."""
    return {
        "new": lang.plain("new"),
        "contacted": lang.plain("called"),
        "in_progress": lang.plain("in progress"),
        "won": lang.plain("won"),
        "lost": lang.plain("lost"),
        "declined": lang.plain("declined"),
    }[status]


def now(lang: Language, status: Status) -> Markup:
    """Where it is, as a line of a longer message."""
    return lang.t("Now: <b>{status}</b>", status=status_word(lang, status))
