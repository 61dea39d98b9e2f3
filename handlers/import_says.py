"""The one message of an import in the admin's chat, as it changes, with its buttons."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import speech
from bot.context import Context
from bot.domain.imports.brought import Import, Layout
from bot.domain.imports.plan import Plan
from bot.domain.imports.tables import FIELDS, Kind
from bot.domain.models import Club
from bot.domain.names import unlinked
from bot.domain.outgoing import Button, Buttons, Outgoing
from bot.importing.voice import Voice
from bot.texts import forgetting as forgetting_texts
from bot.texts import import_columns as column_texts
from bot.texts import imports as texts
from bot.texts.language import Language
from handlers import desk

PAGE = 8
"""Buttons that can be taken in at a glance."""


def begin(lang: Language, import_: Import) -> Outgoing:
    """The message, while the file is read."""
    return speech.message(import_.user_id, texts.reading(lang, import_.file_name), about=import_.about)


def which_club(lang: Language, import_: Import, clubs: Sequence[Club]) -> Outgoing:
    """The message, as long as the club is asked for."""
    buttons = [[Button(club.title, f"import:{club.id}:{import_.id}:club")] for club in clubs[: desk.MOST_CLUBS]]
    return speech.message(import_.user_id, texts.which_club(lang, import_.file_name), buttons, about=import_.about)


def change(import_: Import, words: Markup, buttons: Buttons = ()) -> Outgoing:
    """The message says this from now on."""
    return speech.change(import_.about, words, buttons)


def reading(lang: Language, import_: Import) -> Outgoing:
    """It is read, or taken in, as that was asked for."""
    words = texts.taking_in if import_.state == "agreed" else texts.reading
    return change(import_, words(lang, import_.file_name))


def matching(lang: Language, import_: Import, layout: Layout) -> Outgoing:
    """What the columns are taken for, to be corrected."""
    here = f"{import_.club_id}:{import_.id}"
    words = {kind: column_texts.kind_word(lang, kind) for kind in Kind}
    words[layout.kind] = f"✓ {words[layout.kind]}"
    kinds = [Button(word, f"import:{here}:kind:{kind}") for kind, word in words.items()]
    fields = [
        Button(f"{column_texts.field_word(lang, field)}: {_chosen(layout, field)}", f"import:{here}:field:{field}")
        for field in FIELDS[layout.kind]
    ]
    last = [Button(texts.cancel_button(lang), f"import:{here}:cancel")]
    if not layout.missing:
        last.insert(0, Button(column_texts.go_on_button(lang), f"import:{here}:go"))
    rows = [kinds[:3], kinds[3:], *(fields[at : at + 2] for at in range(0, len(fields), 2)), last]
    return change(import_, column_texts.explain(lang, import_.file_name, layout), rows)


def picking(lang: Language, import_: Import, layout: Layout, page: int) -> Outgoing:
    """Which column holds the field?"""
    here, count = f"{import_.club_id}:{import_.id}", len(layout.headers)
    shown = range(count)[page * PAGE : (page + 1) * PAGE]
    rows = [[Button(column_texts.column(layout, index), f"import:{here}:column:{index}")] for index in shown]
    if count > PAGE:
        next_page = page + 1 if (page + 1) * PAGE < count else 0
        rows.append([Button(texts.more_button(lang), f"import:{here}:page:{next_page}")])
    none = Button(column_texts.none_button(lang), f"import:{here}:column:none")
    rows.append([none, Button(texts.back_button(lang), f"import:{here}:back")])
    return change(import_, column_texts.which_column(lang, layout.picking or ""), rows)


def tried(lang: Language, import_: Import, club: Club, plan: Plan) -> Outgoing:
    """What would be added."""
    counts = {kind.value: count for kind, count in plan.counts().items()}
    words = texts.dry_run(
        lang, club.title, import_.file_name, counts, len(plan.doubles), len(plan.problems), plan.ignored
    )
    if names := [unlinked(each.who.name) for each in plan.newcomers if each.who.name]:
        words = Markup("\n").join([words, texts.unknown(lang, names)])
    if any(each.entry.number is not None for each in plan.additions):
        words = Markup("\n").join([words, texts.numbers(lang, kept=plan.keeps_numbers)])
    cancel = Button(texts.cancel_button(lang), f"import:{club.id}:{import_.id}:cancel")
    yes = Button(texts.import_button(lang, plan.count), f"import:{club.id}:{import_.id}:yes")
    return change(import_, words, [[yes, cancel]] if plan.count else [])


def done(lang: Language, import_: Import, club: Club, nameless: int) -> Outgoing:
    """It was taken in; `nameless` members of the club are known by name only."""
    words = texts.done(lang, club.title, import_.counts or {})
    row = [undo_button(lang, import_)]
    if nameless:
        words = Markup("\n").join([words, texts.by_name_only(lang, nameless)])
        row.append(Button(texts.who_button(lang), f"names:{club.id}:0"))
    return change(import_, words, [row])


def report(lang: Language, import_: Import) -> Outgoing:
    """What would become of each line, as a file."""
    return speech.file(import_.user_id, {"import": import_.id, "language": lang.code}, texts.line_by_line(lang))


def really_undo(lang: Language, import_: Import, club: Club, chat_id: int) -> Outgoing:
    """Shall this one be taken back? From now on that is its message."""
    words = texts.really_undo(lang, club.title, import_.file_name, done_at(import_, club), import_.counts or {})
    leave = Button(forgetting_texts.leave_button(lang), f"import:{club.id}:{import_.id}:leave")
    return speech.message(chat_id, words, [[undo_button(lang, import_), leave]], about=import_.about)


async def press(context: Context, import_: Import) -> Outgoing:
    """To who typed instead of pressing a button of its message."""
    at = await context.work.outbox.message_id(import_.about)
    words = texts.press(context.own_language(), import_.file_name)
    return speech.message(context.chat.id, words, reply_to=at)


def done_at(import_: Import, club: Club) -> datetime:
    """When it was taken in, by the club's clock."""
    return (import_.done_at or import_.created_at).astimezone(club.zone)


def undo_button(lang: Language, import_: Import) -> Button:
    """What takes the whole import back."""
    return Button(texts.undo_button(lang), f"import:{import_.club_id}:{import_.id}:undo")


def _chosen(layout: Layout, field: str) -> str:
    index = layout.fields.get(field)
    return "–" if index is None else column_texts.column(layout, index)


VOICE = Voice(matching, tried, done, report, change)
"""What the importer says."""
