"""Which tables of a file hold what: by their headings, and where these say too little, as the admin says."""

from collections.abc import Sequence

from bot.domain.alike import words
from bot.domain.imports.brought import Layout
from bot.domain.imports.tables import FIELDS, Shape, Sheet, Table, guessed, header_of, recognised
from bot.texts.vocabulary import english

_MAX_HEADING, _SAMPLES, _MAX_SAMPLE = 60, 3, 60
# What else English headings are made of; the other languages have all their words in their catalogue.
_ALSO = {
    "day": "date",
    "when": "date",
    "giver": "from",
    "by": "from",
    "sender": "from",
    "recipient": "to",
    "receiver": "to",
    "with": "to",
    "lead": "contact",
    "prospect": "contact",
    "visitor": "contact",
    "guest": "contact",
    "description": "need",
    "details": "need",
    "detail": "need",
    "request": "need",
    "telephone": "phone",
    "tel": "phone",
    "mobile": "phone",
    "mail": "email",
    "value": "amount",
    "revenue": "amount",
    "notes": "note",
    "comment": "note",
    "comments": "note",
    "remarks": "note",
    "member": "name",
}
# Of a heading of several words the first of these tells: "Phone contact" is a phone number.
_ORDER = ("phone", "email", "amount", "date", "username", "from", "to", "contact", "need", "note", "name")


def tables_of(sheets: Sequence[Sheet], layout: Layout | None) -> tuple[list[Table], list[str]]:
    """The tables whose columns are known, and the names of the others; `layout` is what an admin said of one."""
    if layout is not None:
        rows = next((sheet.rows for sheet in sheets if sheet.name == layout.sheet), ())
        fields = {field: layout.fields[field] for field in FIELDS[layout.kind] if field in layout.fields}
        return [Table(layout.sheet, Shape(layout.kind, fields), rows[layout.header + 1 :])], []
    known = [(sheet, recognised(sheet)) for sheet in sheets]
    return [table for _, table in known if table], [sheet.name for sheet, table in known if not table]


def layout_of(sheets: Sequence[Sheet]) -> Layout:
    """How the longest of these unknown tables is likely to be read."""
    sheet = max(sheets, key=lambda each: len(each.rows))
    header = header_of(sheet, meant)
    headings = [str(cell)[:_MAX_HEADING] for cell in sheet.rows[header].cells]
    samples = [[str(cell)[:_MAX_SAMPLE] for cell in row.cells] for row in sheet.rows[header + 1 :][:_SAMPLES]]
    width = max([len(headings), *(len(row) for row in samples)])
    headings += [""] * (width - len(headings))
    kind, fields = guessed(headings, meant)
    return Layout(sheet.name, header, headings, samples, kind, fields)


def meant(heading: str) -> str | None:
    """The field that a heading names, in whatever language."""
    found = {_ALSO.get(word) or english("column", word) for word in words(heading)}
    return next((field for field in _ORDER if field in found), None)
