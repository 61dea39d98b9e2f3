"""What is said about exports, and in the spreadsheet's first sheet."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.amounts import Amount
from bot.domain.exports import Export, Summary
from bot.domain.sorting import sort_key
from bot.domain.tallies import Tally, total
from bot.texts.language import Language
from bot.texts.periods import between


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


def caption(lang: Language, club: str, days: str) -> Markup:
    """Under the first file."""
    return lang.t("The records of <b>{club}</b>, {period}.", club=club, period=days)


def part(lang: Language, number: int, parts: int, days: str) -> Markup:
    """Under a part of what is too large for one file."""
    return lang.t("Part {number} of {parts}: {period}.", number=number, parts=parts, period=days)


def in_the_making(lang: Language, percent: int) -> Markup:
    """While it takes long, in a message that changes."""
    return lang.t("I'm putting the records together: {percent}", percent=lang.percent(percent))


def not_made(lang: Language) -> Markup:
    """When there will be no file."""
    return lang.t("Sorry, the file could not be made. Please ask whoever runs me to look at my log.")


def period(lang: Language, export: Export, zone: ZoneInfo) -> str:
    """What the days of the export are called."""
    return between(lang, *export.days(zone), export.asked_at.astimezone(zone).date())


def summary(
    lang: Language,
    club: str,
    currency: str,
    days: str,
    asked_on: date,
    names: Mapping[int, str],
    tallies: Mapping[int, Tally],
) -> Summary:
    """The figures of these members in the columns that a board knows from its weekly sheet, of these `days`.

    Amounts have a column for each currency, the club's own `currency` first.
    """
    whole = total(tallies.values())
    currencies = [currency, *sorted({*whole.thanks_given.minor, *whole.thanks_received.minor} - {currency})]
    headings = [
        lang.plain("Member"),
        lang.plain("Given inside (RGI)"),
        lang.plain("Given outside (RGO)"),
        lang.plain("Received inside (RRI)"),
        lang.plain("Received outside (RRO)"),
        lang.plain("Visitors (V)"),
        lang.plain("One-to-ones (1-2-1)"),
        *(lang.plain("Thanks given, {currency} (TYFCB)", currency=each) for each in currencies),
        *(lang.plain("Thanks received, {currency}", currency=each) for each in currencies),
    ]
    return Summary(
        sheet=lang.plain("Summary"),
        title=club,
        lines=(
            lang.plain("{period}, as it was on {date}", period=days, date=lang.dated(asked_on)),
            lang.plain("Inside is direct business. What was taken back or declined is not counted."),
        ),
        headings=headings,
        rows=[
            (lang.known(names[id_]), *_figures(tallies.get(id_, Tally()), currencies))
            for id_ in sorted(names, key=lambda id_: sort_key(names[id_]))
        ],
        totals=(lang.plain("Total"), *_figures(whole, currencies)),
    )


def _figures(tally: Tally, currencies: list[str]) -> list[int | Amount]:
    return [
        *(side[kind] for side in (tally.given, tally.received) for kind in ("inside", "outside")),
        tally.visitors,
        tally.one_to_ones,
        *(
            Amount(thanks.minor[each], each)
            for thanks in (tally.thanks_given, tally.thanks_received)
            for each in currencies
        ),
    ]
