"""The figures for a club's board."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.graphemes import cut
from bot.domain.names import utf16_length
from bot.services.board import Figures, WeekOfClub
from bot.texts.language import Language
from bot.texts.leaderboard import few

MAX_MESSAGE = 4096
"""Telegram's limit for a message, in UTF-16 units."""
_SHOWN = (12, 8, 5, 3)
_MAX_TITLE = 128  # Telegram's own limit


def figures(lang: Language, club: str, shown: Figures) -> Markup:
    """All figures in one message, whatever the club's size: of each list as many as there is room for."""
    said = Markup("")
    for limit in _SHOWN:
        said = _figures(lang, cut(club, _MAX_TITLE), shown, limit)
        if utf16_length(said) <= MAX_MESSAGE:
            break
    return said


def _figures(lang: Language, club: str, shown: Figures, limit: int) -> Markup:
    parts = [
        [lang.t("<b>{club}</b>, figures for the board", club=club)],
        _weeks(lang, shown.weeks),
        _waiting(lang, shown, limit),
        _received_nothing(lang, shown, limit),
        _strangers(lang, shown, limit),
        _swaps(lang, shown, limit),
    ]
    return Markup("\n\n").join(Markup("\n").join(lines) for lines in parts)


def _weeks(lang: Language, weeks: Sequence[WeekOfClub]) -> list[Markup]:
    days = [lang.days(week.began.date(), week.began.date()) for week in weeks]
    width = max(map(len, days))
    said = [
        lang.t("<b>Week by week</b>"),
        lang.t("beginning on: referrals, thanks, one-to-ones, visitors"),
    ]
    for day, week in zip(days, weeks, strict=True):
        counts = (week.referrals, week.thanks, week.one_to_ones, week.visitors)
        numbers = "".join(str(count).rjust(5) for count in counts)
        said.append(Markup("<code>{}{}</code>").format(day.ljust(width), numbers))
    return said


def _waiting(lang: Language, shown: Figures, limit: int) -> list[Markup]:
    said = [lang.t("<b>New for more than 14 days</b>: {number}", number=len(shown.waiting))]
    for each in shown.waiting[:limit]:
        said.append(
            lang.n(
                "#{number} {giver} → {recipient}, {count} day",
                "#{number} {giver} → {recipient}, {count} days",
                each.days,
                number=each.number,
                giver=shown.names[each.giver_id],
                recipient=shown.names[each.recipient_id],
            )
        )
    return said + _more(lang, len(shown.waiting), limit)


def _received_nothing(lang: Language, shown: Figures, limit: int) -> list[Markup]:
    said = [lang.t("<b>Received nothing in six weeks</b>: {number}", number=len(shown.received_nothing))]
    if shown.received_nothing:
        said.append(few(lang, [shown.names[id_] for id_ in shown.received_nothing], limit))
    return said


def _strangers(lang: Language, shown: Figures, limit: int) -> list[Markup]:
    said = [
        lang.t(
            "<b>Pairs without a referral yet</b>: {number} of {pairs}", number=len(shown.strangers), pairs=shown.pairs
        )
    ]
    said += [_pair(lang, shown, *pair) for pair in shown.strangers[:limit]]
    return said + _more(lang, len(shown.strangers), limit)


def _swaps(lang: Language, shown: Figures, limit: int) -> list[Markup]:
    said = [lang.t("<b>Pairs who gave to each other only</b>, in half a year: {number}", number=len(shown.swaps))]
    for (one, other), (gave, got) in shown.swaps[:limit]:
        said.append(lang.t("{pair}: {gave} + {got}", pair=_pair(lang, shown, one, other), gave=gave, got=got))
    return said + _more(lang, len(shown.swaps), limit)


def _pair(lang: Language, shown: Figures, one: int, other: int) -> Markup:
    return lang.names([Markup("{}").format(shown.names[one]), Markup("{}").format(shown.names[other])])


def _more(lang: Language, count: int, limit: int) -> list[Markup]:
    return [lang.n("and {count} more", "and {count} more", count - limit)] if count > limit else []


def on_its_way(lang: Language, admin: str) -> Markup:
    """In the group, once the figures are on their way."""
    return lang.t("The figures for the board go to {admin} in private.", admin=Markup("<b>{}</b>").format(admin))


def start_me_first(lang: Language, admin: str) -> Markup:
    """In the group, when the admin never opened the private chat with the bot."""
    return lang.t(
        "{admin}, I cannot write to you in private yet. "
        "Open our chat, press Start, and send <code>/board</code> there.",
        admin=Markup("<b>{}</b>").format(admin),
    )


def press_as_yourself(lang: Language) -> Markup:
    """To an anonymous admin, whose name Telegram does not tell."""
    return lang.t("You write as the group, so I can't see who you are. Press the button to have the figures.")


def board_button(lang: Language) -> str:
    """The label of: the figures."""
    return lang.plain("Figures for the board")


def which_club(lang: Language) -> Markup:
    """To someone who is in several clubs."""
    return lang.t("Which club's figures shall it be?")
