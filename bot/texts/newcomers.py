"""What is said to those who are new, and what a referral is."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.texts.language import Language
from bot.texts.leaderboard import MAX_NAMES, few


def explanation(lang: Language, example: str | None) -> Markup:
    """What a referral is and is not, with an example from the club or a made-up one, and how to give one."""
    shown = (
        lang.t("From this club: “{need}”.", need=example)
        if example
        else lang.t("For example: “my neighbour is looking for an architect”.")
    )
    return Markup("\n").join(
        [
            lang.t(
                "<b>A referral:</b> someone you know needs something that a member is good at, "
                "and you bring the two together."
            ),
            shown,
            lang.t("<b>Not a referral:</b> buying from a member yourself. Pleasant, but nobody expects it of you."),
            lang.t("To give one, write in the group: <code>/refer @name contact: need</code>"),
        ]
    )


def welcome(lang: Language, name: str, club: str, example: str | None, last: Markup | None) -> Markup:
    """The private welcome; `last` is the question about suggestions, or what became of it."""
    said = [
        lang.t("Welcome to <b>{club}</b>, {name}! I write down the club's referrals.", club=club, name=name),
        explanation(lang, example),
    ]
    return Markup("\n").join([*said, last] if last else said)


def question(lang: Language) -> Markup:
    """At the end of the welcome."""
    return lang.t("Shall I suggest whom to meet, in your first eight weeks?")


def yes_button(lang: Language) -> str:
    """The label of: yes, suggest."""
    return lang.plain("Yes please")


def no_button(lang: Language) -> str:
    """The label of: no suggestions."""
    return lang.plain("No thanks")


def no_more_button(lang: Language) -> str:
    """The label under a suggestion of: no more of these."""
    return lang.plain("No more of these")


def wanted(lang: Language, *, yes: bool) -> Markup:
    """What the question becomes once it is answered."""
    if yes:
        return lang.t("Once a week I suggest someone to meet.")
    return lang.t("I suggest nobody; you will find each other.")


def over(lang: Language) -> str:
    """The answer to a press after the first weeks."""
    return lang.plain("That was for the first eight weeks. You know your way by now!")


def in_group(lang: Language, names: Sequence[str]) -> Markup:
    """The group's line for those who cannot be written to in private yet."""
    return lang.t(
        "Welcome, {names}! I write down the club's referrals. What is one, and how do you give your first? "
        "Press the button, then <b>Start</b>.",
        names=few(lang, names, MAX_NAMES),
    )


def tell_me_button(lang: Language) -> str:
    """The label of the button that opens the welcome in private."""
    return lang.plain("Tell me in private")


def suggestion(lang: Language, name: str, club: str, username: str | None) -> Markup:
    """Whom a new member might meet."""
    said = lang.t(
        "Someone to meet in {club}: <b>{name}</b>. Nothing has passed between you two yet; "
        "over a coffee you hear whom you could introduce to each other.",
        club=club,
        name=name,
    )
    if username:
        after = lang.t("Afterwards, in the group: <code>/met @{username}</code>", username=username)
    else:
        after = lang.t("Afterwards, answer a message of theirs in the group with <code>/met</code>.")
    return Markup("\n").join([said, after])
