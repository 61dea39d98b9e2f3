"""What is said of a table whose columns an admin has to explain."""

from markupsafe import Markup

from bot.domain.graphemes import cut
from bot.domain.imports.brought import Layout
from bot.domain.imports.tables import FIELDS, Kind
from bot.texts.language import Language, marked

_MAX_FILE, _MAX_COLUMN = 60, 30

_KINDS = {
    Kind.REFERRAL: marked("Referrals"),
    Kind.THANKS: marked("Thanks"),
    Kind.MEETING: marked("One-to-ones"),
    Kind.VISITOR: marked("Visitors"),
    Kind.MEMBER: marked("Members"),
}
_FIELDS = {
    "date": marked("Date"),
    "from": marked("From"),
    "to": marked("To"),
    "contact": marked("Contact"),
    "need": marked("Need"),
    "phone": marked("Phone"),
    "email": marked("E-mail"),
    "amount": marked("Amount"),
    "note": marked("Note"),
    "name": marked("Name"),
    "username": marked("Username"),
}


def explain(lang: Language, file: str, layout: Layout) -> Markup:
    """What the columns of an unknown table are taken for."""
    lines = [
        lang.t(
            "I don't know the table in <b>{file}</b>. This is how I read it:",
            file=cut(" ".join(file.split()), _MAX_FILE),
        ),
        lang.t("Each line: <b>{kind}</b>", kind=kind_word(lang, layout.kind)),
    ]
    for field in FIELDS[layout.kind]:
        index = layout.fields.get(field)
        if index is None:
            lines.append(Markup("{}: –").format(field_word(lang, field)))
            continue
        examples = [row[index] for row in layout.samples if index < len(row) and row[index].strip()]
        example = Markup(" · <i>{}</i>").format(cut(examples[0], _MAX_COLUMN)) if examples else ""
        lines.append(Markup("{}: <b>{}</b>{}").format(field_word(lang, field), column(layout, index), example))
    if missing := layout.missing:
        words = [Markup.escape(field_word(lang, field)) for field in missing]
        lines.append(lang.t("Still to choose: {fields}.", fields=lang.names(words)))
    else:
        lines.append(lang.t("Press what is different."))
    return Markup("\n").join(lines)


def which_column(lang: Language, field: str) -> Markup:
    """The question which column holds it."""
    return lang.t("Which column is: <b>{field}</b>?", field=field_word(lang, field))


def column(layout: Layout, index: int) -> str:
    """A column by its heading, else by its letter in a spreadsheet."""
    name = " ".join(layout.headers[index].split()) if index < len(layout.headers) else ""
    letters = (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)
    return cut(name, _MAX_COLUMN) or letters


def kind_word(lang: Language, kind: Kind) -> str:
    """What a table is about."""
    return lang.plain(_KINDS[kind])


def field_word(lang: Language, field: str) -> str:
    """What a column holds."""
    return lang.plain(_FIELDS[field])


def go_on_button(lang: Language) -> str:
    """The label of: the columns are right."""
    return lang.plain("Go on")


def none_button(lang: Language) -> str:
    """The label of: no column holds it."""
    return lang.plain("No column")
