"""What is said about what was done in a club: who, what and when, in one line each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from markupsafe import Markup, escape

from bot.domain.club_settings import settings
from bot.domain.names import shown_length
from bot.services.audit import Done
from bot.texts import club_settings, imports
from bot.texts.catalogues import SPOKEN
from bot.texts.club_settings import View
from bot.texts.language import Language
from bot.texts.periods import between

MOST = 3700
"""UTF-16 units; Telegram takes 4096, and the lines around the list want some."""


def done(lang: Language, view: View, latest: Sequence[Done]) -> Markup:
    """What was done in the club (that of the `view`), the latest first, by day; as much as a message holds."""
    said = [lang.t("📋 What was done in <b>{club}</b>", club=view.club.title)]
    if not latest:
        return Markup("\n").join([*said, lang.t("Nothing was taken back, corrected or set yet.")])
    length, shown = 0, 0
    for day, of_day in groupby(latest, lambda each: _local(view, each).date()):
        lines = [Markup(""), Markup("<b>{}</b>").format(lang.day(day))]
        for each in of_day:
            line = Markup("{} {}").format(_local(view, each).strftime("%H:%M"), _sentence(lang, view, each))
            length += sum(shown_length(new) + 1 for new in (*lines, line))
            if length > MOST:
                return Markup("\n").join([*said, Markup(""), _left_out(lang, len(latest) - shown)])
            said += [*lines, line]
            lines, shown = [], shown + 1
    return Markup("\n").join(said)


def which_club(lang: Language) -> Markup:
    """To an admin who is in several clubs."""
    return lang.t("Which club shall it be?")


def in_private(lang: Language) -> Markup:
    """In the group, to admins: where it can be read who did what."""
    return lang.t("Who did what is for admins, in private.")


def _left_out(lang: Language, count: int) -> Markup:
    return lang.n("{count} earlier one has no room here.", "{count} earlier ones have no room here.", count)


def _local(view: View, each: Done) -> datetime:
    return each.entry.at.astimezone(view.club.zone)


def _sentence(lang: Language, view: View, each: Done) -> Markup:
    who = Markup("<b>{}</b>").format(each.by) if each.by is not None else lang.t("<b>The operator</b>")
    return SENTENCES[each.entry.what](lang, who, each, view)


def _numbers(each: Done) -> str:
    return ", ".join(f"#{number}" for number in each.entry.details["numbers"])


def _people(lang: Language, each: Done) -> Markup:
    return lang.names([escape(name) for name in each.people]) if each.people else Markup("…")


def _setting(lang: Language, who: Markup, each: Done, view: View) -> Markup:
    details = each.entry.details
    setting = settings(SPOKEN)[details["setting"]]
    was, now = (
        club_settings.how(lang, replace(view, club=replace(view.club, **setting.read(words.split()))), setting.name)
        for words in (details["was"], details["now"])
    )
    name = club_settings.setting_button(lang, setting.name)
    return lang.t("{who} set <i>{setting}</i>: {now} (before: {was})", who=who, setting=name, now=now, was=was)


def _exported(lang: Language, who: Markup, each: Done, view: View) -> Markup:
    details = each.entry.details
    first, last = (details[end] and date.fromisoformat(details[end]) for end in ("first", "last"))
    days = between(lang, first, last, _local(view, each).date())
    return lang.t("{who} exported the records as {format}: {period}", who=who, format=details["format"], period=days)


Sentence = Callable[[Language, Markup, Done, View], Markup]
"""Says what was done, by `who`."""

SENTENCES: Mapping[str, Sentence] = {
    "setting": _setting,
    "exported": _exported,
    "undone": lambda lang, who, each, _: lang.t("{who} took back {numbers}", who=who, numbers=_numbers(each)),
    "corrected": lambda lang, who, each, _: lang.t("{who} corrected {numbers}", who=who, numbers=_numbers(each)),
    "declined": lambda lang, who, each, _: lang.t(
        "{who} declined {numbers} for its recipient", who=who, numbers=_numbers(each)
    ),
    "met_undone": lambda lang, who, each, _: lang.t(
        "{who} took back the one-to-one of {people}", who=who, people=_people(lang, each)
    ),
    "met_corrected": lambda lang, who, each, _: lang.t(
        "{who} corrected the one-to-one of {people}", who=who, people=_people(lang, each)
    ),
    "guest_undone": lambda lang, who, each, _: lang.t(
        "{who} took back a visitor of {people}", who=who, people=_people(lang, each)
    ),
    "contact": lambda lang, who, each, _: lang.t(
        "{who} erased the contact of {numbers}", who=who, numbers=_numbers(each)
    ),
    "import": lambda lang, who, each, _: lang.t(
        "{who} brought in {what} by a file", who=who, what=imports.counts(lang, each.entry.details["counts"])
    ),
    "unimport": lambda lang, who, each, _: lang.t(
        "{who} undid an import of {what}", who=who, what=imports.counts(lang, each.entry.details["counts"])
    ),
    "forgotten": lambda lang, *_: lang.t("Someone asked to be forgotten"),
    "guest_corrected": lambda lang, who, each, _: lang.t(
        "{who} corrected the name of a visitor of {people}", who=who, people=_people(lang, each)
    ),
}
"""By the word under which it is kept."""
