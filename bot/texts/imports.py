"""What is said while a club's past is brought along."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.graphemes import cut
from bot.domain.imports.tables import Kind
from bot.texts.language import Language, marked

_MAX_NAME, _MOST_NAMES = 60, 10
_LINES = Markup("\n")

UNREADABLE = {
    "too_big": marked("<b>{file}</b> is over 20 MB, and Telegram gives me nothing larger. Send it in parts, by year."),
    "gone": marked("Telegram doesn't give me <b>{file}</b> any more. Please send it again."),
    "old_excel": marked(
        "<b>{file}</b> is an old Excel file, or has a password. Save it as .xlsx without one and send that."
    ),
    "locked": marked("<b>{file}</b> has a password. Save it without one and send that."),
    "no_table": marked("There is no table in <b>{file}</b> that I can read. Send it as .csv or .xlsx."),
    "too_many_rows": marked("<b>{file}</b> has more than 100,000 lines. Send it in parts, by year."),
    "too_wide": marked("<b>{file}</b> has more than 100 columns. Keep those with the records and send it again."),
    "too_large": marked("<b>{file}</b> is too large once it is unpacked. Send it in parts, by year."),
    "slow": marked("<b>{file}</b> takes too long to read. Send it in parts, by year, or as .csv."),
    "broken": marked("<b>{file}</b> is damaged: it can't be opened. Save it again and send that."),
}


def how(lang: Language, club: str) -> Markup:
    """To an admin who sent no file yet."""
    return _LINES.join(
        [
            lang.t("The past of <b>{club}</b> comes in by a file: send it to me here.", club=club),
            lang.t("I read my own exports, a report of slips, and any table as .csv or .xlsx."),
            lang.t("First I say what would be added; nothing is until you press the button below that."),
        ]
    )


def only_in_private(lang: Language) -> Markup:
    """In the group."""
    return lang.t("Send me the file in our private chat: nobody else needs to see it.")


def which_club(lang: Language, file: str) -> Markup:
    """To an admin who is in several clubs."""
    return lang.t("Which club's past is in <b>{file}</b>?", file=_name(file))


def reading(lang: Language, file: str) -> Markup:
    """While the file is read."""
    return lang.t("I'm reading <b>{file}</b> …", file=_name(file))


def taking_in(lang: Language, file: str) -> Markup:
    """While what is in it is written down."""
    return lang.t("I'm writing down what is in <b>{file}</b> …", file=_name(file))


def unreadable(lang: Language, file: str, why: str) -> Markup:
    """No table came of the file."""
    return lang.t(UNREADABLE[why], file=_name(file))


def failed(lang: Language, file: str) -> Markup:
    """Something broke."""
    return lang.t("Sorry, <b>{file}</b> was not taken in, and nothing of it was saved.", file=_name(file))


def cancelled(lang: Language, file: str) -> Markup:
    """It was decided against, or another file came."""
    return lang.t("Nothing was taken in from <b>{file}</b>.", file=_name(file))


def counts(lang: Language, found: Mapping[str, int]) -> Markup:
    """How many of each kind, as a list."""
    n = {kind: found.get(kind, 0) for kind in Kind}
    said = {
        Kind.REFERRAL: lang.n("{count} referral", "{count} referrals", n[Kind.REFERRAL]),
        Kind.THANKS: lang.n("{count} thanks", "{count} thanks", n[Kind.THANKS]),
        Kind.MEETING: lang.n("{count} one-to-one", "{count} one-to-ones", n[Kind.MEETING]),
        Kind.VISITOR: lang.n("{count} visitor", "{count} visitors", n[Kind.VISITOR]),
        Kind.MEMBER: lang.n("{count} member", "{count} members", n[Kind.MEMBER]),
    }
    return lang.names([words for kind, words in said.items() if n[kind]])


def dry_run(
    lang: Language, club: str, file: str, found: Mapping[str, int], there: int, unread: int, ignored: Sequence[str]
) -> Markup:
    """What would happen; `there` are in the club already, `unread` cannot be read."""
    lines = [lang.t("<b>{file}</b> for <b>{club}</b>:", file=_name(file), club=club)]
    if found:
        lines.append(lang.t("New: {what}.", what=counts(lang, found)))
    else:
        lines.append(lang.t("Nothing in it is new."))
    if there:
        lines.append(lang.n("{count} line is in the club already.", "{count} lines are in the club already.", there))
    if unread:
        lines.append(lang.n("{count} line can't be taken in.", "{count} lines can't be taken in.", unread))
    if ignored:
        lines.append(lang.t("Left aside: {sheets}.", sheets=_some(lang, ignored)))
    return _LINES.join(lines)


def unknown(lang: Language, names: Sequence[str]) -> Markup:
    """Whom the club does not know yet; some of them by name."""
    return lang.t("Not in the club so far, and so new members: {names}.", names=_some(lang, names))


def numbers(lang: Language, *, kept: bool) -> Markup:
    """Which numbers the entries have."""
    if kept:
        return lang.t("The entries keep their numbers.")
    return lang.t("The entries get new numbers, as the club has its own.")


def line_by_line(lang: Language) -> Markup:
    """Under the report."""
    return lang.t("Line by line, what would become of it.")


def done(lang: Language, club: str, found: Mapping[str, int]) -> Markup:
    """It was taken in."""
    if not found:
        return lang.t("Nothing in it is new.")
    return _LINES.join(
        [
            lang.t("Taken in for <b>{club}</b>: {what}.", club=club, what=counts(lang, found)),
            lang.t("Nobody is told. As a whole it can be undone for a week."),
        ]
    )


def really_undo(lang: Language, club: str, file: str, at: datetime, found: Mapping[str, int]) -> Markup:
    """Before it is taken back."""
    return _LINES.join(
        [
            last_one(lang, file, at, found),
            lang.t("Shall all of that leave <b>{club}</b> again?", club=club),
        ]
    )


def undone(lang: Language, club: str, file: str, at: datetime, found: Mapping[str, int]) -> Markup:
    """It was taken back."""
    return _LINES.join(
        [
            last_one(lang, file, at, found),
            lang.t("It is undone: all of that is out of <b>{club}</b> again.", club=club),
        ]
    )


def last_one(lang: Language, file: str, at: datetime, found: Mapping[str, int]) -> Markup:
    """The last import, that can be undone; `at` in the club's time."""
    return lang.t(
        "<b>{file}</b>, imported {at}: {what}.", file=_name(file), at=lang.stamp(at), what=counts(lang, found)
    )


def press(lang: Language, file: str) -> Markup:
    """To who typed their answer."""
    return lang.t("<b>{file}</b> waits for a press on a button of this message.", file=_name(file))


def by_name_only(lang: Language, count: int) -> Markup:
    """How many members nobody has seen, and no id or @username tells who they are."""
    return lang.n("{count} member is known by name only.", "{count} members are known by name only.", count)


def who_is(lang: Language, name: str) -> Markup:
    """Who is a member that is known by name only?"""
    return lang.t("Who is <b>{name}</b>?", name=name)


def matched(lang: Language, name: str, member: str) -> Markup:
    """They are one from now on."""
    return lang.t("<b>{name}</b> is <b>{member}</b> from now on.", name=name, member=member)


def everybody_known(lang: Language) -> Markup:
    """There is nobody left to be told of."""
    return lang.t("Nobody is known by name only any more.")


def together(parts: Sequence[Markup]) -> Markup:
    """Several things in one message."""
    return Markup("\n\n").join(parts)


def who_is_who(lang: Language) -> Markup:
    """The members that are known by name only."""
    return lang.t("These members came in by a file and are known by name only. Is one of them somebody who is here?")


def import_button(lang: Language, count: int) -> str:
    """The label of: yes, take it in."""
    return lang.n("Import {count} entry", "Import {count} entries", count).striptags()


def cancel_button(lang: Language) -> str:
    """The label of: rather not."""
    return lang.plain("Cancel")


def undo_button(lang: Language) -> str:
    """The label of: take the whole import back."""
    return lang.plain("Undo this import")


def who_button(lang: Language) -> str:
    """The label of: tell who they are."""
    return lang.plain("Who is who")


def back_button(lang: Language) -> str:
    """The label of: to where I came from."""
    return lang.plain("Back")


def more_button(lang: Language) -> str:
    """The label of: the next ones."""
    return lang.plain("More")


def _some(lang: Language, names: Sequence[str]) -> Markup:
    """The first of them, as far as they fit, and how many more there are: a message has an end."""
    shown = [Markup.escape(_name(name)) for name in names[:_MOST_NAMES]]
    if len(names) > len(shown):
        shown.append(lang.n("{count} more", "{count} more", len(names) - len(shown)))
    return lang.names(shown)


def _name(file: str) -> str:
    return cut(" ".join(file.split()), _MAX_NAME)
