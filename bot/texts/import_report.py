"""What would become of each line of an imported file, as a table for the admin who sent it."""

import csv
import io
from collections.abc import Iterator

from bot.domain.imports.entries import Problem, Why
from bot.domain.imports.plan import Addition, Plan
from bot.domain.imports.tables import Kind
from bot.texts.import_columns import kind_word
from bot.texts.language import Language, marked

_WHY = {
    Why.NO_DATE: marked("there is no date"),
    Why.BAD_DATE: marked("the date can't be read"),
    Why.FUTURE: marked("the date is still to come"),
    Why.NO_GIVER: marked("it doesn't say from whom"),
    Why.NO_TAKER: marked("it doesn't say to whom"),
    Why.NO_VISITOR: marked("it doesn't say who visited"),
    Why.NO_NAME: marked("there is no name"),
    Why.ONESELF: marked("both are the same person"),
    Why.BAD_AMOUNT: marked("the amount can't be read"),
    Why.BAD_NUMBER: marked("the number can't be read"),
    Why.NOT_KEPT: marked("I keep no record of these"),
    Why.ALREADY_THERE: marked("the club has it already"),
    Why.TWICE: marked("it is in the file twice"),
}
# A cell that begins so is run as a formula by spreadsheets; an apostrophe before it makes it text (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def report(lang: Language, plan: Plan) -> str:
    """The table as CSV, in the order of the file. Contact details are not in it: they are in the file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    headings = ("Sheet", "Line", "Kind", "What happens", "Why", "Date", "From", "To", "What")
    writer.writerow(_headings(lang)[heading] for heading in headings)
    for _, row in sorted(_rows(lang, plan), key=lambda each: each[0]):
        writer.writerow(f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in row)
    return text.getvalue()


def _headings(lang: Language) -> dict[str, str]:
    return {
        "Sheet": lang.plain("Sheet"),
        "Line": lang.plain("Line"),
        "Kind": lang.plain("Kind"),
        "What happens": lang.plain("What happens"),
        "Why": lang.plain("Why"),
        "Date": lang.plain("Date"),
        "From": lang.plain("From"),
        "To": lang.plain("To"),
        "What": lang.plain("What"),
    }


def _rows(lang: Language, plan: Plan) -> Iterator[tuple[tuple[str, int], list[object]]]:
    new, there, unread = lang.plain("added"), lang.plain("there already"), lang.plain("not taken in")
    for addition in plan.additions:
        yield _place(addition), [*_place(addition), *_addition(lang, new, addition)]
    arrived = {newcomer.who for newcomer in plan.newcomers}
    for arrival in plan.arrivals:
        if arrival.who in arrived:
            place, day = (arrival.sheet, arrival.line), _day(arrival.joined_at)
            yield place, [*place, kind_word(lang, Kind.MEMBER), new, "", day, "", "", arrival.who.name]
    for outcome, problems in ((there, plan.doubles), (unread, plan.problems)):
        for problem in problems:
            place = (problem.sheet, problem.line)
            yield place, [*place, "", outcome, _why(lang, problem), "", "", "", problem.said]


def _place(addition: Addition) -> tuple[str, int]:
    return addition.entry.sheet, addition.entry.line


def _addition(lang: Language, new: str, addition: Addition) -> list[object]:
    entry = addition.entry
    what = ": ".join(part for part in (entry.contact, entry.note) if part)
    if entry.amount is not None:
        what = " ".join([f"{entry.amount.decimal} {entry.amount.currency}", what]).strip()
    taker = entry.taker.name if entry.taker else ""
    return [kind_word(lang, entry.kind), new, "", _day(entry.moment.at), entry.giver.name, taker, what]


def _why(lang: Language, problem: Problem) -> str:
    return lang.plain(_WHY[problem.why])


def _day(at: object) -> str:
    return str(at)[:10] if at else ""
